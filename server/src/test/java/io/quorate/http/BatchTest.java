package io.quorate.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.core.Key;
import io.quorate.core.LeaderLimits;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** POST of several puts and deletes at once. */
final class BatchTest {

  private static final String BATCH = "/v1/batch";
  private static final String TWO =
      "[{\"op\":\"put\",\"key\":\"a\",\"value\":\"1\"},{\"op\":\"put\",\"key\":\"b\",\"value\":\"2\"}]";

  private final TestLeader leader = new TestLeader(5);
  private final Wire wire = new Wire(leader);

  private Response batch(String body) {
    return wire.askWith("POST", BATCH, body);
  }

  /** Single quotes stand for double ones. */
  private Response quoted(String body) {
    return batch(body.replace('\'', '"'));
  }

  private void assertRefused(Response refused, String detail) {
    KeysTest.assertNotApplied(refused, 400);
    assertThat(refused.text()).contains("\"detail\":\"" + detail);
    assertThat(leader.lastVersion()).isZero();
  }

  @Test
  void itemsGetVersionsOneAfterAnotherAndTheLastIsTheEtag() {
    wire.put("/v1/kv/c", "v");
    Response written =
        quoted(
            "[{'op':'put','key':'a','value':'one'},{'value_base64':'/wA=','key':'b/b','op':'put'},"
                + "{'op':'delete','key':'c'}]");
    assertThat(written.status()).isEqualTo(200);
    assertThat(written.header("Content-Type")).isEqualTo("application/json");
    assertThat(written.header("ETag")).isEqualTo("\"1.4\"");
    assertThat(written.text())
        .isEqualTo(
            "{\"epoch\":1,\"version\":4,\"acks\":3,\"required\":3,\"writes\":["
                + "{\"key\":\"a\",\"version\":2},{\"key\":\"b/b\",\"version\":3},"
                + "{\"key\":\"c\",\"version\":4}]}");
    assertThat(wire.ask("GET", "/v1/kv/a").text()).isEqualTo("one");
    assertThat(wire.ask("GET", "/v1/kv/b/b?min_version=1.4").body()).containsExactly(0xff, 0);
    assertThat(wire.ask("GET", "/v1/kv/c").status()).isEqualTo(404);
  }

