package io.quorate.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Nodes answer as openapi.yaml, which they serve, says. */
final class OpenApiIT {

  private static final String DESCRIPTION = "/openapi.yaml";
  private static final String KEY = "/v1/kv/key";
  private static final String BATCH = "/v1/batch";
  private static final byte[] NOTHING = new byte[0];

  /** Described answers that no client can bring about at will. */
  private static final Set<String> NOT_PROVOKED =
      Set.of(
          // only a disk that is full refuses a delete so
          "DELETE /v1/kv/{key} 507",
          // more than sixteen digests at once, of stores that take long
          "GET /v1/digest 503",
          "HEAD /v1/digest 503",
          // more than sixteen scrapes at once
          "GET /metrics 503",
          "HEAD /metrics 503",
          // more connections than MAX_CONNECTIONS
          "GET /livez 503",
          "HEAD /livez 503",
          // a promotion whose time is over at the very moment
          "POST /v1/promote 503",
          // requests of HTTP/1.0, which this client does not speak
          "GET /v1/snapshot 505",
          "HEAD /v1/snapshot 505",
          "GET /v1/watch 505",
          "HEAD /v1/watch 505",
          // it has no end: WatchIT
          "GET /v1/watch 200",
          // more writes than the history holds: WatchTest
          "GET /v1/watch 410",
          // more watches than MAX_WATCHES: WatchTest
          "GET /v1/watch 503");

  private static final Vertx VERTX = Vertx.vertx();

  @RegisterExtension private final Nodes nodes = new Nodes();

  /** Method, path and status of what was answered. */
  private final Set<String> seen = new TreeSet<>();

  private final List<String> faults = new ArrayList<>();

  @AfterAll
  static void closeChecker() {
    VERTX.close().toCompletionStage().toCompletableFuture().join();
  }

  @Test
  void everyAnswerThatCanBeProvokedIsAsDescribed() {
    ProcessCluster cluster = nodes.processes(ClusterPlan.withDisks(2));
    ApiDescription described = descriptionOf(cluster.leader());
    assertThat(cluster.follower(1).client().ask(DESCRIPTION).bytes())
        .isEqualTo(cluster.leader().client().ask(DESCRIPTION).bytes());
    assertThat(described.faultsOfBodyExamples()).isEmpty();

    runExamples(described, cluster);
    provokeLimits(described, cluster.leader());
    provokeMoves(described, cluster);
    provokeLoneFollower(described);
    provokePendingWrites(described);

    assertThat(faults).isEmpty();
    Set<String> unseen = described.answers();
    unseen.removeAll(seen);
    assertThat(unseen).as("described, and never seen").isEqualTo(new TreeSet<>(NOT_PROVOKED));
    System.out.println(seen.size() + " described answers seen");
  }

  private static ApiDescription descriptionOf(NodeHandle node) {
    Answer served = node.client().ask(DESCRIPTION);
    assertThat(served.status()).isEqualTo(200);
    assertThat(served.header("Content-Type")).isEqualTo("application/yaml");
    return ApiDescription.of(VERTX, served.text());
  }

  private void runExamples(ApiDescription described, ProcessCluster cluster) {
    List<ApiDescription.Example> examples = described.examples();
    assertThat(examples).hasSizeGreaterThan(50);
    for (ApiDescription.Example example : examples) {
      NodeHandle node = example.toFollower() ? cluster.follower(1) : cluster.leader();
      byte[] body = example.body().getBytes(StandardCharsets.UTF_8);
      DescribedExchange exchange =
          DescribedExchange.with(node, example.method(), example.target(), example.headers(), body);
      expect(described, exchange, example.status());
    }
    System.out.println(examples.size() + " examples");
  }

  private void provokeLimits(ApiDescription described, NodeHandle leader) {
    String longKey = "/v1/kv/" + "k".repeat(513);
    for (String method : List.of("PUT", "GET", "HEAD", "DELETE")) {
      expect(described, leader, method, longKey, NOTHING, 414);
    }
    expect(described, leader, "PUT", KEY, new byte[(1 << 20) + 1], 413);
    expect(described, leader, "DELETE", KEY, new byte[(1 << 20) + 1], 413);
    expect(described, leader, "POST", BATCH, new byte[(1 << 20) + 1], 413);
    expect(described, leader, "PATCH", "/v1/config", new byte[(16 << 10) + 1], 413);
    byte[] binary = {(byte) 0xff, 0};
    expect(described, leader, "PUT", KEY, binary, 200);
    DescribedExchange read =
        DescribedExchange.with(leader, "GET", KEY, Map.of("Accept", "application/json"), NOTHING);
    expect(described, read, 200);
    assertThat(read.answer().json().path("value_base64").asText()).isEqualTo("/wA=");
  }

