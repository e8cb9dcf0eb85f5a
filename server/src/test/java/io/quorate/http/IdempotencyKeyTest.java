package io.quorate.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.core.LeaderLimits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that are sent again and carried out once. */
final class IdempotencyKeyTest {

  private static final String KEY = "/v1/kv/k";
  private static final String ID = "Idempotency-Key: order-7";
  private static final long MILLI = 1_000_000L;
  private static final int KEPT_MILLIS = 600_000;

  private final TestLeader leader = new TestLeader(5);
  private final Wire wire = new Wire(leader);

  private static void assertReplayed(Response again, Response first) {
    assertThat(again.status()).isEqualTo(200);
    assertThat(again.header("ETag")).isEqualTo(first.header("ETag"));
    assertThat(again.header("Idempotency-Replayed")).isEqualTo("true");
    assertThat(first.header("Idempotency-Replayed")).isEmpty();
  }

  @Test
  void repeatGetsTheAnswerOfTheFirstAndSaysSo() {
    Response first = wire.put(KEY + "?ttl=30s&w=2", "v", ID);
    wire.put(KEY, "newer");
    Response again = wire.put(KEY + "?ttl=30s", "v", ID);
    assertReplayed(again, first);
    assertThat(again.text())
        .isEqualTo(
            "{\"key\":\"k\",\"version\":1,\"epoch\":1,\"acks\":5,\"required\":2,"
                + "\"expires_at_ms\":30000}");
    assertThat(wire.ask("GET", KEY).text()).isEqualTo("newer");
    assertThat(leader.lastVersion()).isEqualTo(2);
  }

  @Test
  void deleteAndBatchAreRepeatedLikeAPut() {
    Response delete = wire.ask("DELETE", KEY, ID);
    assertReplayed(wire.ask("DELETE", KEY, ID), delete);
    String body = "[{\"op\":\"delete\",\"key\":\"a\"},{\"op\":\"delete\",\"key\":\"b\"}]";
    Response batch = wire.askWith("POST", "/v1/batch", body, "Idempotency-Key: b");
    Response again = wire.askWith("POST", "/v1/batch", body + " ", "Idempotency-Key: b");
    assertReplayed(again, batch);
    assertThat(again.text())
        .endsWith("\"writes\":[{\"key\":\"a\",\"version\":2},{\"key\":\"b\",\"version\":3}]}");
    assertThat(leader.lastVersion()).isEqualTo(3);
  }

  @Test
  void batchOfOneItemIsTheSameWriteAsThatItemAlone() {
    wire.put(KEY + "?ttl=1s", "v", ID);
    String item = "[{\"op\":\"put\",\"key\":\"k\",\"value\":\"v\",\"ttl\":\"1s\"}]";
    Response batch = wire.askWith("POST", "/v1/batch", item, ID);
    assertThat(batch.status()).isEqualTo(200);
    assertThat(batch.header("Idempotency-Replayed")).isEqualTo("true");
    assertThat(batch.text()).endsWith("\"writes\":[{\"key\":\"k\",\"version\":1}]}");
    assertThat(leader.lastVersion()).isOne();
  }

  @Test
  void repeatOfAPendingWriteWaitsWithItUntilItIsConfirmed() {
    leader.holding();
    Wire first = wire.another();
    first.send(Wire.request("PUT", KEY + "?w=1", "v", ID));
    wire.send(Wire.request("PUT", KEY + "?w=5", "v", ID));
    assertThat(wire.received()).isEmpty();
    leader.deliver(0, 1);
    Response answered = first.response();
    assertReplayed(wire.response(), answered);
  }

  @Test
  void repeatsThatWaitAreLimitedAsWritesAre() {
    TestLeader crowded =
        new TestLeader(
            1,
            new LeaderLimits(
                1 << 24, 1 << 20, 1, 1 << 24, 10, 9, 1 << 24, 9, 9, 9, 60_000, 1L << 60, 9, 9));
    crowded.holding();
    Wire first = new Wire(crowded);
    first.send(Wire.request("PUT", KEY + "?w=1", "v", ID));
    Response refused = first.another().put(KEY + "?w=1", "v", ID);
    KeysTest.assertNotApplied(refused, 429);
    crowded.deliver(0, 1);
    assertThat(first.response().status()).isEqualTo(200);
    assertThat(crowded.lastVersion()).isOne();
  }