  @Test
  void valuesAreUtf8AndMayBeEmpty() {
    String body =
        "[{'op':'put','key':'\\u00e9','value':'\u00fc\\ud83d\\ude00'},{'op':'put','key':'e','value':''}]";
    byte[] bytes = body.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    assertThat(batch(new String(bytes, StandardCharsets.ISO_8859_1)).status()).isEqualTo(200);
    assertThat(new String(wire.ask("GET", "/v1/kv/%C3%A9").body(), StandardCharsets.UTF_8))
        .isEqualTo("\u00fc\ud83d\ude00");
    assertThat(wire.ask("GET", "/v1/kv/e").text()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/w==", "/w", "/x==", "/x"})
  void base64MayComeWithoutItsPadding(String text) {
    assertThat(quoted("[{'op':'put','key':'a','value_base64':'" + text + "'}]").status())
        .isEqualTo(200);
    assertThat(wire.ask("GET", "/v1/kv/a").body()).containsExactly(0xff);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"_w==", "/w=", "/w===", "/w== ", " /w==", "/w\\n==", "/", "/w==/w==", "="})
  void base64OfAnotherAlphabetOrWithAnythingElseInItIsRefused(String text) {
    Response refused = quoted("[{'op':'put','key':'a','value_base64':'" + text + "'}]");
    KeysTest.assertNotApplied(refused, 400);
    assertThat(refused.text()).contains("item 1: value_base64 is not Base64");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{}                                             | the body is not a JSON list",
        "x                                              | the body is not a JSON list: Unrecognized",
        "[]                                             | the list is empty",
        "[OK] 1                                         | something follows the JSON list",
        "[OK                                            | item 1: the body is not a JSON list: Unexp",
        "[OK,1]                                         | item 2: it is not a JSON object",
        "[OK,{'op':'move','key':'b'}]                   | item 2: op=move: op takes put or delete",
        "[OK,{'key':'b','value':'v'}]                   | item 2: op is missing",
        "[OK,{'op':1,'key':'b'}]                        | item 2: op takes a text",
        "[OK,{'op':'delete'}]                           | item 2: key is missing",
        "[OK,{'op':'delete','key':''}]                  | item 2: key has 0 bytes",
        "[OK,{'op':'delete','key':'\\ud800'}]           | item 2: key has half of a surrogate pair",
        "[OK,{'op':'delete','key':'a'}]                 | item 2: its key is that of item 1 too",
        "[OK,{'op':'delete','op':'put'}]                | item 2: the body is not a JSON list: Dupl",
        "[OK,{'op':'delete','key':'b','value':'v'}]     | item 2: a delete takes no value",
        "[OK,{'op':'delete','key':'b','ttl':'1s'}]      | item 2: a delete takes no ttl",
        "[OK,{'op':'put','key':'b'}]                    | item 2: a put takes value or value_base64",
        "[OK,{'op':'put','key':'b','value':null}]       | item 2: value takes a text",
        "[OK,{'op':'put','key':'b','value':{'v':[]}}]   | item 2: value takes a text",
        "[OK,{'op':'put','key':'b','value':'\\udc00'}]  | item 2: value has half of a surrogate pair",
        "[OK,{'op':'put','key':'b','value_base64':'?'}] | item 2: value_base64 is not Base64",
        "[OK,{'op':'put','key':'b','value':'','value_base64':''}] | item 2: value and value_base64",
        "[OK,{'op':'put','key':'b','value':'','ttl':'0s'}] | item 2: ttl=0s: ttl takes a number",
        "[OK,{'op':'put','key':'b','val':''}]           | item 2: val is no field of an item",
        "[OK,{'op':'delete','key':'b','if_match':'b'}]  | item 2: if_match: it takes",
        "[OK,{'op':'delete','key':'b','if_match':[]}]   | item 2: if_match: it takes",
        "[OK,{'op':'delete','key':'b','if_match':['*']}] | item 2: if_match: it takes",
        "[OK,{'op':'delete','key':'b','if_match':['1.1',[]]}] | item 2: if_match: it takes",
        "[OK,{'op':'delete','key':'b','if_none_match':1.1}] | item 2: if_none_match: it takes",
      })
  void batchWithAnythingWrongIsRefusedWholeAndTheItemIsNamed(String body, String detail) {
    String ok = "{'op':'put','key':'a','value':'v'}";
    assertRefused(quoted(body.replace("OK", ok)), detail);
  }

  @Test
  void emptyBodyIsRefused() {
    assertRefused(batch(""), "the body is not a JSON list");
  }

  @Test
  void keyOver512BytesIsRefused() {
    String body = "[{'op':'delete','key':'" + "k".repeat(513) + "'}]";
    assertRefused(quoted(body), "item 1: key has 513 bytes");
  }

  @Test
  void aThousandItemsAreTakenAndOneMoreIsNot() {
    assertThat(quoted(deletes(1000)).status()).isEqualTo(200);
    assertThat(leader.lastVersion()).isEqualTo(1000);
    Response refused = quoted(deletes(1001));
    KeysTest.assertNotApplied(refused, 400);
    assertThat(refused.text()).contains("more than 1000 items");
    assertThat(leader.lastVersion()).isEqualTo(1000);
  }

  /** Its first bytes look like an order of bytes that no text has. */
  @Test
  void bodyInAnotherEncodingIsRefused() {
    for (String path : List.of("POST " + BATCH, "PATCH /v1/config")) {
      String method = path.substring(0, path.indexOf(' '));
      Response refused =
          wire.askWith(method, path.substring(method.length() + 1), "\u0000[\u0000\u0000");
      assertThat(refused.status()).as(path).isEqualTo(400);
      assertThat(refused.text()).contains("it is not UTF-8");
    }
    assertThat(leader.lastVersion()).isZero();
  }

  private static String deletes(int count) {
    return IntStream.range(0, count)
        .mapToObj(number -> "{'op':'delete','key':'" + number + "'}")
        .collect(Collectors.joining(",", "[", "]"));
  }

