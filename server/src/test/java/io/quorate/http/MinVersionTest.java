package io.quorate.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.core.Reached;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reads that wait for a version. */
final class MinVersionTest {

  private final TestLeader leader = new TestLeader(5);
  private final Wire wire = new Wire(leader);
  private final TestFollower follower = new TestFollower();
  private final Wire toFollower = new Wire(follower);

  @Test
  void leaderAnswersOnceTheWriteIsConfirmed() {
    leader.holding();
    wire.another().send(Wire.request("PUT", "/v1/kv/a?w=2", "older"));
    wire.another().send(Wire.request("PUT", "/v1/kv/k?w=1", "v"));
    wire.send("GET /v1/kv/k?min_version=1.2 HTTP/1.1\r\nHost: a\r\n\r\n");
    assertThat(wire.received()).isEmpty();
    leader.deliver(3, 2);
    assertThat(wire.response().text()).as("though an older one is not confirmed").isEqualTo("v");
  }

  @Test
  void leaderAnswersAtOnceWhatIsConfirmedOrOfAnEarlierEpoch() {
    wire.put("/v1/kv/k", "v");
    assertThat(wire.ask("GET", "/v1/kv/k?min_version=1.1").text()).isEqualTo("v");
    assertThat(wire.ask("GET", "/v1/kv/k?min_version=0.99").text()).isEqualTo("v");
    assertThat(wire.ask("HEAD", "/v1/kv/k?min_version=1.1").status()).isEqualTo(200);
  }

  @Test
  void versionThatDoesNotComeInTimeIs504() {
    wire.send("GET /v1/kv/k?min_version=1.1&timeout=250ms HTTP/1.1\r\nHost: a\r\n\r\n");
    leader.passTime(249_000_000);
    assertThat(wire.received()).isEmpty();
    leader.passTime(2_000_000);
    Response late = wire.response();
    assertThat(late.status()).isEqualTo(504);
    assertThat(late.text()).contains("min_version=1.1").doesNotContain("outcome");
  }

  @Test
  void followerAnswersOnceItHasIt() {
    CompletableFuture<Reached> reached = new CompletableFuture<>();
    follower.reached = reached;
    toFollower.send("GET /v1/kv/k?min_version=3.7&timeout=2s HTTP/1.1\r\nHost: a\r\n\r\n");
    assertThat(follower.awaited).containsExactly("3.7 2000000000");
    assertThat(toFollower.received()).isEmpty();
    reached.complete(Reached.YES);
    assertThat(toFollower.response().text()).isEqualTo("v");
  }

  @Test
  void followerThatHasItAndIsNotLevelShowsNothing() {
    follower.reached = CompletableFuture.completedFuture(Reached.YES);
    follower.level = false;
    assertThat(toFollower.ask("GET", "/v1/kv/k?min_version=1.1").status()).isEqualTo(503);
  }

  @Test
  void followerThatManyWaitForRefuses() {
    follower.reached = CompletableFuture.completedFuture(Reached.TOO_MANY_WAIT);
    Response refused = toFollower.ask("GET", "/v1/kv/k?min_version=1.1");
    assertThat(refused.status()).isEqualTo(503);
    assertThat(refused.header("Retry-After")).isEqualTo("1");
  }

  @Test
  void confirmedReadIsSentToTheLeaderWithItsVersion() {
    Response sent = toFollower.ask("GET", "/v1/kv/k?consistency=confirmed&min_version=1.1");
    assertThat(sent.status()).isEqualTo(307);
    assertThat(sent.header("Location")).endsWith("?consistency=confirmed&min_version=1.1");
    assertThat(follower.awaited).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "7",
        "1.",
        ".1",
        "-1.1",
        "1.1.1",
        "a.b",
        "99999999999999999999.1",
        "01.1",
        "1.01",
        "00.0"
      })
  void whatIsNoTokenIsRefused(String text) {
    for (Wire each : new Wire[] {wire, toFollower}) {
      Response refused = each.ask("GET", "/v1/kv/k?min_version=" + text);
      assertThat(refused.status()).isEqualTo(400);
      assertThat(refused.text()).contains("min_version=" + text + ": min_version takes a token");
    }
  }

  @Test
  void readWhoseClientGoesIsCancelledAndSaysNothing() {
    CompletableFuture<Reached> reached = new CompletableFuture<>();
    follower.reached = reached;
    toFollower.send("GET /v1/kv/k?min_version=3.7 HTTP/1.1\r\nHost: a\r\n\r\n");
    toFollower.channel.close();
    toFollower.channel.runPendingTasks();
    assertThat(reached).isCancelled();
  }
}
