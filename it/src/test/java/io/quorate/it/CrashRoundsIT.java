package io.quorate.it;

import io.quorate.it.history.History;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Nodes are killed at random moments under load, round after round, and each starts with what its
 * disk holds; a new cluster after every 20. {@code -Dquorate.rounds} says how many rounds, {@code
 * -Dquorate.seed} draws the same again: when disks are forced, who is killed, after how many
 * writes, and what is written.
 */
final class CrashRoundsIT {

  private static final int ROUNDS = Integer.getInteger("quorate.rounds", 20);
  private static final int ROUNDS_UNTIL_CHECKED = 5;
  private static final int ROUNDS_OF_A_HISTORY = 20;
  private static final int KEYS = 150;
  private static final int CLIENTS = 4;
  private static final int DELETE_PERCENT = 10;

  /** By most of these writes only one of the two followers is needed. */
  private static final List<Integer> QUORUMS = List.of(1, 1, 1, 2);

  /** Of these a killed process loses nothing that it wrote: only a machine does. */
  private static final List<String> FSYNCS = List.of("always", "always", "interval:50ms", "never");

  private static final int MOST_WRITES_BEFORE = 300;
  private static final int WRITES_AFTER = 20;
  private static final long LONGEST_START_NANOS = 600_000_000;

  /** Who is killed in a round. */
  private enum Victims {
    FOLLOWER,
    /** And loses its disk. */
    FOLLOWER_AND_DISK,
    FOLLOWERS,
    LEADER,
    /** It is started once another leads. */
    LEADER_FOR_GOOD,
    /** The same, and it loses its disk. */
    LEADER_AND_DISK,
    LEADER_AND_FOLLOWER,
    ALL,
    /** And once more while they start. */
    ALL_TWICE;

    List<NodeHandle> of(Cluster led, SplittableRandom random) {
      NodeHandle one = led.follower(1 + random.nextInt(led.followers().size()));
      return switch (this) {
        case FOLLOWER, FOLLOWER_AND_DISK -> List.of(one);
        case FOLLOWERS -> led.followers();
        case LEADER, LEADER_FOR_GOOD, LEADER_AND_DISK -> List.of(led.leader());
        case LEADER_AND_FOLLOWER -> List.of(led.leader(), one);
        case ALL, ALL_TWICE -> led.nodes();
      };
    }

    boolean losesDisk() {
      return this == FOLLOWER_AND_DISK || this == LEADER_AND_DISK;
    }

    boolean isReplaced() {
      return this == LEADER_FOR_GOOD || this == LEADER_AND_DISK;
    }
  }

  @RegisterExtension private final Nodes nodes = new Nodes();

  private final long seed = Long.getLong("quorate.seed", System.nanoTime());
  private int confirmed;
  private int kills;
  private int leaderships;

  @Test
  @Timeout(value = 40, unit = TimeUnit.MINUTES)
  void everyConfirmedWriteIsThereHoweverNodesAreKilled() {
    System.out.println("seed of the rounds: " + seed + " (-Dquorate.seed), rounds: " + ROUNDS);
    SplittableRandom random = new SplittableRandom(seed);
    long begun = System.nanoTime();
    for (int first = 1; first <= ROUNDS; first += ROUNDS_OF_A_HISTORY) {
      int last = Math.min(ROUNDS, first + ROUNDS_OF_A_HISTORY - 1);
      String fsync = FSYNCS.get(random.nextInt(FSYNCS.size()));
      System.out.println("FSYNC=" + fsync + " from round " + first);
      Cluster cluster = cluster("from-round-" + first, fsync);
      rounds(first, last, cluster, random);
      cluster.nodes().parallelStream().forEach(NodeHandle::kill);
    }
    long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begun);
    System.out.printf(
        "%d rounds: %d kills, %d leaderships, %d writes confirmed, %d s%n",
        ROUNDS, kills, leaderships, confirmed, seconds);
  }

  private Cluster cluster(String name, String fsync) {
    return nodes.processesOn(
        nodes.directory().resolve(name),
        ClusterPlan.withDisks(2)
            .everywhere("FSYNC", fsync)
            .everywhere("WRITE_TIMEOUT_MS", "1000")
            .everywhere("MAX_VALUE_BYTES", "16384")
            .everywhere("SEGMENT_BYTES", "2129920")
            .everywhere("SNAPSHOT_BYTES", "524288"));
  }

  private void rounds(int first, int last, Cluster cluster, SplittableRandom random) {
    History history = new History();
    Cluster led = cluster;
    WriteLoad.Shape keys = shape(first, random);
    try (Readers readers = Readers.ofAnyLeader(cluster, keys, history)) {
      for (int number = first; number <= last; number++) {
        Victims victims = Victims.values()[random.nextInt(Victims.values().length)];
        led = round(number, victims, led, random, history);
        Replicas.assertConverged(led);
        if (number % ROUNDS_UNTIL_CHECKED == 0 || number == last) {
          Histories.assertHolds(led, history);
        }
      }
      readers.stop();
    }
    Histories.assertHolds(led, history);
  }

  private WriteLoad.Shape shape(int round, SplittableRandom random) {
    String prefix = "history-" + (round - 1) / ROUNDS_OF_A_HISTORY + "-";
    return new WriteLoad.Shape(
        prefix, KEYS, CLIENTS, Long.MAX_VALUE, QUORUMS, DELETE_PERCENT, random.nextLong());
  }

  private Cluster round(
      int number, Victims victims, Cluster led, SplittableRandom random, History history) {
    long begun = System.nanoTime();
    WriteLoad.Shape shape = shape(number, random);
    int before = 1 + random.nextInt(MOST_WRITES_BEFORE);
    List<NodeHandle> killed = victims.of(led, random);
    long startNanos = random.nextLong(LONGEST_START_NANOS);
    Cluster next;
    try (WriteLoad load = WriteLoad.start(ClusterClient.of(led), shape, history)) {
      load.awaitConfirmed(before);
      killAtOnce(killed);
      if (victims.losesDisk()) {
        killed.forEach(NodeHandle::wipe);
      }
      if (victims.isReplaced()) {
        Leading.promote(led, led.follower(1));
      }
      if (victims == Victims.ALL_TWICE) {
        killed.forEach(node -> ((ProcessNode) node).spawn());
        LockSupport.parkNanos(startNanos);
        killAtOnce(killed);
      }
      killed.parallelStream().forEach(NodeHandle::start);
      next = led.awaitLeader();
      load.awaitConfirmed(WRITES_AFTER);
      load.stop();
      confirmed += load.versions().size();
    }
    next.awaitStreaming();
    leaderships += next.leader() == led.leader() ? 0 : 1;
    System.out.printf(
        "round %d: %s killed after %d writes, epoch %d by %s, %d ms%n",
        number,
        victims,
        before,
        Leading.epochOf(next.leader()),
        next.leader().name(),
        TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun));
    return next;
  }

  private void killAtOnce(List<NodeHandle> killed) {
    new ArrayList<>(killed).parallelStream().forEach(NodeHandle::kill);
    kills += killed.size();
  }
}
