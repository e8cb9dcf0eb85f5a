package io.quorate.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.it.history.History;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@OnBothKinds
final class ConcurrentWritesIT {

  private static final int WRITES = 10_000;
  private static final int KEYS = 100;

  @RegisterExtension private final Nodes nodes = new Nodes();

  @Test
  void allNodesHoldTheNewestAfterTenThousandConcurrentWritesThatOvertakeEachOther() {
    Cluster cluster =
        nodes.cluster(ClusterPlan.of(5).with("MIN_DELAY_MS", "0.1").with("MAX_DELAY_MS", "5"));
    WriteLoad.Shape shape =
        WriteLoad.Shape.of("key-", KEYS, 32, 0, 1, 2, 3, 4, 5).withWrites(WRITES).withDeletes(20);
    History history = new History();
    try (WriteLoad load = WriteLoad.start(cluster.leader().client(), shape, history);
        Readers readers = Readers.start(cluster, shape, history)) {
      load.awaitEnd();
      readers.stop();

      assertThat(load.failures()).isEmpty();
      List<Long> oneToAll = LongStream.rangeClosed(1, WRITES).boxed().toList();
      assertThat(load.versions()).containsExactlyInAnyOrderElementsOf(oneToAll);
      assertThat(Replicas.assertConverged(cluster).path("version").asLong()).isEqualTo(WRITES);
      assertThat(load.newest()).hasSize(KEYS);
      Replicas.assertShow(cluster, load.newest());
      Histories.assertHolds(cluster, history);
    }
  }
}