  private void provokeMoves(ApiDescription described, ProcessCluster cluster) {
    NodeHandle first = cluster.leader();
    NodeHandle second = cluster.follower(1);
    expect(described, first, "POST", "/v1/switchover?to=" + second.id(), NOTHING, 200);
    cluster.ledBy(second).awaitStreaming();
    expect(described, first, "POST", "/v1/promote?timeout=10s", NOTHING, 200);
  }

  /** One that was never told of a leader. */
  private void provokeLoneFollower(ApiDescription described) {
    NodeHandle alone = nodes.process("alone", Map.of("ROLE", "follower"));
    List<String> leadersAlone =
        List.of(
            KEY,
            "/v1/kv",
            "/v1/writes/1.1",
            "/v1/convergence",
            "/v1/config",
            "/v1/snapshot",
            "/readyz");
    for (String method : List.of("GET", "HEAD")) {
      for (String path : leadersAlone) {
        expect(described, alone, method, path, NOTHING, 503);
      }
      for (String path : List.of("/v1/status", "/v1/digest", "/livez", "/metrics")) {
        expect(described, alone, method, path, NOTHING, 200);
      }
    }
    expect(described, alone, "PUT", KEY, NOTHING, 503);
    expect(described, alone, "DELETE", KEY, NOTHING, 503);
    expect(described, batch(alone, "", "value"), 503);
    expect(described, alone, "POST", "/v1/switchover?to=nobody:1", NOTHING, 503);
    expect(described, alone, "POST", "/v1/promote", NOTHING, 409);
    byte[] patch = "{}".getBytes(StandardCharsets.US_ASCII);
    Map<String, String> json = Map.of("Content-Type", "application/json");
    expect(described, DescribedExchange.with(alone, "PATCH", "/v1/config", json, patch), 503);
  }

  /** A leader whose follower hears of a write a minute later, and that has little room. */
  private void provokePendingWrites(ApiDescription described) {
    ProcessCluster cluster =
        nodes.processes(
            ClusterPlan.of(1)
                .with("MIN_DELAY_MS", "60000")
                .with("MAX_DELAY_MS", "60000")
                .with("MAX_STORE_BYTES", "65536")
                .with("MAX_PENDING_BYTES", "8192"));
    NodeHandle leader = cluster.leader();
    String soon = "?w=1&timeout=50ms";
    expect(described, leader, "PUT", KEY + soon, NOTHING, 504);
    expect(described, leader, "GET", "/v1/writes/1.1", NOTHING, 200);
    Map<String, String> ifAbsent = Map.of("If-None-Match", "*");
    expect(described, DescribedExchange.with(leader, "PUT", KEY + soon, ifAbsent, NOTHING), 503);
    expect(described, leader, "DELETE", KEY + soon, NOTHING, 504);
    expect(described, batch(leader, soon, "value"), 504);
    expect(described, batch(leader, "?w=0", "v".repeat(1 << 16)), 507);
    expect(described, leader, "GET", "/v1/status", NOTHING, 200);
    expect(described, leader, "GET", "/v1/convergence?timeout=50ms", NOTHING, 200);
    String follower = cluster.follower(1).id();
    expect(
        described,
        leader,
        "POST",
        "/v1/switchover?to=" + follower + "&timeout=100ms",
        NOTHING,
        409);
    untilStatus(described, leader, "PUT", "?w=0", new byte[4096], 507);
    untilStatus(described, leader, "DELETE", "?w=1&timeout=1ms", NOTHING, 429);
    untilStatus(described, leader, "PUT", "?w=1&timeout=1ms", new byte[100], 429);
    expect(described, batch(leader, "?w=1&timeout=1ms", "value"), 429);
  }

  private static DescribedExchange batch(NodeHandle node, String query, String value) {
    String item = "[{\"op\":\"put\",\"key\":\"key\",\"value\":\"" + value + "\"}]";
    return DescribedExchange.with(
        node,
        "POST",
        BATCH + query,
        Map.of("Content-Type", "application/json"),
        item.getBytes(StandardCharsets.US_ASCII));
  }