  @Test
  void bodyOverTheLargestValueIsTooLarge() {
    HttpOptions small = new HttpOptions(100, 1 << 20, 8 << 10, 16 << 10, 10, 128, false);
    KeysTest.assertNotApplied(
        new Wire(leader, small).askWith("POST", BATCH, TWO + " ".repeat(100)), 413);
    assertThat(leader.lastVersion()).isZero();
  }

  /** They take more in the log than in JSON. */
  @Test
  void itemsThatTakeMoreRoomTogetherThanALargestValueAreTooLarge() {
    HttpOptions small = new HttpOptions(30_000, 1 << 20, 8 << 10, 16 << 10, 10, 128, false);
    Wire tight = new Wire(leader, small);
    String body = deletes(1000).replace('\'', '"');
    assertThat(body.length()).isLessThan(30_000);
    Response refused = tight.askWith("POST", BATCH, body);
    KeysTest.assertNotApplied(refused, 413);
    assertThat(refused.text()).contains("the batch takes 38890 bytes", "up to 34096");
    assertThat(leader.lastVersion()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"w=6", "timeout=2", "w=1&w=1"})
  void parametersAreThoseOfOtherWrites(String query) {
    assertRefused(wire.askWith("POST", BATCH + "?" + query, TWO), query.substring(0, 1));
  }

