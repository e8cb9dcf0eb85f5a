package io.quorate.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.it.history.History;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A leader in a container, killed or cut off while clients still reach it, and its successor. */
@OnContainers
final class ContainerPromotionIT {

  @RegisterExtension private final Nodes nodes = new Nodes();

  @Test
  void leaderKilledIsReplacedAndComesBackInANewContainerAsAFollower() {
    ContainerCluster cluster = nodes.containers(ClusterPlan.withDisks(2), 1);
    ContainerNode old = cluster.leader();
    String container = old.containerId();
    WriteLoad.Shape shape = WriteLoad.Shape.of("key-", 60, 4, 1, 2).withDeletes(20);
    History history = new History();
    try (WriteLoad load = WriteLoad.start(ClusterClient.of(cluster), shape, history);
        Readers readers = Readers.ofAnyLeader(cluster, shape, history)) {
      load.awaitConfirmed(200);
      old.kill();
      Cluster led = Leading.promote(cluster, cluster.follower(2));
      load.awaitConfirmed(100);
      old.start();
      led.awaitStreaming();
      load.awaitConfirmed(100);
      load.stop();
      readers.stop();

      assertThat(old.containerId()).isNotEqualTo(container);
      assertThat(Leading.isLeader(old)).isFalse();
      assertThat(Leading.isUnclean(led.leader())).isFalse();
      Replicas.assertConverged(led);
      Histories.assertHolds(led, history);
    }
  }

  @Test
  void leaderCutOffStopsServingWithinItsLeaseAndFollowsItsSuccessorOnceHealed() {
    ContainerCluster cluster = nodes.containers(ClusterPlan.withDisks(2), 1);
    EngineNetwork inside = cluster.insides().get(0);
    ContainerNode old = cluster.leader();
    WriteLoad.Shape shape = WriteLoad.Shape.of("key-", 60, 4, 1, 2).withDeletes(20);
    History history = new History();
    try (WriteLoad load = WriteLoad.start(ClusterClient.of(cluster), shape, history);
        Readers readers = Readers.ofAnyLeader(cluster, shape, history)) {
      load.awaitConfirmed(200);
      old.leave(inside);
      Timed.run("confirmed reads stopped after", () -> awaitNoConfirmedReads(old));
      Cluster led = Leading.promote(cluster, cluster.follower(1));
      assertThat(new Writer(old.client(), history).put("key-1", "cut off", "w=1").status())
          .isIn(503, 504);
      load.awaitConfirmed(100);
      assertThat(old.client().read("key-2", "consistency=confirmed").status()).isIn(503, 307);
      assertThat(old.client().read("key-2", "consistency=local").status()).isIn(200, 404);

      old.join(inside);

      Timed.run("the old leader followed after", led::awaitStreaming);
      assertThat(Leading.isLeader(old)).isFalse();
      Written redirected = old.client().put("key-1", "redirected", "w=1");
      assertThat(redirected.status()).isEqualTo(307);
      assertThat(redirected.location()).startsWith(led.leader().client().url());
      load.awaitConfirmed(100);
      load.stop();
      readers.stop();
      Replicas.assertConverged(led);
      Histories.assertHolds(led, history);
    }
  }

  private static void awaitNoConfirmedReads(NodeHandle node) {
    Eventually.asserted(
        () ->
            assertThat(node.client().read("key-1", "consistency=confirmed").status())
                .isEqualTo(503));
  }

  @Test
  void allContainersKilledAtOnceHoldEverythingWhenTheyAreBack() {
    ContainerCluster cluster = nodes.containers(ClusterPlan.withDisks(2), 1);
    WriteLoad.Shape shape = WriteLoad.Shape.of("key-", 60, 4, 1, 2).withDeletes(20);
    History history = new History();
    try (WriteLoad load = WriteLoad.start(ClusterClient.of(cluster), shape, history)) {
      load.awaitConfirmed(200);
      cluster.nodes().parallelStream().forEach(NodeHandle::kill);
      load.stop();
    }
    cluster.nodes().parallelStream().forEach(NodeHandle::start);
    Cluster led = cluster.awaitLeader();
    led.awaitStreaming();
    assertThat(led.leader()).isSameAs(cluster.leader());
    Replicas.assertConverged(led);
    Histories.assertHolds(led, history);
  }
}
