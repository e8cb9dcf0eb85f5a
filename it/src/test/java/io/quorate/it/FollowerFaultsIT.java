package io.quorate.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.it.history.History;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A follower that is killed or paused while clients write to a cluster of three followers. */
@OnBothKinds
final class FollowerFaultsIT {

  @RegisterExtension private final Nodes nodes = new Nodes();

  /** From a backlog that reaches back to the first write, and from one that holds the newest. */
  @ParameterizedTest
  @ValueSource(strings = {"67108864", "4096"})
  void killedFollowerRestartsEmptyUnderLoadAndComesLevel(String backlogBytes) {
    Cluster cluster = nodes.cluster(ClusterPlan.of(3).with("BACKLOG_BYTES", backlogBytes));
    NodeHandle killed = cluster.follower(2);
    String firstIncarnation = incarnation(killed);
    WriteLoad.Shape shape = WriteLoad.Shape.of("key-", 100, 4, 1, 2).withDeletes(20);
    History history = new History();
    try (WriteLoad load = WriteLoad.start(cluster.leader().client(), shape, history);
        Readers readers = Readers.start(cluster, shape, history)) {
      load.awaitConfirmed(500);
      killed.kill();
      load.awaitConfirmed(500);
      killed.start();
      cluster.awaitState(killed, "streaming");
      load.awaitConfirmed(200);
      readers.awaitReads(killed, 100);
      load.stop();
      readers.stop();

      assertThat(load.failures()).isEmpty();
      assertThat(incarnation(killed)).isNotEqualTo(firstIncarnation);
      Replicas.assertConverged(cluster);
      Replicas.assertShow(cluster, load.newest());
      Histories.assertHolds(cluster, history);
    }
  }

  private static String incarnation(NodeHandle node) {
    return node.client().status().path("incarnation").asText();
  }

  @Test
  void whileOneFollowerIsPausedSmallerQuorumsGoOnAndItComesLevelAfterwards() {
    Cluster cluster = nodes.cluster(ClusterPlan.of(3));
    NodeHandle paused = cluster.follower(3);
    NodeClient leader = cluster.leader().client();
    WriteLoad.Shape shape = WriteLoad.Shape.of("key-", 100, 4, 0, 1, 2).withDeletes(20);
    History history = new History();
    Writer writer = new Writer(leader, history);
    try (WriteLoad load = WriteLoad.start(leader, shape, history);
        Readers readers = Readers.start(cluster, shape, history)) {
      load.awaitConfirmed(300);
      paused.pause();
      load.awaitConfirmed(300);
      assertThat(writer.put("all", "while one is paused", "w=3&timeout=200ms").status())
          .isIn(503, 504);
      cluster.awaitState(paused, "probing");
      load.awaitConfirmed(300);
      assertThat(writer.put("all", "while one is known to be away", "w=3").status()).isEqualTo(503);
      paused.resume();
      cluster.awaitState(paused, "streaming");
      load.awaitConfirmed(300);
      readers.awaitReads(paused, 100);
      load.stop();
      readers.stop();

      assertThat(load.failures()).isEmpty();
      assertThat(writer.put("all", "by all", "w=3").status()).isEqualTo(200);
      Replicas.assertConverged(cluster);
      Replicas.assertShow(cluster, load.newest());
      Histories.assertHolds(cluster, history);
    }
  }
}
