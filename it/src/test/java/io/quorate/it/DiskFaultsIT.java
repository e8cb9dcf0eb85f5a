package io.quorate.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quorate.it.history.History;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Disks that get full, that fail, and that do not hold what was written to them. */
final class DiskFaultsIT {

  private static final int DISK_MEGABYTES = 40;

  /** More than two segments, fewer than the disk has room for. */
  private static final int WRITES = 200;

  private static final int DISK_FAILED = 4;
  private static final String BIG = "x".repeat(50_000);

  @RegisterExtension private final Nodes nodes = new Nodes();

  private static ClusterPlan smallSegments() {
    return ClusterPlan.withDisks(2)
        .everywhere("MAX_VALUE_BYTES", "65536")
        .everywhere("SEGMENT_BYTES", "4194304");
  }

  @Test
  void leaderWhoseDiskIsFullRefusesWritesServesReadsAndGoesOnWhenThereIsRoom() {
    try (SmallDisk disk = smallDiskOf("leader")) {
      ProcessCluster cluster = nodes.processes(smallSegments());
      NodeClient leader = cluster.leader().client();
      History history = new History();
      Writer writer = new Writer(leader, history);
      assertThat(writer.put("key", "before", "w=2").status()).isEqualTo(200);
      disk.fill();

      Written refused = writeUntilRefused(writer);

      assertThat(refused.status()).isEqualTo(507);
      assertThat(refused.outcome()).isEqualTo("not_applied");
      assertThat(refused.version()).isZero();
      assertThat(leader.get("key", "consistency=confirmed").map(Held::value)).contains("before");
      JsonNode status = leader.status();
      assertThat(status.path("confirmed_version")).isEqualTo(status.path("last_version"));

      disk.makeRoom();
      Eventually.asserted(() -> assertThat(leader.put("room", BIG, "w=2").status()).isEqualTo(200));
      assertThat(writer.put("key", "after", "w=2").status()).isEqualTo(200);
      Replicas.assertConverged(cluster);
      Histories.assertHolds(cluster, history);
      cluster.leader().kill();
    }
  }

  @Test
  void followerWhoseDiskIsFullHoldsUpNobodyElseAndComesLevelWhenThereIsRoom() {
    try (SmallDisk disk = smallDiskOf("follower-2")) {
      ProcessCluster cluster = nodes.processes(smallSegments());
      ProcessNode full = cluster.follower(2);
      NodeClient leader = cluster.leader().client();
      History history = new History();
      Writer writer = new Writer(leader, history);
      assertThat(writer.put("key", "before", "w=2").status()).isEqualTo(200);
      disk.fill();

      for (int number = 0; number < WRITES; number++) {
        Written answer = writer.put("big-" + number % 20, BIG + number, "w=1");
        assertThat(answer.status()).isEqualTo(200);
      }

      int last = WRITES - 1;
      assertThat(leader.get("big-" + last % 20, "consistency=confirmed").map(Held::value))
          .contains(BIG + last);
      assertThat(writer.put("key", "by both", "w=2&timeout=500ms").status()).isIn(503, 504);
      assertThat(full.client().get("key", "consistency=local").map(Held::value)).contains("before");
      assertThat(full.isRunning()).isTrue();
      disk.makeRoom();
      cluster.awaitState(full, "streaming");
      Eventually.asserted(
          () -> assertThat(leader.put("room", "again", "w=2").status()).isEqualTo(200));
      Replicas.assertConverged(cluster);
      Histories.assertHolds(cluster, history);
      full.kill();
    }
  }

  private SmallDisk smallDiskOf(String node) {
    Path directory = nodes.directory();
    SmallDisk disk = SmallDisk.mount(directory.resolve("small"), DISK_MEGABYTES);
    disk.holds(directory.resolve(node + ".disk"));
    return disk;
  }

  private static Written writeUntilRefused(Writer writer) {
    for (int number = 0; number < WRITES; number++) {
      Written answer = writer.put("big-" + number % 20, BIG + number, "w=2");
      if (answer.status() != 200) {
        return answer;
      }
    }
    throw new AssertionError(WRITES + " writes fit on a full disk");
  }

  /** Nothing that it was told failed may turn into success: it tells nobody anything any more. */
  @ParameterizedTest
  @ValueSource(strings = {"leader", "follower-1"})
  @SuppressWarnings("try") // that forces fail meanwhile is all that is wanted of it
  void nodeWhoseForceFailsEndsAtOnceAndWhatItAcknowledgedIsKept(String name) {
    ProcessCluster cluster = nodes.processes(ClusterPlan.withDisks(2));
    ProcessNode failing = name.equals("leader") ? cluster.leader() : cluster.follower(1);
    WriteLoad.Shape shape = WriteLoad.Shape.of("key-", 100, 4, 1, 2);
    History history = new History();
    Path complaints = nodes.directory().resolve("strace.log");
    try (WriteLoad load = WriteLoad.start(ClusterClient.of(cluster), shape, history);
        Readers readers = Readers.ofAnyLeader(cluster, shape, history)) {
      load.awaitConfirmed(100);
      try (FailingForces forces = FailingForces.of(failing.processId(), complaints)) {
        assertThat(failing.awaitExit()).isEqualTo(DISK_FAILED);
      }
      assertThat(failing.printed()).contains(failing.disk().path().toString());
      Cluster led = failing == cluster.leader() ? promoted(cluster) : cluster;
      load.awaitConfirmed(100);
      failing.start();
      led.awaitStreaming();
      load.stop();
      readers.stop();
      Replicas.assertConverged(led);
      Histories.assertHolds(led, history);
    }
  }

  private static Cluster promoted(Cluster cluster) {
    return Leading.promote(cluster, cluster.follower(1));
  }

  @Test
  void nodeWhoseLogIsDamagedInTheMiddleRefusesToStartAndIsRebuiltFromItsPeers() {
    ProcessCluster cluster = nodes.processes(ClusterPlan.withDisks(2));
    History history = new History();
    Writer writer = new Writer(cluster.leader().client(), history);
    for (int number = 1; number <= 30; number++) {
      String value = "the value with number " + number + ".";
      assertThat(writer.put("key-" + number, value, "w=2").status()).isEqualTo(200);
    }
    for (ProcessNode damaged : List.of(cluster.follower(1), cluster.leader())) {
      damaged.kill();
      DiskDirectory.Place place = damaged.disk().damage("the value with number 15.");

      damaged.spawn();

      assertThat(damaged.awaitExit()).isEqualTo(1);
      String complaint = damaged.printedInThisLife();
      assertThat(complaint).contains(place.file().getFileName().toString());
      assertThat(complaint).containsPattern("byte [0-9]+");
      assertThat(complaint).contains("move", damaged.disk().path().toString());
      Path movedAway = damaged.disk().moveAway();
      damaged.start();
      Cluster led = cluster.awaitLeader();
      assertThat(led.leader()).isSameAs(cluster.leader());
      led.awaitStreaming();
      Replicas.assertConverged(led);
      Histories.assertHolds(led, history);
      new DiskDirectory(movedAway).wipe();
    }
  }
}
