package io.quorate.replication;

import io.quorate.replication.NodeStatus.DelayError;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * The lag injected on one link: a delay drawn anew for each mutation, uniform between two bounds,
 * and how exact it turned out. Owned by the leader's loop.
 */
final class InjectedDelay {

  private static final double NANOS_PER_MICRO = 1_000.0;

  /** From the moment a mutation was due to the moment its bytes were handed to the socket. */
  private final Histogram errorNanos = new Histogram(TimeUnit.MINUTES.toNanos(1), 3);

  private final SplittableRandom random;
  private long minNanos;
  private long maxNanos;

  InjectedDelay(SplittableRandom random, Settings settings) {
    this.random = random;
    change(settings);
  }

  /** Takes effect with the next draw, and begins to measure anew. */
  void change(Settings settings) {
    minNanos = settings.minDelayNanos();
    maxNanos = settings.maxDelayNanos();
    errorNanos.reset();
  }

  /** Whether there is any lag. */
  boolean isOn() {
    return maxNanos > 0;
  }

  long drawNanos() {
    return minNanos == maxNanos ? maxNanos : random.nextLong(minNanos, maxNanos + 1);
  }

  void handedOver(long dueNanos, long nowNanos) {
    long late = Math.max(0, nowNanos - dueNanos);
    errorNanos.recordValue(Math.min(late, errorNanos.getHighestTrackableValue()));
  }

  DelayError error() {
    return new DelayError(
        errorNanos.getTotalCount(),
        errorNanos.getValueAtPercentile(50) / NANOS_PER_MICRO,
        errorNanos.getValueAtPercentile(99) / NANOS_PER_MICRO,
        errorNanos.getMaxValue() / NANOS_PER_MICRO);
  }
}
