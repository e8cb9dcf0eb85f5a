package io.quorate.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.core.Key;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** PUT, GET, HEAD and DELETE of keys on a leader. */
final class KeysTest {

  private final TestLeader leader = new TestLeader(5);
  private final Wire wire = new Wire(leader);

  @Test
  void putAnswersTheWritesPlaceAndItsAcknowledgements() {
    Response put = wire.put("/v1/kv/k", "v");
    assertThat(put.status()).isEqualTo(200);
    assertThat(put.text())
        .isEqualTo("{\"key\":\"k\",\"version\":1,\"epoch\":1,\"acks\":3,\"required\":3}");
    assertThat(put.header("ETag")).isEqualTo("\"1.1\"");
    assertThat(put.header("Content-Type")).isEqualTo("application/json");
    assertThat(put.header("Date")).endsWith("GMT");
  }

  @Test
  void getAnswersTheBytesWithTheirEtag() {
    wire.put("/v1/kv/k", "v\u00ff\u0000");
    Response get = wire.ask("GET", "/v1/kv/k");
    assertThat(get.status()).isEqualTo(200);
    assertThat(get.body()).containsExactly('v', 0xff, 0);
    assertThat(get.header("ETag")).isEqualTo("\"1.1\"");
    assertThat(get.header("Content-Type")).isEqualTo("application/octet-stream");
    assertThat(get.header("X-Content-Type-Options")).isEqualTo("nosniff");
  }

  @Test
  void headAnswersAsGetWithoutTheBody() {
    wire.put("/v1/kv/k", "value");
    Response head = wire.ask("HEAD", "/v1/kv/k");
    assertThat(head.status()).isEqualTo(200);
    assertThat(head.header("Content-Length")).isEqualTo("5");
    assertThat(head.header("ETag")).isEqualTo("\"1.1\"");
    Response missing = wire.ask("HEAD", "/v1/kv/other");
    assertThat(missing.status()).isEqualTo(404);
    assertThat(missing.header("Content-Length")).isNotEqualTo("0");
  }

  @Test
  void emptyValueIsAValue() {
    wire.send("PUT /v1/kv/k HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n");
    assertThat(wire.response().status()).isEqualTo(200);
    Response get = wire.ask("GET", "/v1/kv/k");
    assertThat(get.status()).isEqualTo(200);
    assertThat(get.body()).isEmpty();
  }

  @Test
  void deleteIsAWriteWhetherOrNotTheKeyWasThere() {
    assertThat(wire.ask("DELETE", "/v1/kv/k").text()).contains("\"version\":1");
    wire.put("/v1/kv/k", "v");
    assertThat(wire.ask("DELETE", "/v1/kv/k?w=all").text())
        .isEqualTo("{\"key\":\"k\",\"version\":3,\"epoch\":1,\"acks\":5,\"required\":5}");
    Response get = wire.ask("GET", "/v1/kv/k");
    assertThat(get.status()).isEqualTo(404);
    assertThat(get.header("Content-Type")).isEqualTo("application/problem+json");
  }

  @Test
  void jsonFormTellsTextAsTextAndOtherBytesInBase64() {
    wire.put("/v1/kv/a/b", "caf\u00c3\u00a9");
    assertThat(wire.ask("GET", "/v1/kv/a/b", "Accept: application/json").body())
        .isEqualTo(
            "{\"key\":\"a/b\",\"value\":\"café\",\"version\":1,\"epoch\":1}"
                .getBytes(StandardCharsets.UTF_8));
    wire.put("/v1/kv/b", "\u00ff\u0001");
    assertThat(wire.ask("GET", "/v1/kv/b", "Accept: application/json").text())
        .isEqualTo("{\"key\":\"b\",\"value_base64\":\"/wE=\",\"version\":2,\"epoch\":1}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "application/json | true",
        "text/html, application/json;q=0.5 | true",
        "Application/JSON | true",
        "*/* | false",
        "application/json;q=0 | false",
        "application/octet-stream, application/json;q=0.9 | false",
        "text/html | false",
      })
  void jsonIsAnsweredWhereItIsNamedAndNotOutweighed(String accept, boolean json) {
    wire.put("/v1/kv/k", "v");
    Response get = wire.ask("GET", "/v1/kv/k", "Accept: " + accept);
    assertThat(get.header("Content-Type"))
        .isEqualTo(json ? "application/json" : "application/octet-stream");
  }

  @ParameterizedTest
  @CsvSource({
    "a%2Fb, a/b",
    "a/b, a/b",
    "a+b, a+b",
    "../x, ../x",
    "a//b/, a//b/",
    "/, /",
    "., .",
    ".., ..",
    "%2E%2E%2F, ../",
    "a/../b, a/../b",
    "./../k, ./../k",
    "%C3%A9, é",
    "Ã©, é",
    "%25, %",
  })
  void keyIsAllThatFollowsDecoded(String path, String key) {
    assertThat(wire.put("/v1/kv/" + path + "?w=1", "v").status()).isEqualTo(200);
    assertThat(leader.store().newest(Key.of(key))).isNotNull();
  }

