package io.quorate.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.UncheckedIOException;
import java.time.Duration;

/** What nodes say of their leadership. */
final class Leading {

  private static final Duration LIMIT = Duration.ofSeconds(2);

  private Leading() {}

  /** Whether it says that it leads, and is ready to serve; not when it does not answer. */
  static boolean serves(NodeHandle node) {
    NodeClient client = node.client().within(LIMIT);
    try {
      Answer status = client.ask("/v1/status");
      return status.status() == 200
          && status.json().path("role").asText().equals("leader")
          && client.readiness().status() == 200;
    } catch (UncheckedIOException unanswered) {
      return false;
    }
  }

  static boolean isLeader(NodeHandle node) {
    return status(node).path("role").asText().equals("leader");
  }

  static boolean isUnclean(NodeHandle node) {
    JsonNode unclean = status(node).path("unclean");
    if (!unclean.isBoolean()) {
      throw new AssertionError(node.name() + " does not say whether it is unclean: " + unclean);
    }
    return unclean.asBoolean();
  }

  static long epochOf(NodeHandle node) {
    return status(node).path("epoch").asLong();
  }

  /** Has the node take leadership, which it must come to. Returns the cluster led by it. */
  static Cluster promote(Cluster cluster, NodeHandle node) {
    Answer answer = node.client().promote("timeout=20s");
    assertThat(answer.status()).as("promotion of %s: %s", node.name(), answer).isEqualTo(200);
    assertThat(answer.json().path("id").asText()).isEqualTo(node.id());
    return cluster.ledBy(node);
  }

  static JsonNode status(NodeHandle node) {
    return node.client().within(LIMIT).status();
  }
}
