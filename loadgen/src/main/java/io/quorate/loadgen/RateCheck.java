package io.quorate.loadgen;

/**
 * Whether an open loop's requests were answered as fast as they were due, within 1 %: 99 % of them
 * had been answered as they should be when the last one was due, or no more than a usual latency
 * later. Where the nodes carry less than the rate, the requests that wait become more until the
 * end, and far more than that.
 */
final class RateCheck {
  /** What {@link #settledNanos} is when so many never were answered as they should be. */
  static final long NEVER = Long.MAX_VALUE;

  /**
   * The latency at this percentile is the usual one: where the requests that wait become more and
   * more, a tenth of what they waited at the end, too little to hide a shortfall.
   */
  static final double USUAL_PERCENTILE = 10;

  private static final double SHARE = 0.99;

  /** Above the latency, for the timer that told that the last request was due. */
  private static final long SLACK_NANOS = 2_000_000;

  private long started;
  private long succeeded;
  private long lastStartNanos;
  private boolean scheduleEnded;
  private long settledNanos = NEVER;

  /** A request started, which was due at {@code intendedNanos}. */
  void started(long intendedNanos) {
    started++;
    lastStartNanos = intendedNanos;
  }

  void ended(boolean asItShouldBe, long nowNanos) {
    if (asItShouldBe) {
      succeeded++;
    }
    look(nowNanos);
  }

  /** No further request starts. */
  void scheduleEnded(long nowNanos) {
    scheduleEnded = true;
    look(nowNanos);
  }

  private void look(long nowNanos) {
    if (scheduleEnded && settledNanos == NEVER && succeeded >= SHARE * started) {
      settledNanos = nowNanos - lastStartNanos;
    }
  }

  /** From the last intended start until 99 % had been answered as they should be. */
  long settledNanos() {
    return settledNanos;
  }

  /**
   * @param usualNanos the latency of the requests at {@link #USUAL_PERCENTILE}
   */
  static boolean isReached(long settledNanos, long usualNanos) {
    return settledNanos != NEVER && settledNanos <= usualNanos + SLACK_NANOS;
  }
}
