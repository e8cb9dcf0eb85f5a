package io.quorate.core;

/**
 * Wall time as one leadership counts it: read once, when it begins, and by the monotonic clock from
 * there on, so that a clock that jumps changes nothing.
 */
record LeaderClock(long beganMillis, long beganNanos) {

  private static final long NANOS_PER_MILLI = 1_000_000;

  long millis(long nowNanos) {
    return beganMillis + (nowNanos - beganNanos) / NANOS_PER_MILLI;
  }
}
