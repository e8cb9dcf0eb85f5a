package io.quorate.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.core.Refusal;
import io.quorate.replication.Transition;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Promotions and switchovers, and what a change of leaders means for those who ask. */
final class TransitionTest {

  private final TestFollower follower = new TestFollower();
  private final TestLeader leader = new TestLeader(5);
  private final Wire toFollower = new Wire(follower);
  private final Wire toLeader = new Wire(leader);

  private Response promote(Transition end) {
    follower.promotion = CompletableFuture.completedFuture(end);
    return toFollower.ask("POST", "/v1/promote");
  }

  private Response switchOver(Transition end) {
    leader.switchover = CompletableFuture.completedFuture(end);
    return toLeader.ask("POST", "/v1/switchover?to=f1");
  }

  @Test
  void promotionIsAnsweredWhenTheNodeServes() {
    CompletableFuture<Transition> promotion = new CompletableFuture<>();
    follower.promotion = promotion;
    toFollower.send(Wire.request("POST", "/v1/promote?force=true&timeout=2s", ""));
    assertThat(toFollower.received()).isEmpty();
    promotion.complete(new Transition.Done("f0", 4, 1000, true));
    Response done = toFollower.response();
    assertThat(done.status()).isEqualTo(200);
    assertThat(done.text())
        .isEqualTo("{\"id\":\"f0\",\"epoch\":4,\"base_version\":1000,\"unclean\":true}");
    assertThat(follower.promotions).containsExactly("true 2000000000");
  }

  @Test
  void promotionIsNotForcedUnlessItSaysSoAndHasHalfAMinute() {
    assertThat(promote(new Transition.Done("f0", 4, 1000, false)).text())
        .contains("\"unclean\":false");
    toFollower.ask("POST", "/v1/promote?force=false");
    assertThat(follower.promotions).containsExactly("false 30000000000", "false 30000000000");
  }

  @Test
  void promotionWithTooFewGrantsNamesThem() {
    Response refused = promote(new Transition.Refused("2 of 4 nodes can be reached", 2, 4));
    KeysTest.assertNotApplied(refused, 409);
    assertThat(refused.text())
        .contains("\"detail\":\"2 of 4 nodes can be reached\"")
        .endsWith("\"grants\":2,\"needed\":4}");
  }

  @Test
  void refusalThatIsNotAboutGrantsHasNoNumberOfThem() {
    Response refused = toLeader.ask("POST", "/v1/promote");
    KeysTest.assertNotApplied(refused, 409);
    assertThat(refused.text()).contains("this node leads already").doesNotContain("needed");
  }

  @Test
  void promotionThatTimedOutIsUnknown() {
    Response late = promote(new Transition.TimedOut("granted, and 0 of 1 followers have entered"));
    assertThat(late.status()).isEqualTo(503);
    assertThat(late.header("Retry-After")).isEqualTo("1");
    assertThat(late.text())
        .contains("0 of 1 followers have entered")
        .contains("\"outcome\":\"unknown\"");
  }

  @Test
  void switchoverIsAnsweredWithItsPause() {
    Response moved = switchOver(new Transition.Moved("n0", "f1", 5, 12_500_000));
    assertThat(moved.status()).isEqualTo(200);
    assertThat(moved.text())
        .isEqualTo("{\"from\":\"n0\",\"to\":\"f1\",\"epoch\":5,\"paused_ms\":12.5}");
    toLeader.ask("POST", "/v1/switchover?to=http%3A%2F%2Ff1%3A80&timeout=250ms");
    assertThat(leader.switchovers).containsExactly("f1 10000000000", "http://f1:80 250000000");
  }

  @Test
  void switchoverThatCannotBeLeavesTheLeaderLeading() {
    Response refused = switchOver(new Transition.Refused("f1 is out of reach; this node leads on"));
    KeysTest.assertNotApplied(refused, 409);
    assertThat(refused.text()).contains("this node leads on");
  }

  @Test
  void switchoverThatMayStillComeAboutIsUnknown() {
    Response unknown = switchOver(new Transition.TimedOut("f1 may take over yet"));
    assertThat(unknown.status()).isEqualTo(503);
    assertThat(unknown.text()).contains("\"outcome\":\"unknown\"").contains("f1 may take over yet");
  }

  @Test
  void unknownTargetOfASwitchoverIsNamed() {
    Response refused = switchOver(new Transition.UnknownTarget("no follower is called so"));
    KeysTest.assertNotApplied(refused, 400);
    assertThat(refused.text()).contains("\"detail\":\"to=f1: no follower is called so\"");
  }

  @Test
  void writeThatWaitedForASwitchoverIsSentToTheNewLeader() {
    leader.refusal = new Refusal(Refusal.Kind.MOVED, "f1 leads now", "http://f1:8080", null, 0);
    Response moved = toLeader.put("/v1/kv/a%20b?w=2", "v");
    KeysTest.assertNotApplied(moved, 307);
    assertThat(moved.header("Location")).isEqualTo("http://f1:8080/v1/kv/a%20b?w=2");
    assertThat(toLeader.put("/v1/kv/k?w=2", "v").header("Location"))
        .isEqualTo("http://f1:8080/v1/kv/k?w=2");
    leader.refusal = new Refusal(Refusal.Kind.MOVED, "another node leads now");
    KeysTest.assertNotApplied(toLeader.put("/v1/kv/k", "v"), 503);
  }

