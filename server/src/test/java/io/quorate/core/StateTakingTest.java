package io.quorate.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What one that is granted an epoch does with what it held. */
final class StateTakingTest {

  private static final Leadership OLD = new Leadership(1, 11);
  private static final Leadership OWN = new Leadership(2, 22);
  private static final Life LIFE = new Life(1, 1);
  private static final Life FURTHEST = new Life(2, 2);

  private final NodeState state = new NodeState(1 << 20);
  private final Follower self = new Follower(LIFE, state, 1, 0, 0, 0);

  @Test
  void isNotReadWhileTheStateOfAnotherReplacesItsOwn() {
    self.onHello(Cores.hello(OLD, LIFE), 0);
    assertThat(self.isLevel()).isTrue();
    state.grant(OWN);
    StateTaking taking = new StateTaking(state, self, OWN, List.of(furthest()), new Nowhere());
    Reign reign = new Reign(new Leadership(2, 7), 4, false, false, List.of());
    SnapshotHead head = new SnapshotHead(reign.leadership(), 1, 4, 0, 0, reign);
    SnapshotChunk first = new SnapshotChunk(head, LIFE, 0, false, List.of());
    assertThat(taking.awaits(first)).isTrue();
    taking.take(first);
    assertThat(self.isLevel()).isFalse();
  }

  /** One of an epoch that this node never entered. */
  private static Peer furthest() {
    Peer peer = new Peer(0, "furthest", new Numbers());
    peer.grant =
        new Report(
            Report.Verdict.ACCEPTED,
            FURTHEST,
            new Leadership(2, 7),
            OWN,
            4,
            4,
            true,
            false,
            0,
            Report.Install.NONE,
            new VersionRanges());
    return peer;
  }
}