  /** Sends it of one key after another. */
  private void untilStatus(
      ApiDescription described,
      NodeHandle node,
      String method,
      String query,
      byte[] body,
      int status) {
    for (int number = 0; number < 200; number++) {
      DescribedExchange exchange =
          DescribedExchange.with(node, method, KEY + number + query, Map.of(), body);
      check(described, exchange);
      if (exchange.answer().status() == status) {
        return;
      }
    }
    throw new AssertionError(method + " was never answered " + status);
  }

  private void expect(
      ApiDescription described,
      NodeHandle node,
      String method,
      String target,
      byte[] body,
      int status) {
    expect(described, DescribedExchange.with(node, method, target, Map.of(), body), status);
  }

  private void expect(ApiDescription described, DescribedExchange exchange, int status) {
    assertThat(exchange.answer().status()).as("%s", exchange).isEqualTo(status);
    check(described, exchange);
  }

  private void check(ApiDescription described, DescribedExchange exchange) {
    seen.add(exchange.what());
    faults.addAll(described.faultsOf(exchange));
  }

  @Test
  void descriptionsThatAreWrongAreFoundOut() {
    NodeHandle leader = nodes.processes(ClusterPlan.of(0)).leader();
    String right = leader.client().ask(DESCRIPTION).text();
    DescribedExchange put =
        DescribedExchange.with(
            leader, "PUT", KEY + "?w=0", Map.of(), "value".getBytes(StandardCharsets.US_ASCII));
    DescribedExchange get = DescribedExchange.with(leader, "GET", KEY, Map.of(), NOTHING);
    DescribedExchange refused =
        DescribedExchange.with(leader, "PUT", KEY + "?w=9", Map.of(), NOTHING);
    DescribedExchange status =
        DescribedExchange.with(leader, "GET", "/v1/status", Map.of(), NOTHING);
    for (DescribedExchange exchange : List.of(put, get, refused, status)) {
      assertThat(ApiDescription.of(VERTX, right).faultsOf(exchange)).isEmpty();
    }

    assertFound(
        "Expected integer at #/key", put, right, "key: {type: string}", "key: {type: integer}");
    assertFound(
        "No response defined for status code 200",
        put,
        right,
        "'200': {$ref: '#/components/responses/Written'}",
        "");
    assertFound(
        "No response defined for status code 400",
        refused,
        right,
        "'400': {$ref: '#/components/responses/NotApplied'}",
        "");
    assertFound(
        "applied",
        refused,
        right,
        "type: string, const: not_applied",
        "type: string, const: applied");
    assertFound("held_back", status, right, "        - held_back_by", "        - held_back");
    assertFound("role", status, right, "enum: [leader, follower]", "enum: [follower]");
    assertFound("X-Tag", put, right, "ETag: {$ref", "X-Tag: {$ref");
    assertFound("X-Content-Type-Options", get, right, "enum: [nosniff]", "enum: [sniff]");
    assertFound(
        "format of the response body",
        get,
        right,
        "application/octet-stream: {}",
        "text/plain: {}");
    assertFound(
        "quorum",
        put,
        right,
        "name: w\n      in: query\n",
        "name: quorum\n      in: query\n      required: true\n");
    assertFound("parameter w", put, right, "[0-9]+|majority|all", "[1-9]|majority|all");
    for (String broken : List.of("answers:\n", "[]\n")) {
      assertThatThrownBy(() -> ApiDescription.of(VERTX, right.replace("responses:\n", broken)))
          .as(broken)
          .isInstanceOf(CompletionException.class);
    }
    assertThatThrownBy(
            () ->
                ApiDescription.of(VERTX, right.replace("parameters/timeout'", "parameters/time'")))
        .isInstanceOf(CompletionException.class);
  }

  private static void assertFound(
      String fault, DescribedExchange exchange, String right, String from, String to) {
    String wrong = right.replace(from, to);
    assertThat(wrong).as("with a fault in it").isNotEqualTo(right);
    assertThat(ApiDescription.of(VERTX, wrong).faultsOf(exchange))
        .as("'%s' in place of '%s'", to, from)
        .anySatisfy(found -> assertThat(found).contains(fault));
  }
}
