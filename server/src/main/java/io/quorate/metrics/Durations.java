package io.quorate.metrics;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * How often something took how long, in fixed buckets. Written by one thread at a time, which is
 * why adding takes no locked instruction; read by any.
 */
public final class Durations {

  /** Greatest nanoseconds of each bucket but the last, which takes all that is longer. */
  private static final long[] BOUNDS_NANOS = {
    50_000L,
    100_000L,
    250_000L,
    500_000L,
    1_000_000L,
    2_500_000L,
    5_000_000L,
    10_000_000L,
    25_000_000L,
    50_000_000L,
    100_000_000L,
    250_000_000L,
    500_000_000L,
    1_000_000_000L,
    2_500_000_000L,
    5_000_000_000L,
    10_000_000_000L
  };

  /** Where the sum stands: behind the buckets. */
  private static final int SUM = BOUNDS_NANOS.length + 1;

  private final AtomicLongArray cells = new AtomicLongArray(SUM + 1);

  /** One more; less than 0 is taken for 0. */
  public void add(long nanos) {
    long took = Math.max(0, nanos);
    int bucket = 0;
    while (bucket < BOUNDS_NANOS.length && took > BOUNDS_NANOS[bucket]) {
      bucket++;
    }
    increase(bucket, 1);
    increase(SUM, took);
  }

  private void increase(int cell, long by) {
    cells.lazySet(cell, cells.getPlain(cell) + by);
  }

  /** All that were added by now; one that is just being added may be in the sum or not. */
  public DurationCounts counts() {
    long[] buckets = new long[SUM];
    for (int bucket = 0; bucket < SUM; bucket++) {
      buckets[bucket] = cells.get(bucket);
    }
    return new DurationCounts(BOUNDS_NANOS.clone(), buckets, cells.get(SUM));
  }
}
