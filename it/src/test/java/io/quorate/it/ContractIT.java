package io.quorate.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The contract of the HTTP API, a test for each of its rows and named after it, by plain requests
 * to one leader and two followers. What a row does beside faults, lag and crashes is for the tests
 * that bear their names.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ContractIT {

  private static final String KEY = "/v1/kv/row";

  private static final List<NodeHandle> SHARED = new ArrayList<>();

  /** For tests that need a cluster of their own. */
  @RegisterExtension private final Nodes nodes = new Nodes();

  private final HttpClient http = HttpClient.newHttpClient();
  private final ProcessCluster cluster =
      ProcessCluster.start(ClusterPlan.of(2), Path.of("target", "nodes", "contract"), SHARED::add);

  @BeforeAll
  void awaitStreaming() {
    cluster.awaitStreaming();
  }

  @AfterAll
  static void end() {
    SHARED.forEach(NodeHandle::discard);
  }

  @Test
  void putOfAKey() {
    Answer written = put(KEY + "?w=2&timeout=2s", "value");
    assertThat(written.status()).isEqualTo(200);
    JsonNode json = written.json();
    assertThat(json.path("key").asText()).isEqualTo("row");
    assertThat(json.path("acks").asInt()).isGreaterThanOrEqualTo(2);
    assertThat(json.path("required").asInt()).isEqualTo(2);
    assertThat(written.header("ETag")).isEqualTo('"' + token(json) + '"');
  }

  @Test
  void deleteOfAKeyWhetherOrNotItWasThere() {
    long before = put(KEY, "value").json().path("version").asLong();
    for (int again = 1; again <= 2; again++) {
      Answer deleted = send(leader(), "DELETE", KEY, "");
      assertThat(deleted.status()).isEqualTo(200);
      assertThat(deleted.json().path("version").asLong()).isEqualTo(before + again);
      assertThat(send(leader(), "GET", KEY, "").status()).isEqualTo(404);
    }
  }

  @Test
  void getOfAKeyAsBytesAndAsJson() {
    String token = token(put(KEY, "värde").json());
    Answer bytes = send(leader(), "GET", KEY, "");
    assertThat(bytes.text()).isEqualTo("värde");
    assertThat(bytes.header("ETag")).isEqualTo('"' + token + '"');
    assertThat(bytes.header("Content-Type")).isEqualTo("application/octet-stream");
    assertThat(bytes.header("X-Content-Type-Options")).isEqualTo("nosniff");
    JsonNode json = send(leader(), "GET", KEY, "", "Accept", "application/json").json();
    assertThat(json.path("key").asText()).isEqualTo("row");
    assertThat(json.path("value").asText()).isEqualTo("värde");
    assertThat(token(json)).isEqualTo(token);
  }

  @Test
  void valueThatIsNotUtf8IsBase64InJson() throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(leader() + KEY))
            .PUT(BodyPublishers.ofByteArray(new byte[] {(byte) 0xff, 0}));
    assertThat(exchange(request).status()).isEqualTo(200);
    JsonNode json = send(leader(), "GET", KEY, "", "Accept", "application/json").json();
    assertThat(json.path("value_base64").asText()).isEqualTo("/wA=");
    assertThat(json.has("value")).isFalse();
  }

  @Test
  void headOfAKey() {
    String token = token(put(KEY, "value").json());
    Answer head = send(leader(), "HEAD", KEY, "");
    assertThat(head.status()).isEqualTo(200);
    assertThat(head.header("ETag")).isEqualTo('"' + token + '"');
    assertThat(head.header("Content-Length")).isEqualTo("5");
    assertThat(head.text()).isEmpty();
  }

  @Test
  void listOfKeysInPages() {
    for (String key : List.of("page/b", "page/a", "page/c")) {
      put("/v1/kv/" + key, "value");
    }
    JsonNode first = json(leader(), "/v1/kv?prefix=page/&limit=2");
    assertThat(keys(first)).containsExactly("page/a", "page/b");
    assertThat(first.path("next").asText()).isEqualTo("page/b");
    JsonNode second = json(leader(), "/v1/kv?prefix=page/&limit=2&after=page/b");
    assertThat(keys(second)).containsExactly("page/c");
    assertThat(second.path("next").isNull()).isTrue();
  }

  @Test
  void keyMayContainSlashesAndIsPercentDecoded() {
    assertThat(put("/v1/kv/a/b%20c%C3%A9", "value").json().path("key").asText())
        .isEqualTo("a/b cé");
  }

  @Test
  void wIsANumberMajorityOrAll() {
    assertThat(put(KEY + "?w=0", "v").json().path("required").asInt()).isZero();
    assertThat(put(KEY + "?w=majority", "v").json().path("required").asInt()).isEqualTo(2);
    assertThat(put(KEY + "?w=all", "v").json().path("required").asInt()).isEqualTo(2);
    assertThat(put(KEY, "v").json().path("required").asInt()).isEqualTo(2);
  }

  @Test
  void timeoutHasAUnit() {
    assertThat(put(KEY + "?timeout=250ms", "v").status()).isEqualTo(200);
    assertThat(put(KEY + "?timeout=2s", "v").status()).isEqualTo(200);
    assertRefused(put(KEY + "?timeout=2", "v"), 400);
  }

  @Test
  void versionsHaveNoGapsAcrossKeysAndConditionsLeaveNone() {
    long before = put(KEY, "v").json().path("version").asLong();
    assertRefused(send(leader(), "PUT", KEY, "v", "If-None-Match", "*"), 412);
    assertRefused(put(KEY + "?w=3", "v"), 400);
    assertThat(put("/v1/kv/other", "v").json().path("version").asLong()).isEqualTo(before + 1);
  }

  @Test
  void ifMatchAndIfNoneMatchOfWrites() {
    String tag = put(KEY, "one").header("ETag");
    Answer updated = send(leader(), "PUT", KEY, "two", "If-Match", tag);
    assertThat(updated.status()).isEqualTo(200);
    Answer stale = send(leader(), "PUT", KEY, "three", "If-Match", tag);
    assertRefused(stale, 412);
    assertThat(stale.header("ETag")).isEqualTo(updated.header("ETag"));
    assertRefused(send(leader(), "DELETE", KEY, "", "If-None-Match", updated.header("ETag")), 412);
    assertThat(send(leader(), "GET", KEY, "").text()).isEqualTo("two");
  }

  @Test
  void ifNoneMatchOfReads() {
    String tag = put(KEY, "value").header("ETag");
    Answer unchanged = send(leader(), "GET", KEY, "", "If-None-Match", tag);
    assertThat(unchanged.status()).isEqualTo(304);
    assertThat(unchanged.text()).isEmpty();
    put(KEY, "value");
    assertThat(send(leader(), "GET", KEY, "", "If-None-Match", tag).status()).isEqualTo(200);
  }

  @Test
  void consistencyConfirmedOfAFollowerIsAtTheLeader() {
    String token = token(put(KEY, "value").json());
    Answer moved = send(follower(), "GET", KEY + "?consistency=confirmed", "");
    assertThat(moved.status()).isEqualTo(307);
    assertThat(moved.header("Location")).isEqualTo(leader() + KEY + "?consistency=confirmed");
    String local = KEY + "?consistency=local&min_version=" + token;
    assertThat(send(follower(), "GET", local, "").text()).isEqualTo("value");
    assertThat(send(leader(), "GET", KEY + "?consistency=some", "").status()).isEqualTo(400);
  }

  @Test
  void minVersionReadsOnesOwnWriteAnywhere() {
    for (int write = 0; write < 20; write++) {
      String token = token(put(KEY + "?w=0", "value " + write).json());
      for (String node : List.of(leader(), follower())) {
        Answer read = send(node, "GET", KEY + "?min_version=" + token, "");
        assertThat(read.text()).isEqualTo("value " + write);
      }
    }
    String ahead = "?timeout=50ms&min_version=999999.1";
    assertThat(send(follower(), "GET", KEY + ahead, "").status()).isEqualTo(504);
  }

  @Test
  void badRequestImpossibleQuorumKeyOrValueOverItsLimit() {
    assertRefused(put(KEY + "?w=3", "v"), 400);
    assertRefused(put(KEY + "?w=-1", "v"), 400);
    assertRefused(put("/v1/kv/%ff", "v"), 400);
    assertRefused(put("/v1/kv/" + "k".repeat(513), "v"), 414);
    assertRefused(put(KEY, "v".repeat((1 << 20) + 1)), 413);
    assertThat(put("/v1/kv/" + "k".repeat(512), "v".repeat(1 << 20)).status()).isEqualTo(200);
  }

  @Test
  void writeSentToAFollowerIsSentToTheLeader() {
    Answer moved = send(follower(), "PUT", KEY + "?w=1", "value");
    assertRefused(moved, 307);
    assertThat(moved.header("Location")).isEqualTo(leader() + KEY + "?w=1");
  }

  @Test
  void deadlinePassedBeforeTheQuorumFewerConnectedAndTheReportOfTheWrite() {
    ProcessCluster own = nodes.processes(ClusterPlan.of(2).with("LINK_TIMEOUT_MS", "4000"));
    String leader = own.leader().url();
    own.follower(1).pause();
    Answer late = send(leader, "PUT", KEY + "?w=2&timeout=2s", "value");
    assertThat(late.status()).isEqualTo(504);
    JsonNode problem = late.json();
    assertThat(problem.path("outcome").asText()).isEqualTo("unconfirmed");
    assertThat(problem.path("acked").asInt()).isEqualTo(1);
    assertThat(problem.path("required").asInt()).isEqualTo(2);
    assertThat(late.header("Location")).isEqualTo("/v1/writes/" + token(problem));
    JsonNode status = json(leader, "/v1/status");
    assertThat(status.path("held_back_by").path("version")).isEqualTo(problem.path("version"));
    JsonNode report = json(leader, late.header("Location"));
    assertThat(report.path("confirmed").asBoolean()).isFalse();
    assertThat(report.path("acks").asInt()).isEqualTo(1);
    assertThat(report.path("followers")).hasSize(2);
    Eventually.asserted(
        () -> {
          Answer refused = send(leader, "PUT", KEY + "?w=2&timeout=200ms", "value");
          assertRefused(refused, 503);
          assertThat(refused.header("Retry-After")).isNotEmpty();
        });
    own.follower(1).resume();
    Eventually.asserted(
        () ->
            assertThat(json(leader, late.header("Location")).path("confirmed").asBoolean())
                .isTrue());
  }

  @Test
  void tooManyWritesInFlight() {
    ProcessCluster own =
        nodes.processes(
            ClusterPlan.of(1)
                .with("MAX_WAITING_WRITES", "1")
                .with("MIN_DELAY_MS", "1500")
                .with("MAX_DELAY_MS", "1500"));
    URI key = URI.create(own.leader().url() + KEY + "?w=1");
    var first =
        http.sendAsync(
            HttpRequest.newBuilder(key).PUT(BodyPublishers.ofString("one")).build(),
            HttpResponse.BodyHandlers.ofString());
    Eventually.asserted(
        () ->
            assertThat(json(own.leader().url(), "/v1/status").path("last_version").asLong())
                .isOne());
    Eventually.asserted(
        () -> {
          Answer refused = send(own.leader().url(), "PUT", KEY + "?w=1&timeout=1ms", "other");
          assertRefused(refused, 429);
          assertThat(refused.header("Retry-After")).isNotEmpty();
        });
    assertThat(first.join().statusCode()).isEqualTo(200);
  }

  @Test
  void writeThatIsNotRememberedIsNotFound() {
    assertThat(send(leader(), "GET", "/v1/writes/1.999999", "").status()).isEqualTo(404);
    String token = token(put(KEY, "value").json());
    JsonNode report = json(leader(), "/v1/writes/" + token);
    assertThat(report.path("key").asText()).isEqualTo("row");
    assertThat(report.path("confirmed").asBoolean()).isTrue();
    assertThat(token(report)).isEqualTo(token);
  }

  @Test
  void statusOfLeaderAndFollower() {
    put(KEY, "value");
    List<String> both =
        List.of(
            "id",
            "role",
            "epoch",
            "leader",
            "incarnation",
            "transport",
            "last_version",
            "applied_version",
            "confirmed_version",
            "held_back_by",
            "write_quorum",
            "min_delay_ms",
            "max_delay_ms",
            "keys",
            "tombstones",
            "uptime_ms");
    JsonNode leader = json(leader(), "/v1/status");
    assertThat(both).allMatch(leader::has);
    assertThat(leader.path("role").asText()).isEqualTo("leader");
    List<String> each =
        List.of(
            "id", "url", "state", "acknowledged_version", "lag", "in_flight", "last_contact_ms");
    assertThat(leader.path("followers"))
        .hasSize(2)
        .allSatisfy(follower -> assertThat(each).allMatch(follower::has));
    JsonNode follower = json(follower(), "/v1/status");
    assertThat(both).allMatch(follower::has);
    assertThat(follower.path("role").asText()).isEqualTo("follower");
    assertThat(follower.path("leader")).isEqualTo(leader.path("id"));
  }

  @Test
  void digestIsTheSameOnEveryNodeThatHoldsTheSame() {
    put(KEY + "?w=all", "value");
    assertThat(json(leader(), "/v1/convergence?timeout=5s").path("converged").asBoolean()).isTrue();
    JsonNode leader = json(leader(), "/v1/digest");
    JsonNode follower = json(follower(), "/v1/digest");
    assertThat(leader.path("digest").asText()).hasSizeGreaterThanOrEqualTo(32);
    for (String field : List.of("applied_version", "last_version", "keys", "digest")) {
      assertThat(follower.path(field)).as(field).isEqualTo(leader.path(field));
    }
  }

  @Test
  void convergenceOfAllFollowers() {
    JsonNode json = json(leader(), "/v1/convergence?timeout=5s");
    assertThat(json.path("converged").asBoolean()).isTrue();
    assertThat(List.of("version", "epoch", "keys", "digest", "differences", "reason"))
        .allMatch(json::has);
    assertThat(json.path("followers"))
        .hasSize(2)
        .allMatch(follower -> follower.path("equal").asBoolean());
  }

  @Test
  void configIsPatchedWholeOrNotAtAll() {
    JsonNode before = json(leader(), "/v1/config");
    assertThat(List.of("write_quorum", "min_delay_ms", "max_delay_ms", "write_timeout_ms"))
        .allMatch(before::has);
    String half = "{\"write_quorum\": 1, \"min_delay_ms\": -1}";
    assertThat(send(leader(), "PATCH", "/v1/config", half).status()).isEqualTo(400);
    assertThat(json(leader(), "/v1/config")).isEqualTo(before);
    assertThat(send(leader(), "PATCH", "/v1/config", "{\"write_quorum\": 1}").status())
        .isEqualTo(200);
    assertThat(put(KEY, "v").json().path("required").asInt()).isEqualTo(1);
    String back = "{\"write_quorum\": " + before.path("write_quorum").asInt() + "}";
    assertThat(send(leader(), "PATCH", "/v1/config", back).status()).isEqualTo(200);
  }

  @Test
  void livezAndReadyz() {
    for (String node : List.of(leader(), follower())) {
      assertThat(send(node, "GET", "/livez", "").status()).isEqualTo(200);
      assertThat(send(node, "GET", "/readyz", "").status()).isEqualTo(200);
      Eventually.asserted(
          () -> assertThat(send(node, "GET", "/readyz?max_lag=0", "").status()).isEqualTo(200));
    }
  }

  @Test
  void metricsArePrometheusText() {
    Answer metrics = send(leader(), "GET", "/metrics", "");
    assertThat(metrics.status()).isEqualTo(200);
    assertThat(metrics.header("Content-Type")).startsWith("text/plain");
    assertThat(metrics.text()).contains("# TYPE quorate_");
  }

  private String leader() {
    return cluster.leader().url();
  }

  private String follower() {
    return cluster.follower(1).url();
  }

  private Answer put(String path, String value) {
    return send(leader(), "PUT", path, value);
  }

  private JsonNode json(String node, String path) {
    Answer answer = send(node, "GET", path, "");
    assertThat(answer.status()).as(path).isEqualTo(200);
    return answer.json();
  }

  private Answer send(String node, String method, String path, String body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(node + path))
            .method(method, BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return exchange(request);
  }

  private Answer exchange(HttpRequest.Builder request) {
    try {
      return new Answer(http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray()));
    } catch (IOException unanswered) {
      throw new AssertionError(request.build() + " is not answered", unanswered);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new AssertionError(interrupted);
    }
  }

  private static void assertRefused(Answer answer, int status) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(status);
    assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(answer.json().path("outcome").asText()).isEqualTo("not_applied");
  }

  private static String token(JsonNode json) {
    return json.path("epoch").asLong() + "." + json.path("version").asLong();
  }

  private static List<String> keys(JsonNode page) {
    List<String> keys = new ArrayList<>();
    page.path("keys").forEach(item -> keys.add(item.path("key").asText()));
    return keys;
  }
}
