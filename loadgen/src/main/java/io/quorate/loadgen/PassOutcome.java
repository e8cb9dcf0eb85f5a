package io.quorate.loadgen;

import org.jspecify.annotations.Nullable;

/**
 * What one pass measured.
 *
 * @param rateReached null of a closed loop
 * @param cutShort why the pass ended before its end, or null where it did not
 * @param startedMillis when the measured part began, by the wall clock
 */
record PassOutcome(
    Pass pass,
    PassRecording recording,
    double seconds,
    @Nullable Boolean rateReached,
    @Nullable String cutShort,
    long startedMillis) {

  boolean isComplete() {
    return cutShort == null;
  }
}
