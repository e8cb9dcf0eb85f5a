package io.quorate.log;

import org.HdrHistogram.Histogram;

/** How many forces there were and how long they took. Written by one thread, read by any. */
final class ForceTimes {

  private static final long LONGEST_NANOS = 60_000_000_000L;

  private final Histogram nanos = new Histogram(LONGEST_NANOS, 2);

  synchronized void add(long tookNanos) {
    nanos.recordValue(Math.max(0, Math.min(tookNanos, LONGEST_NANOS)));
  }

  synchronized Histogram copy() {
    return nanos.copy();
  }
}
