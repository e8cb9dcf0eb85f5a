package io.quorate.bench;

import io.quorate.loadgen.Refusal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * How long a leader without followers takes to come back after it was killed, and what it has on
 * disk: with all entries in its log, and again with all in a snapshot.
 */
final class RestartRows implements Experiment {
  private static final double MILLION = 1e6;
  private static final double BYTES_PER_MEGABYTE = 1e6;
  private static final Duration SNAPSHOT_LIMIT = Duration.ofSeconds(60);
  private static final Duration OLD_LOG_LIMIT = Duration.ofSeconds(3);
  private static final Duration POLL = Duration.ofMillis(50);

  /** Small: what a node sets aside for what comes next is of segments, and not of entries. */
  private static final String SEGMENT_BYTES = "4194304";

  /** More than anything that is written here; and less. Bytes. */
  private static final Map<String, String> NO_SNAPSHOT = Map.of("SNAPSHOT_BYTES", "1099511627776");

  private static final Map<String, String> SNAPSHOT = Map.of("SNAPSHOT_BYTES", "4096");

  /** What is known of the node at one time. */
  private record Standing(
      long keys, long versions, Samples restartSeconds, long bytes, long logBytes) {}

  @Override
  public Set<Row> rows() {
    return Set.of(Row.RESTART_LOG, Row.RESTART_SNAPSHOT, Row.DISK_LOG, Row.DISK_SNAPSHOT);
  }

  @Override
  public void measure(Bench bench, Set<Row> wanted, Results results) throws Refusal {
    try (Scratch kept = Scratch.below(bench.disk());
        LastingNode leader = leader(bench, kept.directory().resolve("leader"))) {
      leader.startReady(NO_SNAPSHOT);
      Standing empty = standing(bench, leader);
      bench.say("filling a leader's log with " + bench.plan().keys() + " keys");
      Filling.fill(bench, leader.url(), 0, bench.plan().keys());
      Standing log = standing(bench, leader);
      tell(Row.RESTART_LOG, Row.DISK_LOG, log, log.versions(), empty, wanted, results);
      if (wanted.contains(Row.RESTART_SNAPSHOT) || wanted.contains(Row.DISK_SNAPSHOT)) {
        awaitSnapshot(bench, leader);
        Standing snapshot = standing(bench, leader);
        tell(
            Row.RESTART_SNAPSHOT,
            Row.DISK_SNAPSHOT,
            snapshot,
            snapshot.keys(),
            empty,
            wanted,
            results);
      }
    }
  }

  /** A process that is killed loses nothing that was written, forced or not. */
  private static LastingNode leader(Bench bench, Path data) throws Refusal {
    return new LastingNode(
        bench,
        "lasting-leader",
        Ports.free(1).get(0),
        data,
        Map.of("ROLE", "leader", "FSYNC", "never", "SEGMENT_BYTES", SEGMENT_BYTES));
  }

  /** Kills it and has it come back, as often as there are rounds. It runs before and after. */
  private static Standing standing(Bench bench, LastingNode leader) throws Refusal {
    long keys = bench.keys(leader.url());
    Rates seconds = new Rates();
    for (int round = 1; round <= bench.plan().rounds(); round++) {
      bench.say("restart with " + keys + " keys, round " + round + " of " + bench.plan().rounds());
      leader.kill();
      seconds.add(leader.startReady(NO_SNAPSHOT));
      requireKeys(bench.keys(leader.url()), keys);
    }
    return new Standing(
        keys,
        bench.told(leader.url(), "last_version"),
        seconds.samples(),
        RealDisk.bytes(leader.data()),
        bench.told(leader.url(), "log_bytes"));
  }

  /** A node that came back without all of its keys did not come back. */
  static void requireKeys(long now, long before) throws Refusal {
    if (now != before) {
      throw Refusal.failed("of " + before + " keys " + now + " came back");
    }
  }

  /** Has it write a snapshot of all that it holds, and remove what that makes needless. */
  private static void awaitSnapshot(Bench bench, LastingNode leader) throws Refusal {
    leader.kill();
    leader.startReady(SNAPSHOT);
    long logBytes = bench.told(leader.url(), "log_bytes");
    long startNanos = System.nanoTime();
    while (bench.told(leader.url(), "snapshot_version") == 0) {
      if (System.nanoTime() - startNanos > SNAPSHOT_LIMIT.toNanos()) {
        throw Refusal.failed("no snapshot after " + SNAPSHOT_LIMIT.toSeconds() + " s");
      }
      bench.pause(POLL);
    }
    startNanos = System.nanoTime();
    while (bench.told(leader.url(), "log_bytes") >= logBytes
        && System.nanoTime() - startNanos < OLD_LOG_LIMIT.toNanos()) {
      bench.pause(POLL);
    }
  }

  /**
   * Tells what a node with entries takes beyond one without any.
   *
   * @param entries that it reads when it starts: of a log all that were written, of a snapshot one
   *     a key
   */
  private static void tell(
      Row restart,
      Row disk,
      Standing full,
      long entries,
      Standing empty,
      Set<Row> wanted,
      Results results) {
    if (wanted.contains(restart)) {
      double emptySeconds = empty.restartSeconds().median();
      Samples perMillion =
          new Samples(
              full.restartSeconds().values().stream()
                  .map(seconds -> perMillion(seconds - emptySeconds, entries))
                  .toList());
      String measured =
          String.format(
              Locale.ROOT,
              "%.2f s from starting the process to 200 of /readyz with %,d entries, less %.2f s with"
                  + " none",
              full.restartSeconds().median(),
              entries,
              emptySeconds);
      results.add(Result.measured(restart, perMillion, measured));
    }
    if (wanted.contains(disk)) {
      double megabytes = full.bytes() / BYTES_PER_MEGABYTE;
      double emptyMegabytes = empty.bytes() / BYTES_PER_MEGABYTE;
      String measured =
          String.format(
              Locale.ROOT,
              "one sample, %.1f MB of files with %,d entries, %.1f MB of them log; less %.1f MB with"
                  + " none",
              megabytes,
              entries,
              full.logBytes() / BYTES_PER_MEGABYTE,
              emptyMegabytes);
      double perMillion = perMillion(megabytes - emptyMegabytes, entries);
      results.add(Result.measured(disk, Samples.of(perMillion), measured));
    }
  }

  private static double perMillion(double all, long entries) {
    return all / entries * MILLION;
  }
}
