package io.quorate.it;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Values that end, on all nodes, whoever leads by then. */
final class TimeToLiveIT {

  /** Wall time is read in whole milliseconds, here and there. */
  private static final long CLOCK_MILLIS = 5;

  @RegisterExtension private final Nodes nodes = new Nodes();

  @Test
  void valueEndsOnAllNodesInADeleteWithAVersionOfItsOwn() {
    Cluster cluster = nodes.processes(ClusterPlan.of(2));
    NodeClient leader = cluster.leader().client();
    assertThat(leader.put("stays", "value", "w=2&ttl=100ms").status()).isEqualTo(200);
    assertThat(leader.put("stays", "newer", "w=2").status()).isEqualTo(200);
    Written ends = leader.put("ends", "value", "w=2&ttl=300ms");
    long endsAt = leader.read("ends", "").json().path("expires_at_ms").asLong();
    for (NodeHandle node : cluster.nodes()) {
      awaitEnd(node, "ends");
      assertThat(System.currentTimeMillis() + CLOCK_MILLIS).isGreaterThanOrEqualTo(endsAt);
    }

    Answer delete = leader.write(ends.epoch() + "." + (ends.version() + 1));
    assertThat(delete.json().path("key").asText()).isEqualTo("ends");
    assertThat(leader.status().path("last_version").asLong()).isEqualTo(ends.version() + 1);
    Replicas.assertConverged(cluster);
    for (NodeHandle node : cluster.nodes()) {
      assertThat(node.client().get("stays", "").map(Held::value)).contains("newer");
    }
  }

  @Test
  void timeToLiveOutlivesTheLeadersProcessAndItsLeadership() {
    Cluster cluster = nodes.processes(ClusterPlan.withDisks(2));
    NodeClient first = cluster.leader().client();
    assertThat(first.put("ends", "value", "w=1&ttl=3s").status()).isEqualTo(200);
    assertThat(first.put("lasts", "value", "w=2&ttl=3600s").status()).isEqualTo(200);
    long endsAt = endOf(first, "ends");
    long lastsUntil = endOf(first, "lasts");

    cluster.leader().kill();
    cluster.leader().start();
    cluster.awaitLeader().awaitStreaming();
    assertThat(endOf(first, "lasts")).isEqualTo(lastsUntil);
    cluster.leader().kill();
    Cluster led = Leading.promote(cluster, cluster.follower(1));

    for (NodeHandle node : led.nodes()) {
      if (node.isRunning()) {
        awaitEnd(node, "ends");
        assertThat(System.currentTimeMillis() + CLOCK_MILLIS).isGreaterThanOrEqualTo(endsAt);
        assertThat(endOf(node.client(), "lasts")).isEqualTo(lastsUntil);
      }
    }
    cluster.leader().start();
    led.awaitStreaming();
    Replicas.assertConverged(led);
  }

  private static long endOf(NodeClient node, String key) {
    return node.read(key, "consistency=local").json().path("expires_at_ms").asLong();
  }

  private static void awaitEnd(NodeHandle node, String key) {
    Eventually.asserted(
        () -> assertThat(node.client().get(key, "consistency=local")).as(node.name()).isEmpty());
  }
}
