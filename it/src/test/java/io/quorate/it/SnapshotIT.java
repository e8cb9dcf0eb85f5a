package io.quorate.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.it.history.History;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * A leader whose backlog holds 64 KiB of a store of 50 MB. It keeps few tombstones: most of what
 * was deleted is not in the snapshot, and must go all the same.
 */
@OnBothKinds
final class SnapshotIT {

  private static final int VALUE_BYTES = 32 << 10;
  private static final int KEYS = 1_600;
  private static final int CHANGED = 100;
  private static final int DELETED = 50;

  @RegisterExtension private final Nodes nodes = new Nodes();

  @Test
  void followerThatFellOffTheBacklogTakesASnapshotWhileWritesGoOn() {
    Cluster cluster =
        nodes.cluster(
            ClusterPlan.of(2)
                .withHeap(512)
                .with("BACKLOG_BYTES", "65536")
                .with("MAX_TOMBSTONES", "10"));
    NodeHandle paused = cluster.follower(2);
    NodeClient leader = cluster.leader().client();
    Map<String, Optional<Held>> expected = new ConcurrentHashMap<>(fill(leader));
    assertThat(expected.size() * (long) VALUE_BYTES).isGreaterThan(50_000_000);
    Replicas.assertConverged(cluster);

    paused.pause();
    Written firstMissed = leader.put("big-0", big("changed", 0), "w=1");
    expected.putAll(changeAndDelete(leader));
    cluster.awaitState(paused, "probing");
    assertThat(leader.write(firstMissed.token()).status())
        .as("the leader has forgotten the first write that the follower missed")
        .isEqualTo(404);

    WriteLoad.Shape small = WriteLoad.Shape.of("small-", 100, 2, 1);
    History history = new History();
    try (WriteLoad load = WriteLoad.start(leader, small, history);
        Readers readers = Readers.start(cluster, small, history)) {
      load.awaitConfirmed(50);
      paused.resume();
      cluster.awaitState(paused, "streaming");
      load.awaitConfirmed(50);
      readers.awaitReads(paused, 50);
      load.stop();
      readers.stop();
      assertThat(load.failures()).isEmpty();
      expected.putAll(load.newest());
    }
    Replicas.assertConverged(cluster);
    Replicas.assertShow(cluster, aboutOneInEight(expected));
    Histories.assertHolds(cluster, history);
  }

  private static Map<String, Optional<Held>> fill(NodeClient leader) {
    Map<String, Optional<Held>> written = new ConcurrentHashMap<>();
    IntStream.range(0, KEYS)
        .parallel()
        .forEach(number -> put(leader, number, big("first", number), written));
    return written;
  }

  private static Map<String, Optional<Held>> changeAndDelete(NodeClient leader) {
    Map<String, Optional<Held>> written = new ConcurrentHashMap<>();
    for (int number = 0; number < CHANGED; number++) {
      put(leader, number, big("changed again", number), written);
    }
    for (int number = CHANGED; number < CHANGED + DELETED; number++) {
      assertThat(leader.delete("big-" + number, "w=1").status()).isEqualTo(200);
      written.put("big-" + number, Optional.empty());
    }
    return written;
  }

  private static void put(
      NodeClient leader, int number, String value, Map<String, Optional<Held>> written) {
    Written answer = leader.put("big-" + number, value, "w=1");
    assertThat(answer.status()).isEqualTo(200);
    written.put("big-" + number, Optional.of(new Held(value, answer.epoch(), answer.version())));
  }

  private static String big(String what, int number) {
    String begin = what + " " + number + " ";
    return begin + "x".repeat(VALUE_BYTES - begin.length());
  }

  /** Of the many, some: that all are the same is what the convergence check has shown. */
  private static Map<String, Optional<Held>> aboutOneInEight(Map<String, Optional<Held>> all) {
    Map<String, Optional<Held>> some = new TreeMap<>(all);
    some.keySet()
        .removeIf(key -> key.startsWith("big-") && !key.endsWith("7") && !key.endsWith("00"));
    return some;
  }
}