  @Test
  void settingsOfALeaderThatLeadsNoMoreAreNotSaidToBeChanged() {
    leader.ended = true;
    Response refused = toLeader.askWith("PATCH", "/v1/config", "{\"write_quorum\":1}");
    KeysTest.assertNotApplied(refused, 503);
    assertThat(refused.header("Retry-After")).isEqualTo("1");
    assertThat(refused.text()).contains("\"detail\":\"this node does not lead any more\"");
  }

  @Test
  void fullDiskRefusesWrites() {
    leader.refusal = new Refusal(Refusal.Kind.DISK_FULL, "the disk is full");
    KeysTest.assertNotApplied(toLeader.put("/v1/kv/k", "v"), 507);
  }

  @Test
  void confirmedReadNeedsALeaseAndALocalOneDoesNot() {
    toLeader.put("/v1/kv/k", "v");
    leader.leaseObstacle = "the lease is over";
    Response refused = toLeader.ask("GET", "/v1/kv/k");
    assertThat(refused.status()).isEqualTo(503);
    assertThat(refused.header("Retry-After")).isEqualTo("1");
    assertThat(refused.text()).contains("the lease is over");
    assertThat(toLeader.ask("GET", "/v1/kv/none").status()).isEqualTo(503);
    assertThat(toLeader.ask("GET", "/v1/kv/k?consistency=local").text()).isEqualTo("v");
    leader.leaseObstacle = null;
    assertThat(toLeader.ask("GET", "/v1/kv/k").text()).isEqualTo("v");
  }

  @Test
  void leaseIsLookedAtAfterTheValueWasRead() {
    toLeader.put("/v1/kv/k", "old");
    leader.beforeLeaseIsRead = () -> new Wire(leader).put("/v1/kv/k", "new");
    assertThat(toLeader.ask("GET", "/v1/kv/k").text()).isEqualTo("old");
    assertThat(leader.lastVersion()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"confirmed", "local"})
  void readWhoseLeadershipEndsMeanwhileIsRefused(String consistency) {
    toLeader.put("/v1/kv/k", "v");
    leader.beforeObstacleIsRead = leader::stopLeading;
    for (String key : new String[] {"k", "none"}) {
      Response refused = toLeader.ask("GET", "/v1/kv/" + key + "?consistency=" + consistency);
      assertThat(refused.status()).isEqualTo(503);
      assertThat(refused.text()).contains("this node is stopping");
    }
  }

  @Test
  void localReadLooksAtTheObstacleAfterTheValueWasRead() {
    toLeader.put("/v1/kv/k", "old");
    leader.beforeObstacleIsRead =
        () -> {
          leader.beforeObstacleIsRead = () -> {};
          new Wire(leader).put("/v1/kv/k", "new");
        };
    assertThat(toLeader.ask("GET", "/v1/kv/k?consistency=local").text()).isEqualTo("old");
    assertThat(leader.lastVersion()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "2"})
  void quorumBelowTheFloorIsRefusedNamingWhatIsTaken(String quorum) {
    leader.minWriteQuorum = 3;
    Response refused = toLeader.put("/v1/kv/k?w=" + quorum, "v");
    KeysTest.assertNotApplied(refused, 400);
    assertThat(refused.text())
        .contains("\"detail\":\"w=" + quorum + ": w takes 0, 3 to 5, majority or all\"");
    Response patch = toLeader.askWith("PATCH", "/v1/config", "{\"write_quorum\":" + quorum + "}");
    KeysTest.assertNotApplied(patch, 400);
    assertThat(patch.text()).contains("write_quorum takes 0, 3 to 5, \\\"majority\\\"");
    for (String taken : new String[] {"0", "3", "5", "majority", "all"}) {
      assertThat(toLeader.put("/v1/kv/k?w=" + taken, "v").status()).isEqualTo(200);
    }
  }

  @Test
  void majorityAndTheDefaultBelowTheFloorAreRefusedLikeTheirNumber() {
    leader.minWriteQuorum = 4;
    assertThat(toLeader.put("/v1/kv/k?w=majority", "v").text())
        .contains("\"detail\":\"w=majority: w takes 0, 4 to 5, majority or all\"");
    Response byDefault = toLeader.put("/v1/kv/k", "v");
    KeysTest.assertNotApplied(byDefault, 400);
    assertThat(byDefault.text())
        .contains("\"detail\":\"w is left out, which means 3: w takes 0, 4 to 5, ");
    leader.minWriteQuorum = 6;
    assertThat(toLeader.put("/v1/kv/k?w=all", "v").text()).contains("w takes 0, majority or all");
    assertThat(leader.lastVersion()).isZero();
  }
}
