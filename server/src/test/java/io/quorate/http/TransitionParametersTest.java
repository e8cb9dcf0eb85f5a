package io.quorate.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.replication.Transition;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How promotions and switchovers may be asked for, and how not. */
final class TransitionParametersTest {

  private final TestFollower follower = new TestFollower();
  private final TestLeader leader = new TestLeader(5);
  private final Wire toFollower = new Wire(follower);
  private final Wire toLeader = new Wire(leader);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "force=maybe",
        "force=TRUE",
        "force=1",
        "force=",
        "force",
        "force=true&force=true",
        "timeout=soon",
        "timeout=30",
        "timeout=0s",
        "timeout=-1s",
        "timeout=1.5s",
        "timeout=1m",
        "timeout=3601s",
        "timeout=99999999999999999999s",
        "timeout=",
        "timeout=1s&timeout=2s",
        "timeout=%0d%0a",
        "force=a%0ab",
      })
  void badParameterIsRefusedInOneLineThatNamesIt(String query) {
    String name = query.replaceAll("=.*", "");
    Response refused = toFollower.ask("POST", "/v1/promote?" + query);
    assertNamed(refused, name);
    assertThat(follower.promotions).isEmpty();
    if (name.equals("timeout")) {
      assertNamed(toLeader.ask("POST", "/v1/switchover?to=f1&" + query), name);
      assertThat(leader.switchovers).isEmpty();
    }
  }

  private static void assertNamed(Response refused, String name) {
    KeysTest.assertNotApplied(refused, 400);
    assertThat(refused.text()).contains("\"detail\":\"" + name).doesNotContain("\\n", "\\r");
  }

  @Test
  void flagNamesWhatCameAndWhatItTakes() {
    assertThat(toFollower.ask("POST", "/v1/promote?force=yes").text())
        .contains("\"detail\":\"force=yes: force takes true or false\"");
    assertThat(toFollower.ask("POST", "/v1/promote?force=a%0ab").text())
        .contains("\"detail\":\"force=a?b: force takes true or false\"");
  }

  @ParameterizedTest
  @CsvSource({
    "'',to is missing",
    "?To=f1,to is missing",
    "?to=,to is empty",
    "?to,to is empty",
    "?to=a&to=b,to stands",
    "?to=a&timeout=1,timeout=1: ",
  })
  void badParameterOfASwitchoverIsRefused(String query, String detail) {
    Response refused = toLeader.ask("POST", "/v1/switchover" + query);
    KeysTest.assertNotApplied(refused, 400);
    assertThat(refused.text()).contains("\"detail\":\"" + detail);
    assertThat(leader.switchovers).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "HEAD", "PUT", "DELETE", "PATCH"})
  void leadershipIsChangedByPostAlone(String method) {
    for (Wire wire : new Wire[] {toLeader, toFollower}) {
      for (String path : new String[] {"/v1/promote?force=true", "/v1/switchover?to=f1"}) {
        Response refused = wire.ask(method, path);
        assertThat(refused.status()).isEqualTo(405);
        assertThat(refused.header("Allow")).isEqualTo("POST");
        assertThat(refused.header("Content-Type")).isEqualTo("application/problem+json");
      }
    }
    assertThat(follower.promotions).isEmpty();
    assertThat(leader.switchovers).isEmpty();
  }

  @Test
  void followerSendsASwitchoverToItsLeaderAndAPromotionNowhere() {
    follower.leaderUrl = Optional.of("http://n0:8080");
    Response sent = toFollower.ask("POST", "/v1/switchover?to=f1&timeout=1s");
    assertThat(sent.status()).isEqualTo(307);
    assertThat(sent.header("Location")).isEqualTo("http://n0:8080/v1/switchover?to=f1&timeout=1s");
    follower.leaderUrl = Optional.empty();
    assertThat(toFollower.ask("POST", "/v1/switchover?to=f1").status()).isEqualTo(503);
    follower.promotion =
        CompletableFuture.completedFuture(new Transition.Done("f0", 4, 1000, false));
    assertThat(toFollower.ask("POST", "/v1/promote").status()).isEqualTo(200);
  }
}
