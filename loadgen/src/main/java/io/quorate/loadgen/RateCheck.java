package io.quorate.loadgen;

/**
 * Whether an open loop's requests were answered as fast as they were due, within 1 %. Where the
 * nodes carry less than the rate, each request waits longer than the one before it: latency grows
 * along the run, by the share that is missing of each second. So the rate is reached when 99 % of
 * the requests were answered as they should be, and the line through their latencies rises by no
 * more than 1 % of the time, beyond what chance makes of latencies that lie so far apart. Takes no
 * memory for a request.
 */
final class RateCheck {
  private static final double SHARE = 0.99;

  /** So many standard errors of the slope are chance. */
  private static final double STANDARD_ERRORS = 3;

  /** A rise in all that is none: a node that becomes slower once by that much keeps up. */
  private static final double SLACK_SECONDS = 2e-3;

  private static final int FEWEST = 3;
  private static final double NANOS_PER_SECOND = 1e9;

  private long started;
  private long succeeded;
  private double lastStart;

  // Welford's running moments of intended start and latency, seconds.
  private double meanStart;
  private double meanLatency;
  private double startSquares;
  private double latencySquares;
  private double products;

  /** A request was due. */
  void started() {
    started++;
  }

  /**
   * A request was answered as it should be.
   *
   * @param intendedNanos when it was due, from the start of the schedule
   * @param nowNanos by the same clock
   */
  void succeeded(long intendedNanos, long nowNanos) {
    succeeded++;
    double start = intendedNanos / NANOS_PER_SECOND;
    double latency = (nowNanos - intendedNanos) / NANOS_PER_SECOND;
    double startBefore = start - meanStart;
    double latencyBefore = latency - meanLatency;
    meanStart += startBefore / succeeded;
    meanLatency += latencyBefore / succeeded;
    startSquares += startBefore * (start - meanStart);
    latencySquares += latencyBefore * (latency - meanLatency);
    products += startBefore * (latency - meanLatency);
    lastStart = Math.max(lastStart, start);
  }

  /** Of the requests so far. */
  boolean isReached() {
    if (succeeded < SHARE * started) {
      return false;
    }
    if (succeeded < FEWEST || startSquares == 0) {
      return true;
    }
    double slope = products / startSquares;
    double unexplained = Math.max(0, latencySquares - slope * products);
    double standardError = Math.sqrt(unexplained / (succeeded - 2) / startSquares);
    double slack = SLACK_SECONDS / lastStart;
    return slope <= 1 / SHARE - 1 + STANDARD_ERRORS * standardError + slack;
  }
}
