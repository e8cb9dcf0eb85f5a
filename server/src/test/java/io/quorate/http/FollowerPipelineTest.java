package io.quorate.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a follower serves, and what it sends to its leader. */
final class FollowerPipelineTest {

  private final TestFollower follower = new TestFollower();
  private final Wire wire = new Wire(follower);

  @Test
  void readsAreLocalUnlessTheyAskForConfirmed() {
    assertThat(wire.ask("GET", "/v1/kv/k").text()).isEqualTo("v");
    assertThat(wire.ask("GET", "/v1/kv/k?consistency=local").header("ETag")).isEqualTo("\"1.1\"");
    Response confirmed = wire.ask("GET", "/v1/kv/k?consistency=confirmed");
    assertThat(confirmed.status()).isEqualTo(307);
    assertThat(confirmed.header("Location"))
        .isEqualTo("http://leader:8080/v1/kv/k?consistency=confirmed");
  }

  @Test
  void nothingIsReadBeforeItIsLevel() {
    follower.level = false;
    Response get = wire.ask("GET", "/v1/kv/k");
    assertThat(get.status()).isEqualTo(503);
    assertThat(get.header("Retry-After")).isEqualTo("1");
  }

  @ParameterizedTest
  @CsvSource({
    "PUT, /v1/kv/a%20b?w=2",
    "DELETE, /v1/kv/k",
    "GET, /v1/writes/1.1",
    "GET, /v1/convergence?timeout=2s",
    "GET, /v1/config",
    "PATCH, /v1/config",
    "POST, /v1/switchover?to=f1"
  })
  void whatOnlyTheLeaderCanAnswerIsSentThere(String method, String target) {
    Response sent = wire.ask(method, target);
    assertThat(sent.status()).isEqualTo(307);
    assertThat(sent.header("Location")).isEqualTo("http://leader:8080" + target);
    assertThat(sent.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(sent.text().contains("\"outcome\":\"not_applied\""))
        .isEqualTo(!method.equals("GET"));
    follower.leaderUrl = Optional.empty();
    Response nowhere = wire.ask(method, target);
    assertThat(nowhere.status()).isEqualTo(503);
    assertThat(nowhere.header("Retry-After")).isEqualTo("1");
  }

  @Test
  void rawBytesOfATargetAreEncodedInTheLocation() {
    assertThat(wire.ask("DELETE", "/v1/kv/\u00c3\u00a9").header("Location"))
        .isEqualTo("http://leader:8080/v1/kv/%C3%A9");
  }

  @Test
  void largePutIsSentToTheLeaderBeforeItsBody() {
    wire.send(
        "PUT /v1/kv/k HTTP/1.1\r\nHost: a\r\nContent-Length: 9999\r\nExpect: 100-continue\r\n\r\n");
    assertThat(wire.response().status()).isEqualTo(307);
    assertThat(wire.isOpen()).isFalse();
  }

  @Test
  void putWithItsBodyLeavesTheConnectionOpen() {
    assertThat(wire.put("/v1/kv/k", "value").status()).isEqualTo(307);
    assertThat(wire.ask("GET", "/v1/kv/k").text()).isEqualTo("v");
  }

  @Test
  void replicationGetsItsPathAndItsWholeBody() {
    HttpOptions small = TestOptions.withMaxValueBytes(10);
    Wire link = new Wire(follower, small);
    Response answer = link.askWith("POST", "/v1/replication/append", "x".repeat(100_000));
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.text()).isEqualTo("append 100000");
    assertThat(answer.header("Content-Type")).isEqualTo("application/octet-stream");
    assertThat(wire.ask("GET", "/v1/replication/append").status()).isEqualTo(405);
  }

  @Test
  void statusOfAFollowerHasNoFollowers() {
    assertThat(wire.ask("GET", "/v1/status").text())
        .isEqualTo(
            "{\"id\":\"f0\",\"role\":\"follower\",\"epoch\":0,\"leader\":null,"
                + "\"leader_url\":null,\"incarnation\":\"01\",\"transport\":\"nio\","
                + "\"last_version\":9,\"applied_version\":4,\"confirmed_version\":0,"
                + "\"held_back_by\":null,\"write_quorum\":null,\"min_delay_ms\":null,"
                + "\"max_delay_ms\":null,\"keys\":1,\"tombstones\":0,\"uptime_ms\":5,\"watchers\":0,"
                + "\"unclean\":false,\"granted_epoch\":3,\"min_write_quorum\":1,"
                + "\"lease_ms\":2000,\"durability\":{\"data_dir\":false,\"fsync\":\"none\","
                + "\"may_lose\":\"all that this node holds is lost when it ends\"},"
                + "\"log_bytes\":0,\"snapshot_version\":0}");
  }

  @Test
  void readinessTakesABoundOnTheLag() {
    assertThat(wire.ask("GET", "/readyz").status()).isEqualTo(200);
    assertThat(wire.ask("GET", "/readyz?max_lag=5").status()).isEqualTo(200);
    assertThat(wire.ask("GET", "/readyz?max_lag=4").status()).isEqualTo(503);
    assertThat(wire.ask("GET", "/readyz?max_lag=x").status()).isEqualTo(400);
  }

  @Test
  void stageThatFailsIsAnInternalErrorWithoutItsTrace() {
    Response failed = wire.ask("GET", "/v1/digest");
    assertThat(failed.status()).isEqualTo(500);
    assertThat(failed.text()).doesNotContain("planted").doesNotContain("Exception");
    assertThat(wire.isOpen()).isFalse();
  }

  @Test
  void tooManyDigestsAtATimeAreRefusedForNow() {
    follower.failDigestsWith(new RejectedExecutionException("planted"));
    Response refused = wire.ask("GET", "/v1/digest");
    assertThat(refused.status()).isEqualTo(503);
    assertThat(refused.header("Retry-After")).isNotNull();
    assertThat(wire.isOpen()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"404, nope", "400, cannot be read"})
  void whatTheFollowerCannotReadIsAProblem(int status, String detail) {
    follower.replicationStatus = status;
    Response refused = wire.askWith("POST", "/v1/replication/nope", "x");
    KeysTest.assertNotApplied(refused, status);
    assertThat(refused.text()).contains(detail);
    assertThat(wire.isOpen()).isTrue();
  }

  @Test
  void refusalOfALeadershipIsInTheFormatOfTheNodes() {
    follower.replicationStatus = 409;
    Response refused = wire.askWith("POST", "/v1/replication/append", "x");
    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.header("Content-Type")).isEqualTo("application/octet-stream");
    assertThat(refused.text()).isEqualTo("append 1");
  }
}