  @Test
  void keyInTheAnswerIsEscaped() {
    byte[] answer = wire.put("/v1/kv/%22%5C%0A%C3%A9", "v").body();
    assertThat(new String(answer, StandardCharsets.UTF_8)).startsWith("{\"key\":\"\\\"\\\\\\né\",");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "%", "%4", "%zz", "%FF", "%C3", "%C0%AF", "%ED%A0%80", "a?w=x&x"})
  void badKeyOrParameterIsRefused(String path) {
    assertNotApplied(wire.put("/v1/kv/" + path, "v"), 400);
    assertThat(leader.lastVersion()).isZero();
  }

  @Test
  void keyOfUpTo512BytesIsTaken() {
    assertThat(wire.put("/v1/kv/" + "%C3%A9".repeat(256), "v").status()).isEqualTo(200);
    assertNotApplied(wire.put("/v1/kv/" + "%C3%A9".repeat(256) + "a", "v"), 414);
    assertThat(wire.ask("GET", "/v1/kv/" + "a".repeat(513)).status()).isEqualTo(414);
  }

  @ParameterizedTest
  @CsvSource({"0,0", "1,1", "5,5", "majority,3", "all,5", "%33,3"})
  void quorumIsTaken(String w, int required) {
    assertThat(wire.put("/v1/kv/k?w=" + w, "v").text()).endsWith("\"required\":" + required + "}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "w=6",
        "w=-1",
        "w=+1",
        "w=",
        "w",
        "w=most",
        "w=1.0",
        "w=1&w=1",
        "w=99999999999999"
      })
  void impossibleQuorumIsRefused(String query) {
    Response refused = wire.put("/v1/kv/k?" + query, "v");
    assertNotApplied(refused, 400);
    assertThat(refused.text()).contains("\"detail\":\"w");
    assertThat(leader.lastVersion()).isZero();
  }

  @Test
  void refusalOfAQuorumNamesWhatCameAndWhatIsTaken() {
    assertThat(wire.put("/v1/kv/k?w=6", "v").text())
        .isEqualTo(
            "{\"type\":\"about:blank\",\"title\":\"Bad Request\",\"status\":400,"
                + "\"detail\":\"w=6: w takes 0 to 5, majority or all\","
                + "\"outcome\":\"not_applied\"}");
  }

  @Test
  void withoutFollowersTheMajorityIsNobody() {
    Wire alone = new Wire(new TestLeader(0));
    assertThat(alone.put("/v1/kv/k?w=majority", "v").text()).endsWith("\"acks\":0,\"required\":0}");
    assertThat(alone.ask("GET", "/v1/kv/k").text()).isEqualTo("v");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"0ms", "5", "ms", "s", "-1s", "1m", "1.5s", "3601s", "3600001ms", "1s&timeout=1s"})
  void badTimeoutIsRefused(String timeout) {
    assertNotApplied(wire.put("/v1/kv/k?timeout=" + timeout, "v"), 400);
    assertThat(wire.ask("GET", "/v1/kv/k?timeout=" + timeout).status()).isEqualTo(400);
    assertThat(leader.lastVersion()).isZero();
  }

  @Test
  void unknownParametersAreIgnored() {
    assertThat(wire.put("/v1/kv/k?ww=9&color=red", "v").status()).isEqualTo(200);
  }

  @Test
  void confirmedReadsDoNotSeeWhatLocalReadsSee() {
    wire.put("/v1/kv/k", "old");
    leader.holding();
    wire.send(Wire.request("PUT", "/v1/kv/k", "new"));
    assertThat(wire.received()).isEmpty();
    Wire reader = new Wire(leader);
    assertThat(reader.ask("GET", "/v1/kv/k").text()).isEqualTo("old");
    assertThat(reader.ask("GET", "/v1/kv/k?consistency=confirmed").text()).isEqualTo("old");
    assertThat(reader.ask("GET", "/v1/kv/k?consistency=local").text()).isEqualTo("new");
    assertThat(reader.ask("GET", "/v1/kv/k?consistency=strong").status()).isEqualTo(400);
  }

  static void assertNotApplied(Response refused, int status) {
    assertThat(refused.status()).isEqualTo(status);
    assertThat(refused.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(refused.text())
        .contains("\"status\":" + status + ",")
        .contains("\"outcome\":\"not_applied\"");
  }

  @Test
  void nameOfAParameterMayBeEncoded() {
    assertNotApplied(wire.put("/v1/kv/k?%77=9", "v"), 400);
    assertNotApplied(wire.put("/v1/kv/k?w=1&%77=1", "v"), 400);
    assertThat(wire.put("/v1/kv/k?%77=2", "v").text()).contains("\"required\":2");
    assertThat(wire.put("/v1/kv/k?%7=9&%77w=9&ww=9", "v").text()).contains("\"required\":3");
  }

  @Test
  void linesOfAcceptAreOneList() {
    wire.put("/v1/kv/k", "v");
    String octets = "Accept: application/octet-stream;q=0.5";
    String json = "Accept: application/json";
    for (List<String> lines : List.of(List.of(octets, json), List.of(json, octets))) {
      Response get = wire.ask("GET", "/v1/kv/k", lines.toArray(String[]::new));
      assertThat(get.header("Content-Type")).isEqualTo("application/json");
    }
  }

  @Test
  void missingKeyVariesAsOneThatIsThereDoes() {
    assertThat(wire.ask("GET", "/v1/kv/k").header("Vary")).isEqualTo("accept");
    wire.put("/v1/kv/k", "v");
    assertThat(wire.ask("GET", "/v1/kv/k").header("Vary")).isEqualTo("accept");
  }
}
