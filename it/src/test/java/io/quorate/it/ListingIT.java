package io.quorate.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quorate.it.history.History;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Pages of keys of real nodes. */
final class ListingIT {

  private static final int STAYING = 300;

  @RegisterExtension private final Nodes nodes = new Nodes();

  @Test
  void nodesThatHaveConvergedListTheSame() {
    Cluster cluster = nodes.processes(ClusterPlan.of(2));
    Map<String, String> expected = fill(cluster.leader().client());
    for (int i = 0; i < STAYING; i += 2) {
      assertThat(cluster.leader().client().delete("stays/" + i, "w=1").status()).isEqualTo(200);
      expected.remove("stays/" + i);
    }
    Replicas.assertConverged(cluster);

    for (NodeHandle node : cluster.nodes()) {
      assertListed(node.client(), "prefix=stays%2F&limit=7", expected);
      assertListed(node.client(), "consistency=local&limit=1000", expected);
      assertListed(node.client(), "prefix=goes", Map.of());
    }
    Answer sent = cluster.follower(1).client().ask("/v1/kv?limit=5&consistency=confirmed");
    assertThat(sent.status()).isEqualTo(307);
    URI leader = URI.create(sent.header("Location"));
    assertThat(sent.header("Location"))
        .isEqualTo(
            cluster.leader().client().url() + leader.getRawPath() + "?" + leader.getRawQuery());
    assertThat(leader.getRawPath() + "?" + leader.getRawQuery())
        .isEqualTo("/v1/kv?limit=5&consistency=confirmed");
    assertListed(cluster.leader().client(), leader.getRawQuery(), expected);
  }

  @Test
  void whatIsThereAllTheTimeIsListedOnceWhileWritesGoOn() {
    Cluster cluster = nodes.processes(ClusterPlan.of(2));
    NodeClient leader = cluster.leader().client();
    Map<String, String> stays = fill(leader);
    Replicas.assertConverged(cluster);
    long seed = System.nanoTime();
    System.out.println("seed of the pages' sizes: " + seed);
    SplittableRandom random = new SplittableRandom(seed);
    WriteLoad.Shape others =
        new WriteLoad.Shape("stays/1", 2 * STAYING, 2, Long.MAX_VALUE, List.of(1), 40, seed);
    History history = new History();
    try (WriteLoad load = WriteLoad.start(leader, others, history)) {
      for (int round = 0; round < 30; round++) {
        load.awaitConfirmed(10);
        for (NodeHandle node : cluster.nodes()) {
          Map<String, String> listed = walk(node.client(), "limit=" + random.nextInt(1, 50));
          Map<String, String> unwritten = new TreeMap<>(listed);
          unwritten.keySet().removeIf(key -> key.startsWith("stays/1"));
          Map<String, String> untouched = new TreeMap<>(stays);
          untouched.keySet().removeIf(key -> key.startsWith("stays/1"));
          assertThat(unwritten).as(node.name()).isEqualTo(untouched);
        }
      }
      load.stop();
    }
    Replicas.assertConverged(cluster);
    Map<String, String> atTheEnd = walk(leader, "limit=1000");
    for (NodeHandle node : cluster.followers()) {
      assertListed(node.client(), "limit=33", atTheEnd);
    }
  }

  @Test
  void nodeThatMayNotShowWhatItHoldsListsNothing() {
    Cluster cluster = nodes.processes(ClusterPlan.of(2));
    fill(cluster.leader().client());
    cluster.nodes().forEach(NodeHandle::kill);
    NodeHandle follower = cluster.follower(1);
    follower.start();
    assertUnavailable(follower.client().ask("/v1/kv"), "caught up");
    assertUnavailable(follower.client().ask("/v1/kv?consistency=confirmed"), "leader");
    follower.kill();
    cluster.leader().start();
    assertUnavailable(cluster.leader().client().ask("/v1/kv"), "");
    assertUnavailable(cluster.leader().client().ask("/v1/kv?consistency=local"), "");
  }

  private static void assertUnavailable(Answer answer, String why) {
    assertThat(answer.status()).as("%s", answer).isEqualTo(503);
    assertThat(answer.header("Retry-After")).isEqualTo("1");
    assertThat(answer.detail()).contains(why);
  }

  /** Keys to tokens. */
  private static Map<String, String> fill(NodeClient leader) {
    Map<String, String> tokens = new TreeMap<>();
    for (int i = 0; i < STAYING; i++) {
      Written written = leader.put("stays/" + i, "value " + i, "w=1");
      assertThat(written.status()).isEqualTo(200);
      tokens.put("stays/" + i, written.token());
    }
    return tokens;
  }

  private static void assertListed(NodeClient client, String query, Map<String, String> expected) {
    assertThat(walk(client, query)).as(query).isEqualTo(expected);
  }

  /** Keys to tokens, from page to page, each key once and in order. */
  private static Map<String, String> walk(NodeClient client, String query) {
    Map<String, String> listed = new LinkedHashMap<>();
    String after = "";
    String last = "";
    while (true) {
      Answer answer = client.ask("/v1/kv?" + query + "&after=" + after);
      assertThat(answer.status()).as("%s", answer).isEqualTo(200);
      JsonNode page = answer.json();
      for (JsonNode one : page.path("keys")) {
        String key = one.path("key").asText();
        assertThat(key).as("all keys are ASCII").isGreaterThan(last);
        last = key;
        listed.put(key, one.path("epoch").asText() + "." + one.path("version").asText());
      }
      if (page.path("next").isNull()) {
        return listed;
      }
      after = URLEncoder.encode(page.path("next").asText(), StandardCharsets.UTF_8);
    }
  }
}
