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

  /** How the nodes are warmed up, for a reader. */
  String warmup() {
    return warmupLimit.isZero()
        ? "none"
        : "until three windows of 0.5 s in a row are less than 5 % apart, at most "
            + Flags.shown(warmupLimit);
  }
}
