package io.quorate.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How long the grants of others count for one that wants to lead. */
final class GrantingTest {

  private static final int LEAST_QUORUM = 1;
  private static final long LEASE_NANOS = 1_000;
  private static final long AGAIN_NANOS = 10;
  private static final Leadership HELD = new Leadership(1, 11);
  private static final Leadership CANDIDATE = new Leadership(2, 22);

  private final NodeState state = new NodeState(1 << 20);
  private final Follower self =
      new Follower(new Life(1, 1), state, LEAST_QUORUM, LEASE_NANOS, LEASE_NANOS, 0);
  private final Electorate electorate =
      new Electorate(state, self.life(), List.of("b"), LEAST_QUORUM, new Numbers());
  private final Peer other = electorate.peer(0);
  private final Granting granting =
      new Granting(
          new CandidacyTerms(false, false, 22, true, LEAST_QUORUM, LEASE_NANOS),
          CANDIDATE,
          electorate,
          self,
          new Settling(Disk.NONE),
          new Nowhere(),
          AGAIN_NANOS);

  @BeforeEach
  void ask() {
    other.standing = report(HELD);
    granting.request(0);
    assertThat(granting.isSelfSettled()).isTrue();
  }

  private static Report report(Leadership granted) {
    return new Report(
        Report.Verdict.ACCEPTED,
        new Life(2, 2),
        HELD,
        granted,
        5,
        5,
        true,
        false,
        0,
        Report.Install.NONE,
        new VersionRanges());
  }

  private void grants(long nowNanos) {
    assertThat(other.hears(other.number)).as("was asked").isTrue();
    granting.onReport(other, report(CANDIDATE), nowNanos);
  }

  @Test
  void grantCountsForALeaseFromWhenItWasAskedForHoweverLateItComes() {
    grants(LEASE_NANOS - 1);
    assertThat(granting.counted(LEASE_NANOS)).containsExactly(other);
    assertThat(granting.counted(LEASE_NANOS + 1)).isEmpty();
    assertThat(granting.allGranted(LEASE_NANOS + 1)).isFalse();
  }

  @Test
  void grantIsAskedForAgainBeforeItCountsNoMore() {
    grants(1);
    long again = LEASE_NANOS / 2 + 1;
    granting.request(again - 1);
    assertThat(other.hears(other.number)).as("asked while it is fresh").isFalse();
    granting.request(again);
    grants(again + 1);
    assertThat(granting.counted(again + LEASE_NANOS)).containsExactly(other);
  }
}
