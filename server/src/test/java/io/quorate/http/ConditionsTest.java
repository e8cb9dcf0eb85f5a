package io.quorate.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** If-Match and If-None-Match, of writes and of reads. */
final class ConditionsTest {

  private static final String KEY = "/v1/kv/k";

  private final TestLeader leader = new TestLeader(5);
  private final Wire wire = new Wire(leader);

  private static void assertUnmet(Response answer, String etag) {
    KeysTest.assertNotApplied(answer, 412);
    assertThat(answer.header("ETag")).isEqualTo(etag);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "If-Match: \"1.2\"",
        "If-Match: *",
        "If-Match: \"1.1\" , \"1.2\"",
        "If-Match: \"other,store\",\"1.2\"",
        "If-Match: \"!#~\u00e9\", \"1.2\"",
        "If-Match: , \"1.1\",, \"1.2\" ,",
        "If-None-Match: \"1.1\"",
        "If-None-Match: \"\", W/\"1.1\"",
      })
  void writeWhoseConditionHoldsIsCarriedOut(String field) {
    wire.put(KEY, "first");
    wire.put(KEY, "second");
    assertThat(wire.put(KEY, "third", field).header("ETag")).isEqualTo("\"1.3\"");
    assertThat(wire.ask("GET", KEY).text()).isEqualTo("third");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "If-Match: \"1.1\"",
        "If-Match: W/\"1.2\"",
        "If-Match: \"01.2\"",
        "If-Match: \"other\"",
        "If-None-Match: *",
        "If-None-Match: \"1.2\"",
        "If-None-Match: W/\"1.2\"",
      })
  void writeWhoseConditionDoesNotHoldIsRefusedWithTheCurrentEtag(String field) {
    wire.put(KEY, "first");
    wire.put(KEY, "second");
    assertUnmet(wire.put(KEY, "third", field), "\"1.2\"");
    assertUnmet(wire.ask("DELETE", KEY, field), "\"1.2\"");
    assertThat(leader.lastVersion()).isEqualTo(2);
  }

  @Test
  void keyThatIsNotThereOrDeletedHasNoVersion() {
    assertUnmet(wire.put(KEY, "v", "If-Match: *"), "");
    assertThat(wire.put(KEY, "v", "If-None-Match: *").status()).isEqualTo(200);
    wire.ask("DELETE", KEY);
    assertUnmet(wire.put(KEY, "v", "If-Match: \"1.2\""), "");
    assertThat(wire.put(KEY, "v", "If-None-Match: *").header("ETag")).isEqualTo("\"1.3\"");
    assertUnmet(wire.put(KEY, "v", "If-None-Match: *"), "\"1.3\"");
  }

  @Test
  void bothConditionsHaveToHold() {
    wire.put(KEY, "v");
    assertUnmet(wire.put(KEY, "w", "If-Match: *", "If-None-Match: \"1.1\""), "\"1.1\"");
    assertThat(wire.put(KEY, "w", "If-Match: *", "If-None-Match: \"1.7\"").status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.1",
        "\"1.1",
        "\"1.1\" \"1.2\"",
        "\"1.1\";",
        "*, \"1.1\"",
        "w/\"1.1\"",
        ",",
        "",
        "\"a b\"",
        "\"a, b\"",
        "\"\t\"",
        "W/\" 1.1\""
      })
  void whatIsNoListOfTagsIsRefused(String value) {
    KeysTest.assertNotApplied(wire.put(KEY, "v", "If-Match: " + value), 400);
    assertThat(wire.ask("GET", KEY, "If-None-Match: " + value).status()).isEqualTo(400);
    assertThat(leader.lastVersion()).isZero();
  }

  /** What made the condition fail may never be confirmed: until it is, nobody says 412. */
  @Test
  void refusalWaitsUntilThePendingWriteThatItSawIsConfirmed() {
    leader.holding();
    wire.another().send(Wire.request("PUT", KEY + "?w=2", "pending"));
    wire.send("PUT " + KEY + "?w=1 HTTP/1.1\r\nHost: a\r\nIf-None-Match: *\r\n");
    wire.send("Content-Length: 1\r\n\r\nx");
    leader.deliver(0, 1);
    assertThat(wire.received()).isEmpty();
    leader.deliver(1, 1);
    assertUnmet(wire.response(), "\"1.1\"");
    assertThat(leader.lastVersion()).isEqualTo(1);
  }

  @Test
  void refusalWaitsUntilThePendingWriteThatItSawIsSuperseded() {
    leader.holding();
    wire.another().send(Wire.request("PUT", KEY + "?w=5", "pending"));
    wire.send("DELETE " + KEY + "?w=1 HTTP/1.1\r\nHost: a\r\nIf-Match: \"1.9\"\r\n\r\n");
    wire.another().send(Wire.request("PUT", KEY + "?w=1", "newer"));
    assertThat(wire.received()).isEmpty();
    leader.deliver(0, 2);
    assertUnmet(wire.response(), "\"1.2\"");
  }

  @Test
  void refusalThatIsNotCertainAtTheDeadlineSaysThatNothingWasApplied() {
    leader.holding();
    wire.another().send(Wire.request("PUT", KEY + "?w=5&timeout=10s", "pending"));
    wire.send("PUT " + KEY + "?w=1&timeout=250ms HTTP/1.1\r\nHost: a\r\nIf-None-Match: *\r\n");
    wire.send("Content-Length: 1\r\n\r\nx");
    leader.passTime(249_000_000);
    assertThat(wire.received()).isEmpty();
    leader.passTime(2_000_000);
    Response uncertain = wire.response();
    KeysTest.assertNotApplied(uncertain, 503);
    assertThat(uncertain.header("Retry-After")).isEqualTo("1");
  }

  /** Each sees the newest that is given when it comes, and waits for that. */
  @Test
  void refusalsOfOneKeyComeAsTheWritesThatTheySawAreConfirmed() {
    leader.holding();
    Wire early = wire.another();
    wire.another().send(Wire.request("PUT", KEY + "?w=1", "first"));
    early.send("DELETE " + KEY + "?w=1 HTTP/1.1\r\nHost: a\r\nIf-None-Match: *\r\n\r\n");
    wire.another().send(Wire.request("PUT", KEY + "?w=1", "second"));
    wire.send("DELETE " + KEY + "?w=1 HTTP/1.1\r\nHost: a\r\nIf-None-Match: *\r\n\r\n");
    leader.deliver(0, 1);
    assertUnmet(early.response(), "\"1.1\"");
    assertThat(wire.received()).isEmpty();
    leader.deliver(0, 2);
    assertUnmet(wire.response(), "\"1.2\"");
  }

  @Test
  void leaderThatStopsSaysOfAWaitingRefusalThatNothingWasApplied() {
    leader.holding();
    wire.another().send(Wire.request("PUT", KEY, "pending"));
    wire.send("PUT " + KEY + " HTTP/1.1\r\nHost: a\r\nIf-None-Match: *\r\n");
    wire.send("Content-Length: 1\r\n\r\nx");
    leader.stopLeading();
    KeysTest.assertNotApplied(wire.response(), 503);
  }

  /** Conditions are checked against the newest given, which no confirmed reader sees yet. */
  @Test
  void writeOnAPendingOneIsUnconfirmedAtItsDeadlineAndConfirmsBoth() {
    leader.holding();
    wire.another().send(Wire.request("PUT", KEY + "?w=5", "pending"));
    wire.send("PUT " + KEY + "?w=1&timeout=250ms HTTP/1.1\r\nHost: a\r\nIf-Match: \"1.1\"\r\n");
    wire.send("Content-Length: 4\r\n\r\nnext");
    leader.passTime(251_000_000);
    assertThat(wire.response().status()).isEqualTo(504);
    assertThat(wire.another().ask("GET", KEY).status()).isEqualTo(404);
    leader.deliver(0, 2);
    assertThat(wire.another().ask("GET", KEY).text()).isEqualTo("next");
  }

  @Test
  void readOfWhatTheClientHasIs304WithoutABody() {
    wire.put(KEY, "v");
    for (String field : new String[] {"\"1.1\"", "W/\"1.1\"", "*", "\"1.9\", \"1.1\""}) {
      Response same = wire.ask("GET", KEY, "If-None-Match: " + field);
      assertThat(same.status()).as(field).isEqualTo(304);
      assertThat(same.header("ETag")).isEqualTo("\"1.1\"");
      assertThat(same.header("Vary")).isEqualTo("accept");
      assertThat(same.headers()).doesNotContainKeys("content-length", "content-type");
      assertThat(wire.ask("HEAD", KEY, "If-None-Match: " + field).status()).isEqualTo(304);
    }
    Response other = wire.ask("GET", KEY, "If-None-Match: \"1.2\"");
    assertThat(other.status()).isEqualTo(200);
    assertThat(other.text()).isEqualTo("v");
    assertThat(wire.ask("GET", "/v1/kv/other", "If-None-Match: *").status()).isEqualTo(404);
  }

  @Test
  void readOfAnotherVersionThanAskedForIs412() {
    wire.put(KEY, "v");
    Response other = wire.ask("GET", KEY, "If-Match: \"1.2\"");
    assertThat(other.status()).isEqualTo(412);
    assertThat(other.header("ETag")).isEqualTo("\"1.1\"");
    assertThat(wire.ask("GET", "/v1/kv/other", "If-Match: *").status()).isEqualTo(412);
    assertThat(wire.ask("GET", KEY, "If-Match: \"1.1\"").status()).isEqualTo(200);
  }

  @Test
  void followersReadsAreConditionalToo() {
    Wire follower = new Wire(new TestFollower());
    assertThat(follower.ask("GET", KEY, "If-None-Match: \"1.1\"").status()).isEqualTo(304);
    assertThat(follower.ask("GET", KEY, "If-None-Match: \"1.2\"").status()).isEqualTo(200);
  }
}