  @Test
  void repeatAfterA504GetsTheSameVersionAndItsEventualOutcome() {
    leader.holding();
    assertUnconfirmed("");
    assertUnconfirmed("true");
    wire.send(Wire.request("PUT", KEY + "?w=1", "v", ID));
    leader.deliver(0, 1);
    assertThat(wire.response().header("ETag")).isEqualTo("\"1.1\"");
  }

  private void assertUnconfirmed(String replayed) {
    wire.send(Wire.request("PUT", KEY + "?w=1&timeout=100ms", "v", ID));
    leader.passTime(101 * MILLI);
    Response late = wire.response();
    assertThat(late.status()).isEqualTo(504);
    assertThat(late.header("Location")).isEqualTo("/v1/writes/1.1");
    assertThat(late.header("Idempotency-Replayed")).isEqualTo(replayed);
  }

  @Test
  void otherPayloadIsRefusedAndTheFirstWriteNamed() {
    wire.put(KEY, "v", ID);
    Response[] others = {
      wire.put(KEY, "other", ID),
      wire.put("/v1/kv/other", "v", ID),
      wire.put(KEY + "?ttl=1s", "v", ID),
      wire.put(KEY, "v", ID, "If-Match: *"),
      wire.ask("DELETE", KEY, ID)
    };
    for (Response other : others) {
      KeysTest.assertNotApplied(other, 422);
      assertThat(other.text()).contains("\"version\":1,\"epoch\":1");
    }
    assertThat(leader.lastVersion()).isEqualTo(1);
  }

  @Test
  void writeThatWasRefusedIsNotRemembered() {
    KeysTest.assertNotApplied(wire.put(KEY, "v", ID, "If-Match: *"), 412);
    assertThat(wire.put(KEY, "other", ID).status()).isEqualTo(200);
  }

  @Test
  void repeatIsNotMeasuredByItsConditionAgain() {
    Response first = wire.put(KEY, "v", ID, "If-None-Match: *");
    assertReplayed(wire.put(KEY, "v", ID, "If-None-Match: *"), first);
  }

  @Test
  void keyIsForgottenAfterItsTime() {
    wire.put(KEY, "v", ID);
    leader.passTime((KEPT_MILLIS - 1) * MILLI);
    assertThat(wire.put(KEY, "v", ID).header("ETag")).isEqualTo("\"1.1\"");
    leader.passTime(MILLI);
    assertThat(wire.put(KEY, "other", ID).header("ETag")).isEqualTo("\"1.2\"");
  }

  @Test
  void asManyAreKeptAsMayBeAndOneMoreIsRefused() {
    LeaderLimits one =
        new LeaderLimits(
            1 << 24, 1 << 20, 9, 1 << 24, 10, 9, 1 << 24, 9, 9, 1, 1000, 1L << 60, 1000, 1000);
    Wire few = new Wire(new TestLeader(1, one));
    assertThat(few.put(KEY, "v", ID).status()).isEqualTo(200);
    Response refused = few.put(KEY, "v", "Idempotency-Key: other");
    KeysTest.assertNotApplied(refused, 429);
    assertThat(refused.header("Retry-After")).isEqualTo("1");
    assertThat(few.put(KEY, "v", ID).status()).isEqualTo(200);
    assertThat(few.put(KEY, "v").status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "two words", "\u00e9", "LONG", "a\r\nIdempotency-Key: b"})
  void whatIsNoKeyIsRefused(String id) {
    String field = "Idempotency-Key: " + id.replace("LONG", "k".repeat(256));
    KeysTest.assertNotApplied(wire.put(KEY, "v", field), 400);
    assertThat(leader.lastVersion()).isZero();
  }
}
