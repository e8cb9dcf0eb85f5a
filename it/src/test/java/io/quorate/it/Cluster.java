package io.quorate.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** A leader and its followers, whatever they run in. Whoever started it ends its nodes. */
interface Cluster {

  NodeHandle leader();

  /** In the order of the leader's configuration. */
  List<NodeHandle> followers();

  /** The leader, then its followers. */
  default List<NodeHandle> nodes() {
    List<NodeHandle> nodes = new ArrayList<>();
    nodes.add(leader());
    nodes.addAll(followers());
    return nodes;
  }

  default NodeHandle follower(int number) {
    return followers().get(number - 1);
  }

  /** The same nodes, led by this one of them. */
  default Cluster ledBy(NodeHandle node) {
    List<NodeHandle> others = new ArrayList<>(nodes());
    others.remove(node);
    return new LedBy(node, others);
  }

  /** Waits until one of the nodes says that it leads and serves; of two that of the newer epoch. */
  default Cluster awaitLeader() {
    NodeHandle found =
        Eventually.present(
            "a leader",
            () ->
                nodes().stream()
                    .filter(NodeHandle::isRunning)
                    .filter(Leading::serves)
                    .max(Comparator.comparingLong(Leading::epochOf))
                    .orElse(null));
    return ledBy(found);
  }

  /** How the leader sees one follower. */
  default JsonNode seenByLeader(NodeHandle follower) {
    for (JsonNode seen : leader().client().status().path("followers")) {
      if (seen.path("url").asText().equals(follower.url())) {
        return seen;
      }
    }
    throw new AssertionError("the leader's status does not name " + follower.url());
  }

  /** Waits until the leader sees the follower in this state. */
  default void awaitState(NodeHandle follower, String state) {
    Eventually.asserted(
        () ->
            assertThat(seenByLeader(follower).path("state").asText())
                .as("state of %s", follower.name())
                .isEqualTo(state));
  }

  /** Waits until the leader streams to every follower, and says that it leads. */
  default void awaitStreaming() {
    followers().forEach(follower -> awaitState(follower, "streaming"));
    awaitReady();
  }

  /** All nodes may be read: followers know that they are level. */
  default void awaitReady() {
    Eventually.asserted(
        () ->
            nodes()
                .forEach(
                    node ->
                        assertThat(node.client().readiness().status())
                            .as(node.name())
                            .isEqualTo(200)));
  }
}
