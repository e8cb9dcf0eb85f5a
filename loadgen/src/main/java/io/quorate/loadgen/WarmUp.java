package io.quorate.loadgen;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * When a warm-up may end: throughput has been steady over windows of half a second, but not before
 * the least time has passed, and at the latest when the limit has.
 */
final class WarmUp implements BooleanSupplier {
  private static final double WINDOW_SECONDS = 0.5;

  private final PassRecording recording;
  private final Duration least;
  private final Duration limit;
  private final SteadyState steadyState;
  private final long startNanos = System.nanoTime();
  private long windowStartNanos = startNanos;
  private long countBefore;

  WarmUp(PassRecording recording, Duration least, Duration limit, boolean randomArrivals) {
    this.recording = recording;
    this.least = least;
    this.limit = limit;
    this.steadyState = new SteadyState(randomArrivals);
  }

  @Override
  public boolean getAsBoolean() {
    long nowNanos = System.nanoTime();
    long elapsedNanos = nowNanos - startNanos;
    double windowSeconds = (nowNanos - windowStartNanos) / 1e9;
    if (windowSeconds >= WINDOW_SECONDS) {
      long count = recording.count();
      steadyState.add(count - countBefore, windowSeconds);
      countBefore = count;
      windowStartNanos = nowNanos;
    }
    return elapsedNanos >= limit.toNanos()
        || (elapsedNanos >= least.toNanos() && steadyState.isSteady());
  }
}
