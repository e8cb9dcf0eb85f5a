package io.quorate.loadgen;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a sweep was asked for.
 *
 * @param leader the running cluster to load, or null for one of our own
 * @param followers of a cluster of our own
 * @param quorums the write quorums as they were given, checked only against the followers of a
 *     cluster of our own; or null for all that there are
 * @param writes measured writes of each pass
 * @param warmup writes before each pass that are not measured
 * @param connections of the loaded passes
 * @param delays of a cluster of our own
 * @param timeout how long the leader may take to confirm a write
 */
record SweepSettings(
    @Nullable NodeUrl leader,
    int followers,
    @Nullable String quorums,
    int writes,
    int warmup,
    int connections,
    Workload workload,
    DelayRange delays,
    Path out,
    Duration timeout) {
  /** How many warm-ups of a pass there are before the first pass and its own. */
  static final int OPENING_WARMUP_TIMES = 30;

  /** Writes before the first pass, and before its warm-up, that are not measured. */
  int openingWarmup() {
    return Math.multiplyExact(warmup, OPENING_WARMUP_TIMES);
  }
}
