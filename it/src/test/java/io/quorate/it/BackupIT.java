package io.quorate.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.it.history.History;
import io.quorate.it.history.Operation;
import io.quorate.it.history.Token;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Snapshots as backups: taken under load, checked, and made a cluster of again. */
final class BackupIT {

  private static final int KEYS = 200;

  @RegisterExtension private final Nodes nodes = new Nodes();

  @Test
  void snapshotTakenUnderLoadIsOneStateThatAClusterIsMadeOfAgain() throws Exception {
    Cluster cluster = nodes.processes(ClusterPlan.withDisks(2));
    WriteLoad.Shape shape = WriteLoad.Shape.of("key-", KEYS, 4, 1);
    History history = new History();
    Path ofTheLeader = nodes.directory().resolve("leader.snapshot");
    Path ofAFollower = nodes.directory().resolve("follower.snapshot");
    try (WriteLoad load = WriteLoad.start(cluster.leader().client(), shape, history)) {
      load.awaitConfirmed(500);
      cluster.leader().client().snapshot(ofTheLeader);
      load.awaitConfirmed(100);
      cluster.follower(1).client().snapshot(ofAFollower);
      load.awaitConfirmed(100);
      load.stop();
    }
    cluster.nodes().parallelStream().forEach(NodeHandle::kill);
    assertThat(verify(ofTheLeader).exitStatus()).isZero();
    assertThat(verify(ofAFollower).exitStatus()).isZero();
    assertDamageIsFound(ofAFollower);

    Cluster restored = restored(ofTheLeader);

    Replicas.assertConverged(restored);
    Map<String, Optional<Held>> shown = shown(restored.leader());
    Replicas.assertShow(restored, shown);
    assertThat(shown).isEqualTo(stateAt(newest(shown), history));
    assertThat(restored.leader().client().put("key-1", "goes on", "w=2").epoch())
        .isGreaterThan(newest(shown).epoch());
  }

  /** Writes overtake one another on their way to a follower: what it holds has gaps most times. */
  @Test
  void followersSnapshotTakenUnderLagAndLoadIsOneStateToo() throws Exception {
    ClusterPlan lagging =
        ClusterPlan.withDisks(2).with("MIN_DELAY_MS", "0.1").with("MAX_DELAY_MS", "20");
    Cluster cluster = nodes.processes(lagging);
    WriteLoad.Shape shape = WriteLoad.Shape.of("key-", KEYS, 4, 1);
    History history = new History();
    Path ofAFollower = nodes.directory().resolve("follower.snapshot");
    try (WriteLoad load = WriteLoad.start(cluster.leader().client(), shape, history)) {
      load.awaitConfirmed(500);
      cluster.follower(2).client().snapshot(ofAFollower);
      load.awaitConfirmed(100);
      load.stop();
    }
    cluster.nodes().parallelStream().forEach(NodeHandle::kill);
    assertThat(verify(ofAFollower).exitStatus()).isZero();

    Cluster restored = restored(ofAFollower);

    Replicas.assertConverged(restored);
    Map<String, Optional<Held>> shown = shown(restored.leader());
    Replicas.assertShow(restored, shown);
    assertThat(shown).isEqualTo(stateAt(newest(shown), history));
  }

  private static JarRun verify(Path path) throws IOException, InterruptedException {
    return JarRun.of(Jars.SERVER, Map.of(), "verify", path.toString());
  }

  private static void assertDamageIsFound(Path snapshot) throws Exception {
    byte[] bytes = Files.readAllBytes(snapshot);
    bytes[bytes.length / 2] ^= 1;
    Path damaged = snapshot.resolveSibling("damaged.snapshot");
    Files.write(damaged, bytes);
    JarRun found = verify(damaged);
    assertThat(found.exitStatus()).isEqualTo(1);
    assertThat(found.printed().strip().lines()).as(found.printed()).hasSize(1);
    assertThat(found.printed()).contains("damaged.snapshot");
    Path directory = snapshot.resolveSibling("of-a-damaged-one");
    JarRun refused =
        JarRun.of(
            Jars.SERVER, Map.of(), "restore", damaged.toString(), "--data-dir", "" + directory);
    assertThat(refused.exitStatus()).isEqualTo(1);
  }

  /** Each node's directory is made of the same file before the first of them starts. */
  private Cluster restored(Path snapshot) throws Exception {
    Path disks = Files.createDirectories(nodes.directory().resolve("restored"));
    for (String node : new String[] {"leader", "follower-1", "follower-2"}) {
      String directory = disks.resolve(node + ".disk").toString();
      JarRun run =
          node.equals("leader")
              ? JarRun.of(
                  Jars.SERVER, Map.of("DATA_DIR", directory), "restore", snapshot.toString())
              : JarRun.of(
                  Jars.SERVER, Map.of(), "restore", snapshot.toString(), "--data-dir", directory);
      assertThat(run.exitStatus()).as(run.printed()).isZero();
    }
    assertThat(verify(disks.resolve("leader.disk")).exitStatus()).isZero();
    return nodes.processesOn(disks, ClusterPlan.withDisks(2));
  }

  private static Map<String, Optional<Held>> shown(NodeHandle node) {
    Map<String, Optional<Held>> shown = new TreeMap<>();
    for (int key = 0; key < KEYS; key++) {
      Optional<Held> held = node.client().get("key-" + key, "consistency=local");
      if (held.isPresent()) {
        shown.put("key-" + key, held);
      }
    }
    return shown;
  }

  private static Token newest(Map<String, Optional<Held>> shown) {
    return shown.values().stream()
        .flatMap(Optional::stream)
        .map(Held::token)
        .max(Comparator.naturalOrder())
        .orElseThrow();
  }

  /** What a store holds that holds this version and all before it, and nothing newer. */
  private static Map<String, Optional<Held>> stateAt(Token version, History history) {
    Map<String, Optional<Held>> state = new TreeMap<>();
    history.operations().stream()
        .filter(write -> write.token() != null && write.token().compareTo(version) <= 0)
        .sorted(Comparator.comparing((Operation write) -> Objects.requireNonNull(write.token())))
        .forEach(
            write -> {
              Token token = Objects.requireNonNull(write.token());
              String value = Objects.requireNonNull(write.value());
              state.put(write.key(), Optional.of(new Held(value, token.epoch(), token.version())));
            });
    return state;
  }
}
