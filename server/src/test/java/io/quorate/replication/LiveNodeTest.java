package io.quorate.replication;

import static io.quorate.replication.ThreeNodes.TIMEOUT_NANOS;
import static io.quorate.replication.ThreeNodes.holds;
import static io.quorate.replication.ThreeNodes.join;
import static io.quorate.replication.ThreeNodes.put;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quorate.core.Key;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Three nodes without disks over real sockets, each on a loop of its own. */
final class LiveNodeTest {

  private static final Settings SETTINGS = new Settings(2, 0, 0, TIMEOUT_NANOS);

  @RegisterExtension private final ThreeNodes nodes = new ThreeNodes(SETTINGS);

  private final LoopbackNode first = nodes.first;
  private final LoopbackNode second = nodes.second;
  private final LoopbackNode third = nodes.third;

  @Test
  void configuredLeaderLeadsAndItsFollowersNameIt() {
    put(first, "k", "v");
    NodeStatus leading = first.status();
    assertThat(leading.role()).isEqualTo(Role.LEADER);
    assertThat(leading.standing().serving()).isTrue();
    for (LoopbackNode follower : List.of(second, third)) {
      await().until(() -> holds(follower, "k", "v"));
      NodeStatus following = follower.status();
      assertThat(following.role()).isEqualTo(Role.FOLLOWER);
      assertThat(following.leaderId()).isEqualTo("first");
      assertThat(following.leaderUrl()).isEqualTo(first.url());
      assertThat(following.epoch()).isEqualTo(leading.epoch());
      assertThat(following.writeQuorum()).isEqualTo(SETTINGS.writeQuorum());
    }
  }

  @Test
  void storeStandsStillForWhoReadsItOnItsOwnersLoop() {
    put(first, "k", "v");
    for (LoopbackNode node : List.of(first, second)) {
      assertThat(node.isOnLoop()).isFalse();
      boolean wasThere = join(node.shown().still(store -> node.isOnLoop()));
      assertThat(wasThere).isTrue();
    }
  }

  @Test
  void promotionMovesTheLeadershipAndTheOldLeaderFollows() {
    put(first, "k", "v");
    long epoch = first.status().epoch();
    Transition promoted = join(second.shown().promote(false, TIMEOUT_NANOS));
    assertThat(promoted).isInstanceOf(Transition.Done.class);
    Transition.Done done = (Transition.Done) promoted;
    assertThat(done.id()).isEqualTo("second");
    assertThat(done.epoch()).isGreaterThan(epoch);
    assertThat(done.unclean()).isTrue();
    expectLedBySecond();
    assertThat(holds(second, "k", "v")).isTrue();
  }

  @Test
  void leaderThatIsToBePromotedIsLeftAsItIs() {
    assertThat(join(first.shown().promote(true, TIMEOUT_NANOS)))
        .isInstanceOf(Transition.Refused.class);
    put(first, "k", "v");
  }

  @Test
  void followerWhoseClusterIsOutOfReachIsRefusedAndNamesWhatIsMissing() {
    stopListening(first, third);
    Transition refused = join(second.shown().promote(false, TIMEOUT_NANOS));
    assertThat(refused).isInstanceOf(Transition.Refused.class);
    Transition.Refused because = (Transition.Refused) refused;
    assertThat(because.reason()).contains(authority(first)).contains(authority(third));
    assertThat(because.grants()).isEqualTo(1);
    assertThat(because.needed()).isEqualTo(2);
    assertThat(second.shown()).isInstanceOf(FollowerReplica.class);
  }

  @Test
  void switchoverMovesTheLeadershipAndSaysWhereTo() {
    put(first, "k", "v");
    long epoch = first.status().epoch();
    Transition moved = join(first.leader().switchOver("second", TIMEOUT_NANOS));
    assertThat(moved).isInstanceOf(Transition.Moved.class);
    Transition.Moved to = (Transition.Moved) moved;
    assertThat(to.from()).isEqualTo("first");
    assertThat(to.to()).isEqualTo("second");
    assertThat(to.epoch()).isGreaterThan(epoch);
    assertThat(to.pausedNanos()).isPositive();
    expectLedBySecond();
    assertThat(holds(second, "k", "v")).isTrue();
  }

