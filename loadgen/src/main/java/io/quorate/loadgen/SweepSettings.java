package io.quorate.loadgen;

import io.quorate.charts.Sweep;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a sweep was asked for.
 *
 * @param leader the running cluster to load, or null for one of our own
 * @param followers of a cluster of our own
 * @param quorums the write quorums as they were given, checked only against the followers of a
 *     cluster of our own; or null for all that there are
 * @param rate requests per second of an open loop; null exactly when the loop is closed
 * @param arrivals null exactly when the loop is closed
 * @param quota of the measured part of each pass
 * @param warmupLimit the longest that a warm-up takes
 * @param connections of the loaded passes, or of the open ones
 * @param baseline whether there are passes at zero lag; null: where the cluster is our own
 * @param delays of a cluster of our own
 * @param timeout how long the leader may take to confirm a write
 */
record SweepSettings(
    @Nullable NodeUrl leader,
    int followers,
    @Nullable String quorums,
    @Nullable Double rate,
    Sweep.@Nullable Arrivals arrivals,
    Quota quota,
    Duration warmupLimit,
    int connections,
    Mix mix,
    Workload workload,
    int rounds,
    @Nullable Boolean baseline,
    DelayRange delays,
    Path out,
    Duration timeout) {

  /** Of the first warm-up, where it goes at full speed. */
  static final int OPENING_LANES = 20;

  /** Whether the first warm-up may load the cluster with more than the sweep was asked for. */
  boolean opensAtFullSpeed() {
    return leader == null || rate == null;
  }

  Sweep.Mode mode() {
    return rate == null ? Sweep.Mode.CLOSED : Sweep.Mode.OPEN;
  }

  /** A rate is for an open loop alone; without one both closed loops are of interest. */
  List<Sweep.Load> loads() {
    return rate == null ? List.of(Sweep.Load.LIGHT, Sweep.Load.LOADED) : List.of(Sweep.Load.OPEN);
  }

  /**
   * @param injectsLag whether there is a lag that a baseline can be without
   */
  boolean hasBaseline(boolean injectsLag) {
    boolean wanted = baseline == null ? leader == null : baseline;
    return wanted && injectsLag;
  }

  /**
   * How long all nodes are warmed up before the first pass, steady or not: they compile what is
   * hot, and a first plateau is not yet the last one.
   */
  Duration openingWarmup() {
    return warmupLimit.multipliedBy(2);
  }

  /** How the nodes are warmed up, for a reader. */
  String warmup() {
    return warmupLimit.isZero()
        ? "none"
        : "first "
            + (opensAtFullSpeed()
                ? "a closed loop of " + OPENING_LANES + " connections"
                : "the load of the first pass")
            + " for "
            + Flags.shown(openingWarmup())
            + ", then before each pass its own load until three windows of 0.5 s in a row are"
            + (arrivals == Sweep.Arrivals.POISSON
                ? " as even as random arrivals allow"
                : " less than 5 % apart")
            + ", at most "
            + Flags.shown(warmupLimit);
  }
}