  @Test
  void conditionsInTheHeadAreRefused() {
    assertRefused(wire.askWith("POST", BATCH, TWO, "If-Match: *"), "If-Match and If-None-Match");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'if_match':'*'",
        "'if_match':'1.1'",
        "'if_match':'\\\"1.1\\\"'",
        "'if_match':['1.7','1.1']",
        "'if_match':['\\\"1.7\\\"','\\\"1.1\\\"']",
        "'if_none_match':'1.7'",
        "'if_none_match':['1.7','1.8'],'if_match':'1.1'",
      })
  void batchWhoseConditionsHoldIsCarriedOut(String condition) {
    wire.put("/v1/kv/a", "v");
    assertThat(quoted("[{'op':'put','key':'a','value':'w'," + condition + "}]").status())
        .isEqualTo(200);
    assertThat(wire.ask("GET", "/v1/kv/a").text()).isEqualTo("w");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'if_none_match':'*'",
        "'if_none_match':'1.1'",
        "'if_none_match':'W/\\\"1.1\\\"'",
        "'if_match':'1.7'",
        "'if_match':'W/\\\"1.1\\\"'",
        "'if_match':['1.7','1.8']",
      })
  void conditionThatDoesNotHoldRefusesAllAndNamesTheItemAndItsEtag(String condition) {
    wire.put("/v1/kv/a", "v");
    Response unmet =
        quoted(
            "[{'op':'put','key':'b','value':'w'},{'op':'put','key':'a','value':'w',"
                + condition
                + "}]");
    KeysTest.assertNotApplied(unmet, 412);
    assertThat(unmet.header("ETag")).isEqualTo("\"1.1\"");
    assertThat(unmet.text()).contains("\"item\":2");
    assertThat(leader.lastVersion()).isEqualTo(1);
    assertThat(wire.ask("GET", "/v1/kv/b").status()).isEqualTo(404);
  }

  @Test
  void conditionThatDoesNotHoldOfAKeyThatIsNotThereHasNoEtag() {
    Response unmet = quoted("[{'op':'delete','key':'a','if_match':'*'}]");
    KeysTest.assertNotApplied(unmet, 412);
    assertThat(unmet.header("ETag")).isEmpty();
    assertThat(unmet.text()).contains("\"item\":1");
  }

  @Test
  void refusalWaitsUntilThePendingWriteThatTheConditionSawIsConfirmed() {
    leader.holding();
    wire.another().send(Wire.request("PUT", "/v1/kv/b?w=1", "pending"));
    String body = TWO.replace("\"2\"", "\"2\",\"if_none_match\":\"*\"");
    wire.send(Wire.request("POST", BATCH, body));
    assertThat(wire.received()).isEmpty();
    leader.deliver(0, 1);
    Response unmet = wire.response();
    KeysTest.assertNotApplied(unmet, 412);
    assertThat(unmet.text()).contains("\"item\":2");
  }

  @Test
  void refusalThatIsNotCertainAtTheDeadlineNamesTheItem() {
    leader.holding();
    wire.another().send(Wire.request("PUT", "/v1/kv/b?w=1&timeout=10s", "pending"));
    String body = TWO.replace("\"2\"", "\"2\",\"if_none_match\":\"*\"");
    wire.send(Wire.request("POST", BATCH + "?timeout=250ms", body));
    leader.passTime(251_000_000);
    Response uncertain = wire.response();
    KeysTest.assertNotApplied(uncertain, 503);
    assertThat(uncertain.text()).contains("\"item\":2");
  }

  @Test
  void missedDeadlineIsUnconfirmedAndTellsOfTheLastVersion() {
    leader.holding();
    wire.send(Wire.request("POST", BATCH + "?w=2&timeout=250ms", TWO));
    leader.deliver(0, 1);
    leader.passTime(251_000_000);
    Response late = wire.response();
    assertThat(late.status()).isEqualTo(504);
    assertThat(late.header("Location")).isEqualTo("/v1/writes/1.2");
    assertThat(late.text())
        .contains(
            "\"outcome\":\"unconfirmed\",\"acked\":1,\"required\":2,\"version\":2,\"epoch\":1}");
    leader.deliver(1, 1);
    assertThat(wire.ask("GET", "/v1/writes/1.2").text()).contains("\"confirmed\":true");
  }

  @Test
  void everyVersionOfABatchTellsWhatBecameOfIt() {
    leader.holding();
    wire.another().send(Wire.request("POST", BATCH + "?w=2", TWO));
    leader.deliver(0, 1);
    for (boolean confirmed : new boolean[] {false, true}) {
      for (int version = 1; version <= 2; version++) {
        assertThat(wire.ask("GET", "/v1/writes/1." + version).text())
            .contains(
                "\"version\":" + version,
                "\"key\":\"" + (version == 1 ? "a" : "b"),
                "\"required\":2,\"acks\":" + (confirmed ? 2 : 1) + ",\"confirmed\":" + confirmed);
      }
      leader.deliver(1, 1);
    }
  }

  @Test
  void confirmedReadersSeeAllOfItOrNothing() {
    leader.holding();
    wire.another().send(Wire.request("POST", BATCH + "?w=1", TWO));
    assertThat(wire.ask("GET", "/v1/kv").text()).isEqualTo("{\"keys\":[],\"next\":null}");
    assertThat(wire.ask("GET", "/v1/kv?consistency=local").text()).contains("\"a\"", "\"b\"");
    leader.deliver(0, 1);
    assertThat(wire.ask("GET", "/v1/kv").text()).contains("\"a\"", "\"b\"");
  }

  @Test
  void fullStoreRefusesItWhole() {
    LeaderLimits small =
        new LeaderLimits(
            400, 1 << 20, 9, 1 << 24, 10, 9, 1 << 24, 9, 9, 100, 600_000, 1L << 60, 9, 9);
    TestLeader full = new TestLeader(1, small);
    String body = TWO.replace("\"2\"", "\"" + "2".repeat(300) + "\"");
    KeysTest.assertNotApplied(new Wire(full).askWith("POST", BATCH, body), 507);
    assertThat(full.store().newest(Key.of("a"))).isNull();
  }

  @Test
  void followerSendsItOn() {
    Response moved = new Wire(new TestFollower()).askWith("POST", BATCH + "?w=1", TWO);
    KeysTest.assertNotApplied(moved, 307);
    assertThat(moved.header("Location")).endsWith(BATCH + "?w=1");
  }

  @Test
  void itCountsAsOneWrite() {
    Routes routes = HttpServer.routes(leader, HttpOptions.DEFAULT);
    Wire counted = new Wire(routes, HttpOptions.DEFAULT);
    counted.askWith("POST", BATCH, TWO);
    assertThat(routes.counts().answers(Asked.WRITE, Ending.OK)).isEqualTo(1);
  }
}
