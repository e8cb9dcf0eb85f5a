package io.quorate.core.sim;

import io.quorate.core.LeaderLimits;
import java.util.SplittableRandom;

/**
 * What one seed is about: how large the cluster is, how small its limits, how bad its network.
 *
 * @param keys few, so that writes meet
 * @param stormEvents events before faults and writes end, at least
 * @param writeEveryNanos mean time between requests of clients
 * @param faultEveryNanos mean time between cuts, pauses and crashes
 * @param leaderRestarts whether the leader crashes too, and an operator acts as the README says
 */
record Plan(
    int followers,
    int keys,
    int startQuorum,
    LeaderLimits limits,
    long minLagNanos,
    long maxLagNanos,
    long stormEvents,
    long writeEveryNanos,
    long faultEveryNanos,
    double dropRate,
    double duplicateRate,
    double slowRate,
    boolean leaderRestarts) {

  static final long MICRO = 1_000;
  static final long MILLI = 1_000_000;

  /** Of one request, however it is delayed. */
  static final long LINK_TIMEOUT_NANOS = 40 * MILLI;

  static final long TICK_NANOS = 2 * MILLI;

  static Plan draw(SplittableRandom random) {
    int followers = random.nextInt(3, 6);
    boolean calmNetwork = random.nextInt(4) == 0;
    boolean longSnapshots = random.nextInt(4) == 0;
    return new Plan(
        followers,
        longSnapshots ? random.nextInt(15, 40) : random.nextInt(3, 12),
        random.nextInt(0, followers + 1),
        drawLimits(random, longSnapshots),
        0,
        random.nextInt(4) == 0 ? 0 : random.nextLong((random.nextInt(4) == 0 ? 10 : 3) * MILLI),
        random.nextLong(2_000, 3_500),
        random.nextLong(100 * MICRO, 800 * MICRO),
        random.nextLong(8 * MILLI, 60 * MILLI),
        calmNetwork ? 0.001 : random.nextDouble(0.05),
        calmNetwork ? 0 : random.nextDouble(0.2),
        calmNetwork ? 0.01 : random.nextDouble(0.1),
        random.nextInt(5) == 0);
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
        LINK_TIMEOUT_NANOS,
        10 * MILLI,
        40 * MILLI);
  }
}
