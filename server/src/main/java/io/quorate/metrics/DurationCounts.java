package io.quorate.metrics;

import java.util.stream.LongStream;

/**
 * {@link Durations} at one moment.
 *
 * @param boundsNanos greatest nanoseconds of each bucket but the last
 * @param buckets how many fell into each, one more than there are bounds
 * @param sumNanos of all
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record DurationCounts(long[] boundsNanos, long[] buckets, long sumNanos) {

  /** How many there were. */
  public long count() {
    return LongStream.of(buckets).sum();
  }
}
