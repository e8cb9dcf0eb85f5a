package io.quorate.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.quorate.it.history.History;
import io.quorate.it.history.Violation.Promise;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the convergence check says of replicas that are not the same. */
@OnBothKinds
final class ConvergenceIT {

  private static final int KEYS = 50;
  private static final String ALTERED = "key-17";

  @RegisterExtension private final Nodes nodes = new Nodes();

  @ParameterizedTest
  @ValueSource(strings = {"byte", "version"})
  void whatIsAlteredInOneFollowerIsFoundAndItsKeyNamed(String what) {
    History history = new History();
    Cluster cluster = filledCluster(history);
    Replicas.assertConverged(cluster);
    Histories.assertHolds(cluster, history);
    NodeHandle altered = cluster.follower(2);
    Held before = altered.client().get(ALTERED, "").orElseThrow();
    altered.client().alter(ALTERED, what);
    assertThat(altered.client().get(ALTERED, "")).isPresent().get().isNotEqualTo(before);

    JsonNode found = cluster.leader().client().convergence("5s");

    assertThat(found.path("converged").toString()).as("%s", found).isEqualTo("false");
    assertThat(found.path("reason").asText()).isNotEmpty();
    assertThat(found.path("differences")).as("%s", found).hasSize(1);
    assertThat(found.path("differences").path(0).path("key").asText()).isEqualTo(ALTERED);
    JsonNode versions = found.path("differences").path(0).path("versions");
    assertThat(versions.path(cluster.leader().id()).asText())
        .isEqualTo(before.epoch() + "." + before.version());
    assertThat(versions.path(altered.id()).asText())
        .isEqualTo(before.epoch() + "." + (before.version() + (what.equals("version") ? 1 : 0)));
    assertThat(equal(found, cluster.follower(1))).isEqualTo("true");
    assertThat(equal(found, altered)).isEqualTo("false");
    assertThatThrownBy(() -> Histories.assertHolds(cluster, history))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining(Promise.WRITTEN + ": ")
        .hasMessageContaining(Promise.CONVERGED + ": ")
        .hasMessageContaining(altered.name())
        .hasMessageContaining(ALTERED + " = ")
        .hasMessageNotContaining("key-16");
  }

  @Test
  void followerOutOfReachMakesItInconclusiveNeverTrue() {
    History history = new History();
    Cluster cluster = filledCluster(history);
    NodeHandle killed = cluster.follower(1);
    killed.kill();

    JsonNode found = cluster.leader().client().convergence("300ms");

    assertThat(found.path("converged").toString()).as("%s", found).isEqualTo("null");
    assertThat(found.path("reason").asText()).contains(killed.id());
    assertThat(equal(found, killed)).isEqualTo("null");
    Histories.assertHolds(List.of(cluster.leader(), cluster.follower(2)), history);
  }

  private Cluster filledCluster(History history) {
    Cluster cluster = nodes.cluster(ClusterPlan.of(2));
    Writer writer = new Writer(cluster.leader().client(), history);
    for (int key = 0; key < KEYS; key++) {
      String value = "value " + key;
      assertThat(writer.put("key-" + key, value, "w=2").status()).isEqualTo(200);
    }
    return cluster;
  }

  private static String equal(JsonNode found, NodeHandle follower) {
    for (JsonNode compared : found.path("followers")) {
      if (compared.path("id").asText().equals(follower.id())) {
        return compared.path("equal").toString();
      }
    }
    throw new AssertionError(follower.name() + " is not named in " + found);
  }
}
