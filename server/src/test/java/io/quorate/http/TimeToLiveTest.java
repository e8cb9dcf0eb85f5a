package io.quorate.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.core.LeaderLimits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Values that end. */
final class TimeToLiveTest {

  private static final String KEY = "/v1/kv/k";
  private static final String JSON = "Accept: application/json";
  private static final long SECOND = 1_000_000_000L;

  private final TestLeader leader = new TestLeader(5);
  private final Wire wire = new Wire(leader);

  @Test
  void valueEndsInADeleteWithAVersionOfItsOwn() {
    wire.put(KEY + "?ttl=30s&w=2", "v");
    leader.passTime(29 * SECOND);
    assertThat(wire.ask("GET", KEY).text()).isEqualTo("v");
    leader.passTime(SECOND);
    assertThat(wire.ask("GET", KEY).status()).isEqualTo(404);
    assertThat(leader.lastVersion()).isEqualTo(2);
    assertThat(wire.ask("GET", "/v1/writes/1.2").text())
        .contains("\"key\":\"k\",\"required\":2,\"acks\":5,\"confirmed\":true");
  }

  @Test
  void answersTellWhenItEnds() {
    assertThat(wire.put(KEY + "?ttl=30s", "v").text())
        .isEqualTo(
            "{\"key\":\"k\",\"version\":1,\"epoch\":1,\"acks\":3,\"required\":3,"
                + "\"expires_at_ms\":30000}");
    Response json = wire.ask("GET", KEY, JSON);
    assertThat(json.text())
        .isEqualTo(
            "{\"key\":\"k\",\"value\":\"v\",\"version\":1,\"epoch\":1,\"expires_at_ms\":30000}");
    assertThat(wire.ask("GET", KEY).headers()).doesNotContainKey("expires-at-ms");
  }

  @Test
  void valueThatDoesNotEndSaysNothingOfIt() {
    assertThat(wire.put(KEY, "v").text()).doesNotContain("expires");
    assertThat(wire.ask("GET", KEY, JSON).text()).doesNotContain("expires");
  }

  @Test
  void valueThatOverwritesOneThatEndsStays() {
    wire.put(KEY + "?ttl=1s", "v");
    wire.put(KEY, "stays");
    leader.passTime(2 * SECOND);
    assertThat(wire.ask("GET", KEY).text()).isEqualTo("stays");
    assertThat(leader.lastVersion()).isEqualTo(2);
  }

  @Test
  void valueThatIsWrittenAgainEndsByItsNewestTime() {
    wire.put(KEY + "?ttl=1s", "v");
    wire.put(KEY + "?ttl=500ms", "shorter");
    leader.passTime(SECOND / 2);
    assertThat(wire.ask("GET", KEY).status()).isEqualTo(404);
    leader.passTime(SECOND);
    assertThat(leader.lastVersion()).isEqualTo(3);
  }

  @Test
  void itemOfABatchEndsAloneAndTheOthersStay() {
    String body =
        "[{\"op\":\"put\",\"key\":\"k\",\"value\":\"v\",\"ttl\":\"1s\"},"
            + "{\"op\":\"put\",\"key\":\"stays\",\"value\":\"v\"}]";
    assertThat(wire.askWith("POST", "/v1/batch", body).status()).isEqualTo(200);
    assertThat(wire.ask("GET", KEY, JSON).text()).contains("\"expires_at_ms\":1000");
    leader.passTime(SECOND);
    assertThat(wire.ask("GET", KEY).status()).isEqualTo(404);
    assertThat(wire.ask("GET", "/v1/kv/stays").text()).isEqualTo("v");
  }

  /** The value's own quorum has to confirm its end, too. */
  @Test
  void endThatIsNotConfirmedIsNotShownToConfirmedReaders() {
    wire.put(KEY + "?ttl=1s&w=2", "v");
    leader.holding();
    leader.passTime(SECOND);
    assertThat(wire.ask("GET", KEY).text()).isEqualTo("v");
    assertThat(wire.ask("GET", KEY + "?consistency=local").status()).isEqualTo(404);
    leader.deliver(0, 2);
    leader.deliver(1, 2);
    assertThat(wire.ask("GET", KEY).status()).isEqualTo(404);
  }

  /** A store of 200 bytes holds one key, and not the place of its end as well. */
  @Test
  void valueThatWillEndTakesRoomForItsEnd() {
    LeaderLimits small =
        new LeaderLimits(200, 1 << 20, 9, 1 << 24, 10, 9, 1 << 24, 9, 9, 9, 60_000, 1L << 60, 9, 9);
    Wire full = new Wire(new TestLeader(1, small));
    assertThat(full.put(KEY, "v").status()).isEqualTo(200);
    KeysTest.assertNotApplied(full.put(KEY + "?ttl=1s", "v"), 507);
    assertThat(full.put(KEY, "w").status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0s", "-1s", "30", "1m", "1.5s", "3153600001s", "", "1s&ttl=2s"})
  void whatIsNoTimeIsRefused(String ttl) {
    KeysTest.assertNotApplied(wire.put(KEY + "?ttl=" + ttl, "v"), 400);
    assertThat(leader.lastVersion()).isZero();
  }

  @Test
  void deleteTakesNone() {
    Response refused = wire.ask("DELETE", KEY + "?ttl=1s");
    KeysTest.assertNotApplied(refused, 400);
    assertThat(refused.text()).contains("ttl: a delete takes none");
  }
}
