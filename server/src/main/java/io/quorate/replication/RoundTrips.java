package io.quorate.replication;

import io.quorate.metrics.DurationCounts;
import io.quorate.metrics.Durations;
import io.quorate.replication.NodeStatus.RoundTrip;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * How long batches of appends take on one link: from the moment the last byte of a batch was handed
 * to the socket to the moment the leader's loop takes its answer up. That is the network both ways,
 * the follower, and the wait for this loop; not the injected delay, and not the wait for a free
 * connection, both of which are over when the batch is handed to the socket.
 *
 * <p>A batch counts once, however many writes are in it, when the follower answers with a report,
 * whatever the report says. A batch whose answer is lost, or comes too late, counts for nothing; so
 * does an answer that comes before the whole batch is sent. Batches are sent by a node that leads
 * alone, and a node leads once in its life, so all counts belong to one leadership.
 *
 * <p>Owned by the leader's loop. Exact to half a microsecond, or a thousandth of the value.
 */
final class RoundTrips {

  private static final double NANOS_PER_MICRO = 1_000.0;

  private final Histogram nanos =
      new Histogram(TimeUnit.MICROSECONDS.toNanos(1), TimeUnit.MINUTES.toNanos(1), 3);

  /** The same, in buckets, of which those of several nodes add up; percentiles do not. */
  private final Durations durations = new Durations();

  /** A batch was answered; more than a minute is taken for a minute. */
  void answered(long sentNanos, long nowNanos) {
    durations.add(nowNanos - sentNanos);
    nanos.recordValue(Math.min(nowNanos - sentNanos, nanos.getHighestTrackableValue()));
  }

  DurationCounts counts() {
    return durations.counts();
  }

  RoundTrip summary() {
    return new RoundTrip(
        nanos.getTotalCount(),
        nanos.getValueAtPercentile(50) / NANOS_PER_MICRO,
        nanos.getValueAtPercentile(90) / NANOS_PER_MICRO,
        nanos.getValueAtPercentile(99) / NANOS_PER_MICRO,
        nanos.getMaxValue() / NANOS_PER_MICRO);
  }
}
