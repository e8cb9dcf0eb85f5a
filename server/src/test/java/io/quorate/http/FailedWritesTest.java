package io.quorate.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.core.LeaderLimits;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a leader tells of writes that fail, and of writes afterwards. */
final class FailedWritesTest {

  private final TestLeader leader = new TestLeader(5);
  private final Wire wire = new Wire(leader);

  @Test
  void missedDeadlineIsUnconfirmedAndTellsWhereToLook() {
    leader.holding();
    wire.send(Wire.request("PUT", "/v1/kv/k?w=3&timeout=250ms", "v"));
    leader.deliver(4, 1);
    leader.passTime(249_000_000);
    assertThat(wire.received()).isEmpty();
    leader.passTime(2_000_000);
    Response late = wire.response();
    assertThat(late.status()).isEqualTo(504);
    assertThat(late.header("Location")).isEqualTo("/v1/writes/1.1");
    assertThat(late.text())
        .contains(
            "\"outcome\":\"unconfirmed\",\"acked\":1,\"required\":3,\"version\":1,\"epoch\":1}");
    assertThat(wire.ask("GET", "/v1/writes/1.1").text())
        .isEqualTo(
            "{\"version\":1,\"epoch\":1,\"key\":\"k\",\"required\":3,\"acks\":1,"
                + "\"confirmed\":false,\"followers\":[{\"id\":\"f0\",\"acknowledged\":false},"
                + "{\"id\":\"f1\",\"acknowledged\":false},{\"id\":\"f2\",\"acknowledged\":false},"
                + "{\"id\":\"f3\",\"acknowledged\":false},{\"id\":\"f4\",\"acknowledged\":true}]}");
    leader.deliver(0, 1);
    leader.deliver(1, 1);
    assertThat(wire.ask("GET", "/v1/writes/1.1").text()).contains("\"confirmed\":true");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.9", "2.1", "x", "1", "1.1/", "", "1.-1"})
  void unknownWriteIsNotFound(String token) {
    wire.put("/v1/kv/k", "v");
    assertThat(wire.ask("GET", "/v1/writes/" + token).status()).isEqualTo(404);
  }

  @Test
  void tooFewConnectedIsRefusedBeforeAVersion() {
    for (int i = 0; i < 4; i++) {
      leader.lose(i);
    }
    Response refused = wire.put("/v1/kv/k?w=2", "v");
    KeysTest.assertNotApplied(refused, 503);
    assertThat(refused.header("Retry-After")).isEqualTo("1");
    assertThat(leader.lastVersion()).isZero();
  }

  @Test
  void tooManyWaitingIsRefused() {
    LeaderLimits few =
        new LeaderLimits(
            1 << 24, 1 << 20, 1, 1 << 24, 10, 9, 1 << 24, 9, 9, 100, 600_000, 1L << 60, 9, 9);
    TestLeader crowded = new TestLeader(1, few).holding();
    Wire crowd = new Wire(crowded);
    crowd.send(Wire.request("PUT", "/v1/kv/k", "v"));
    Response refused = new Wire(crowded).put("/v1/kv/k", "v");
    KeysTest.assertNotApplied(refused, 429);
    assertThat(refused.header("Retry-After")).isEqualTo("1");
  }

  @Test
  void putThatTheStoreHasNoRoomForIsRefusedAndADeleteIsNot() {
    LeaderLimits small =
        new LeaderLimits(
            400, 1 << 20, 9, 1 << 24, 10, 9, 1 << 24, 9, 9, 100, 600_000, 1L << 60, 9, 9);
    Wire full = new Wire(new TestLeader(1, small));
    assertThat(full.put("/v1/kv/k", "v".repeat(200)).status()).isEqualTo(200);
    KeysTest.assertNotApplied(full.put("/v1/kv/other", "v"), 507);
    assertThat(full.put("/v1/kv/k", "w".repeat(200)).status()).isEqualTo(200);
    assertThat(full.ask("DELETE", "/v1/kv/k").status()).isEqualTo(200);
  }

  @Test
  void lostLeadershipIsUnknown() {
    leader.holding();
    wire.send(Wire.request("PUT", "/v1/kv/k", "v"));
    leader.stopLeading();
    Response unknown = wire.response();
    assertThat(unknown.status()).isEqualTo(503);
    assertThat(unknown.text()).contains("\"outcome\":\"unknown\",\"acked\":0,\"required\":3");
    assertThat(unknown.header("Retry-After")).isEqualTo("1");
  }

  @Test
  void leaderThatDoesNotLeadServesNothing() {
    leader.stopLeading();
    KeysTest.assertNotApplied(wire.put("/v1/kv/k", "v"), 503);
    assertThat(wire.ask("GET", "/v1/kv/k").status()).isEqualTo(503);
    Response local = wire.ask("GET", "/v1/kv/k?consistency=local");
    assertThat(local.status()).isEqualTo(503);
    assertThat(local.header("Retry-After")).isEqualTo("1");
  }

  @Test
  void writeHasOneSpelling() {
    wire.put("/v1/kv/k", "v");
    assertThat(wire.ask("GET", "/v1/writes/1.1").status()).isEqualTo(200);
    for (String other : List.of("01.1", "1.01", "1.1/", "%31.1")) {
      assertThat(wire.ask("GET", "/v1/writes/" + other).status()).isEqualTo(404);
    }
  }
}
