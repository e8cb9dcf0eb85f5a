package io.quorate.core.sim;

import io.quorate.core.LeaderLimits;
import java.util.SplittableRandom;

/**
 * What one seed is about: how large the cluster is, how small its limits, how bad its network.
 *
 * @param durable whether the nodes have disks
 * @param leastQuorum the least write quorum
 * @param keys few, so that writes meet
 * @param settleNanos a disk takes up to so long to settle
 * @param leaseNanos of confirmed reads
 * @param stormNanos faults and writes end after it, and after stormEvents, at least
 * @param writeEveryNanos mean time between requests of clients
 * @param faultEveryNanos mean time between faults
 * @param leaderRestarts whether a leader in memory crashes too, and an operator acts as the README
 *     says
 * @param forces whether the operator may promote by force
 * @param wipes whether nodes lose their data
 */
record Plan(
    int followers,
    boolean durable,
    int leastQuorum,
    int keys,
    int startQuorum,
    LeaderLimits limits,
    long settleNanos,
    long leaseNanos,
    long maxLagNanos,
    long stormEvents,
    long stormNanos,
    long writeEveryNanos,
    long faultEveryNanos,
    double dropRate,
    double duplicateRate,
    double slowRate,
    boolean leaderRestarts,
    boolean forces,
    boolean wipes) {

  static final long MICRO = 1_000;
  static final long MILLI = 1_000_000;

  /** Of one request, however it is delayed. */
  static final long LINK_TIMEOUT_NANOS = 40 * MILLI;

  static final long TICK_NANOS = 2 * MILLI;

  /** Most keys of one write. */
  static final int MOST_KEYS = 5;

  /** What has to be gone by some time may still be there so much later. */
  static final long LATE_MILLIS = 15;

  /** Clocks run so much faster or slower than time, at most: by 4 % between two. */
  static final double MOST_RATE = 0.0195;

  static Plan draw(SplittableRandom random) {
    boolean durable = random.nextInt(4) > 0;
    int followers = durable ? random.nextInt(2, 6) : random.nextInt(3, 6);
    boolean calmNetwork = random.nextInt(4) == 0;
    boolean longSnapshots = random.nextInt(4) == 0;
    boolean leaderRestarts = !durable && random.nextInt(5) < 2;
    return new Plan(
        followers,
        durable,
        durable && random.nextInt(3) == 0 ? random.nextInt(1, followers + 1) : 1,
        longSnapshots ? random.nextInt(15, 40) : random.nextInt(3, 12),
        random.nextInt(0, followers + 1),
        drawLimits(random, longSnapshots),
        random.nextInt(3) == 0 ? 200 * MICRO : random.nextLong(20 * MILLI),
        random.nextInt(2) == 0 ? 40 * MILLI : random.nextLong(20 * MILLI, 250 * MILLI),
        random.nextInt(4) == 0 ? 0 : random.nextLong((random.nextInt(4) == 0 ? 10 : 3) * MILLI),
        random.nextLong(2_000, 3_500),
        durable ? random.nextLong(300 * MILLI, 900 * MILLI) : leaderRestarts ? 200 * MILLI : 0,
        random.nextLong(100 * MICRO, 800 * MICRO),
        random.nextLong(8 * MILLI, 60 * MILLI),
        calmNetwork ? 0.001 : random.nextDouble(0.05),
        calmNetwork ? 0 : random.nextDouble(0.2),
        calmNetwork ? 0.01 : random.nextDouble(0.1),
        leaderRestarts,
        random.nextInt(6) == 0,
        durable && random.nextInt(2) == 0);
  }

  /**
   * With long snapshots, many chunks go beside the writes of a small backlog, and tombstones must
   * go early.
   */
  private static LeaderLimits drawLimits(SplittableRandom random, boolean longSnapshots) {
    boolean smallStore = !longSnapshots && random.nextInt(6) == 0;
    boolean smallBacklog = longSnapshots || random.nextInt(3) > 0;
    return new LeaderLimits(
        smallStore ? random.nextLong(600, 2_500) : 1 << 24,
        smallBacklog ? random.nextLong(800, 4_000) : 64 * 1024,
        random.nextInt(6, 60),
        random.nextLong(3_000, 20_000),
        random.nextInt(2, 20),
        random.nextInt(3, 40),
        random.nextLong(800, 8_000),
        longSnapshots ? 100 : random.nextInt(100, 500),
        longSnapshots || random.nextBoolean() ? random.nextInt(0, 3) : 1_000,
        random.nextInt(4) == 0 ? random.nextInt(2, 8) : 1_000,
        random.nextLong(20, random.nextBoolean() ? 100 : 400),
        LINK_TIMEOUT_NANOS,
        10 * MILLI,
        40 * MILLI);
  }

  int nodes() {
    return followers + 1;
  }

  /** As the design says. */
  int grantsNeeded() {
    return Math.max(followers - leastQuorum + 1, nodes() / 2 + 1);
  }
}
