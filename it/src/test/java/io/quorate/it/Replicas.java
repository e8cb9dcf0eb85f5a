package io.quorate.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Whether all nodes of a cluster hold the same: as the leader says, and as each node shows. */
final class Replicas {

  private Replicas() {}

  /** The leader proves that all followers hold what it holds. Returns the proof. */
  static JsonNode assertConverged(Cluster cluster) {
    JsonNode proof = cluster.leader().client().convergence("20s");
    assertThat(proof.path("converged").toString()).as("%s", proof).isEqualTo("true");
    assertThat(proof.path("keys").asLong()).as("%s", proof).isPositive();
    assertThat(proof.path("followers")).as("%s", proof).hasSameSizeAs(cluster.followers());
    for (JsonNode follower : proof.path("followers")) {
      assertThat(follower.path("digest")).isEqualTo(proof.path("digest"));
    }
    cluster.awaitReady();
    return proof;
  }

  /** Each node shows exactly this, value and version, or nothing of a key that was deleted. */
  static void assertShow(Cluster cluster, Map<String, Optional<Held>> expected) {
    assertThat(expected).isNotEmpty();
    for (NodeHandle node : cluster.nodes()) {
      NodeClient client = node.client();
      Map<String, Optional<Held>> shown = new TreeMap<>();
      expected.keySet().forEach(key -> shown.put(key, client.get(key, "")));
      assertThat(shown)
          .as("what %s shows", node.name())
          .containsExactlyInAnyOrderEntriesOf(expected);
    }
  }
}
