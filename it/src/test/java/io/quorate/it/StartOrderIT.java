package io.quorate.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A leader and three followers that are started in one order or another, the last under load. */
@OnContainers
final class StartOrderIT {

  /** A majority of the followers, without which no leader begins to lead. */
  private static final int NEEDED = 2;

  @RegisterExtension private final Nodes nodes = new Nodes();

  @Test
  void followersMayComeAfterTheirLeader() {
    ContainerCluster cluster = nodes.unstarted(ClusterPlan.of(3), 1);
    startAndCheck(cluster, cluster.nodes());
  }

  @Test
  void followersMayComeBeforeTheirLeader() {
    ContainerCluster cluster = nodes.unstarted(ClusterPlan.of(3), 1);
    List<NodeHandle> order = cluster.nodes();
    Collections.reverse(order);
    startAndCheck(cluster, order);
  }

  @RepeatedTest(3)
  void nodesMayComeInAnyOrder() {
    long seed = System.nanoTime();
    ContainerCluster cluster = nodes.unstarted(ClusterPlan.of(3), 1);
    List<NodeHandle> order = cluster.nodes();
    Collections.shuffle(order, new Random(seed));
    System.out.println(
        "seed of the order: " + seed + ": " + order.stream().map(NodeHandle::name).toList());
    startAndCheck(cluster, order);
  }

  private static void startAndCheck(ContainerCluster cluster, List<NodeHandle> order) {
    List<NodeHandle> first = firstThatCanLead(cluster, order);
    List<NodeHandle> rest = order.subList(first.size(), order.size());
    NodeClient leader = cluster.leader().client();
    for (NodeHandle node : first) {
      if (first.indexOf(node) > first.indexOf(cluster.leader())) {
        assertDoesNotLead(leader);
      }
      node.start();
    }
    Eventually.asserted(() -> assertThat(leader.readiness().status()).isEqualTo(200));
    try (Clients clients = Clients.start(cluster, 0, 1, 2)) {
      clients.awaitConfirmed(100);
      rest.forEach(NodeHandle::start);
      cluster.awaitStreaming();
      clients.awaitConfirmedByAll(20);
      clients.awaitConfirmed(100);
      clients.stopAndCheck();
    }
  }

  /** The shortest beginning of the order with the leader and as many followers as it needs. */
  private static List<NodeHandle> firstThatCanLead(Cluster cluster, List<NodeHandle> order) {
    int size = NEEDED + 1;
    while (!order.subList(0, size).contains(cluster.leader())) {
      size++;
    }
    return order.subList(0, size);
  }

  private static void assertDoesNotLead(NodeClient leader) {
    assertThat(leader.readiness().status()).isEqualTo(503);
    Written refused = leader.put("early", "before it leads", "w=0");
    assertThat(refused.status()).isEqualTo(503);
    assertThat(refused.outcome()).isEqualTo("not_applied");
  }
}
