package io.quorate.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A leader and two followers over HTTP: what the leader's status tells of its quorums. */
final class CompletionsInStatusTest {

  private static final Pattern COMPLETED =
      Pattern.compile("\"id\":\"(one:1|two:2)\",\"count\":(\\d+)");
  private static final Pattern ROUND_TRIP =
      Pattern.compile(
          "\"round_trip\":\\{\"count\":(\\d+),\"p50_us\":([\\d.]+),\"p90_us\":([\\d.]+),"
              + "\"p99_us\":([\\d.]+),\"max_us\":([\\d.]+)}");

  private final HttpClient client = HttpClient.newHttpClient();
  private final List<Node> nodes = new ArrayList<>();
  private Node leader;

  @BeforeEach
  void start() throws Exception {
    Node one = node("ROLE", "follower", "NODE_ID", "one:1");
    Node two = node("ROLE", "follower", "NODE_ID", "two:2");
    leader = node("ROLE", "leader", "FOLLOWER_URLS", one.url() + "," + two.url());
    await().until(() -> status().split("\"streaming\"", -1).length == 3);
  }

  @AfterEach
  void stop() {
    nodes.forEach(Node::stop);
  }

  private Node node(String... variables) throws Exception {
    Map<String, String> environment =
        new HashMap<>(Map.of("BIND_ADDRESS", "127.0.0.1", "PORT", "0", "TRANSPORT", "nio"));
    for (int i = 0; i < variables.length; i += 2) {
      environment.put(variables[i], variables[i + 1]);
    }
    Node node = Node.start(NodeConfig.read(new Environment(environment)));
    nodes.add(node);
    return node;
  }

  private String status() throws IOException, InterruptedException {
    return ask(leader, HttpRequest.newBuilder(), "/v1/status");
  }

  private String ask(Node node, HttpRequest.Builder request, String path)
      throws IOException, InterruptedException {
    return client
        .send(request.uri(URI.create(node.url() + path)).build(), BodyHandlers.ofString())
        .body();
  }

  private void put(int times, int quorum) throws IOException, InterruptedException {
    for (int i = 0; i < times; i++) {
      assertThat(
              ask(
                  leader,
                  HttpRequest.newBuilder().PUT(BodyPublishers.ofString("v")),
                  "/v1/kv/k?w=" + quorum))
          .contains("\"required\":" + quorum);
    }
  }

  @Test
  void eachQuorumThatConfirmedWritesIsThereAndAddsUp() throws Exception {
    assertThat(status()).contains("\"completions\":[],");
    put(3, 0);
    put(7, 2);
    String status = status();
    assertThat(status).contains("\"completions\":[{\"w\":2,\"writes\":7,\"followers\":[");
    assertThat(sumOfCompleted(status)).isEqualTo(7);
    put(5, 1);
    assertThat(status()).contains("{\"w\":1,\"writes\":5,").contains("{\"w\":2,\"writes\":7,");
    assertThat(sumOfCompleted(status())).isEqualTo(12);
  }

  private static long sumOfCompleted(String status) {
    return COMPLETED.matcher(status).results().mapToLong(one -> Long.parseLong(one.group(2))).sum();
  }

  @Test
  void eachLinkHasItsRoundTrips() throws Exception {
    assertThat(status().split("\"round_trip\":\\{\"count\":0,\"p50_us\":0.0", -1)).hasSize(3);
    put(20, 2);
    Matcher roundTrip = ROUND_TRIP.matcher(status());
    for (int follower = 0; follower < 2; follower++) {
      assertThat(roundTrip.find()).isTrue();
      assertThat(Long.parseLong(roundTrip.group(1))).isBetween(1L, 20L);
      double before = 0;
      for (int percentile = 2; percentile <= 5; percentile++) {
        double micros = Double.parseDouble(roundTrip.group(percentile));
        assertThat(micros).isPositive().isGreaterThanOrEqualTo(before);
        before = micros;
      }
    }
  }

  @Test
  void followerTellsOfNeither() throws Exception {
    put(1, 2);
    assertThat(ask(nodes.get(0), HttpRequest.newBuilder(), "/v1/status"))
        .contains("\"role\":\"follower\"")
        .doesNotContain("completions", "round_trip");
  }
}