  @Test
  void followerToSwitchOverToMayBeNamedByItsUrl() {
    assertThat(join(first.leader().switchOver(second.url(), TIMEOUT_NANOS)))
        .isInstanceOf(Transition.Moved.class);
    expectLedBySecond();
  }

  @Test
  void switchoverToNobodyKnownChangesNothing() {
    assertThat(join(first.leader().switchOver("fourth", TIMEOUT_NANOS)))
        .isInstanceOf(Transition.UnknownTarget.class);
    put(first, "k", "v");
  }

  @Test
  void switchoverToAFollowerThatIsGoneIsRefusedAndTheLeaderLeadsOn() {
    stopListening(third);
    put(first, "k", "v", 1);
    Transition refused =
        join(first.leader().switchOver("third", TimeUnit.MILLISECONDS.toNanos(200)));
    assertThat(refused).isInstanceOf(Transition.Refused.class);
    put(first, "k", "w", 1);
  }

  @Test
  void writesThatCameDuringASwitchoverAreSentToTheNewLeader() {
    LeaderReplica old = first.leader();
    CompletionStage<Transition> moved = old.switchOver("second", TIMEOUT_NANOS);
    ThreeNodes.Told during = new ThreeNodes.Told();
    old.write(ThreeNodes.request("k", "v", 1, during));
    assertThat(join(moved)).isInstanceOf(Transition.Moved.class);
    assertThat(join(during.end)).isEqualTo("MOVED " + second.url());
    assertThat(old.store().newest(Key.of("k"))).isNull();
  }

  /** As a request does that a thread of clients had taken to the leader before it ended. */
  @Test
  void writeThatComesToALeadershipThatHasEndedIsSentToTheNewLeader() {
    LeaderReplica old = first.leader();
    join(old.switchOver("second", TIMEOUT_NANOS));
    ThreeNodes.Told late = new ThreeNodes.Told();
    old.write(ThreeNodes.request("k", "v", 1, late));
    assertThat(join(late.end)).isEqualTo("MOVED " + second.url());
  }

  @Test
  void writesReachTheNewLeaderAndAllFollowersAfterTwoSwitchovers() {
    join(first.leader().switchOver("second", TIMEOUT_NANOS));
    expectLedBySecond();
    put(second, "k", "v");
    join(second.leader().switchOver("first", TIMEOUT_NANOS));
    await().until(() -> first.serves() && second.isLevel());
    put(first, "k", "w");
    for (LoopbackNode node : List.of(first, second, third)) {
      await().until(() -> holds(node, "k", "w"));
    }
  }

  @Test
  void statusAskedOfALeadershipThatHasEndedIsAnswered() {
    LeaderReplica old = first.leader();
    join(old.switchOver("second", TIMEOUT_NANOS));
    assertThat(join(old.status()).followers())
        .extracting(NodeStatus.FollowerStatus::id)
        .containsExactly("second", "third");
  }

  @Test
  void switchoverAskedOfALeadershipThatHasEndedIsRefused() {
    LeaderReplica old = first.leader();
    join(old.switchOver("second", TIMEOUT_NANOS));
    assertThat(join(old.switchOver("third", TIMEOUT_NANOS))).isInstanceOf(Transition.Refused.class);
  }

  private void expectLedBySecond() {
    await().until(second::serves);
    await().until(() -> first.isLevel() && third.isLevel());
    for (LoopbackNode follower : List.of(first, third)) {
      await()
          .untilAsserted(
              () ->
                  assertThat(((FollowerReplica) follower.shown()).leaderUrl())
                      .contains(second.url()));
    }
    await().until(() -> second.leader().unready().isEmpty());
    put(second, "after", "x");
    await().until(() -> holds(first, "after", "x") && holds(third, "after", "x"));
  }

  private static void stopListening(LoopbackNode... nodes) {
    for (LoopbackNode node : nodes) {
      node.cutOff();
    }
  }

  private static String authority(LoopbackNode node) {
    return node.url().substring("http://".length());
  }
}
