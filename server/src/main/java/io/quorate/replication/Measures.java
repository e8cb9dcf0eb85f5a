package io.quorate.replication;

import io.quorate.core.LeaderLoad;
import io.quorate.log.LogCounts;
import io.quorate.metrics.DurationCounts;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is measured of a node at one moment, beside its status.
 *
 * @param log null where nothing is on disk
 * @param leader null on a follower
 */
public record Measures(NodeStatus status, @Nullable OfLog log, @Nullable OfLeader leader) {

  /**
   * Of the log.
   *
   * @param roomBytes that surely still fit, without what is kept for other than writes
   */
  public record OfLog(LogCounts counts, long roomBytes) {}

  /**
   * Of a leader.
   *
   * @param confirmationLagNanos how long ago the oldest write that is not confirmed was given, to a
   *     tick; 0 when there is none
   * @param followers in the order of the status
   */
  public record OfLeader(LeaderLoad load, long confirmationLagNanos, List<OfFollower> followers) {}

  /**
   * Of a follower, as its leader knows it.
   *
   * @param address host and port of its URL, which no two followers share
   * @param connected whether it counts for writes
   * @param lagNanos how long ago the oldest write that it has not acknowledged was given, to a
   *     tick; 0 when there is none
   * @param roundTrips of the batches sent to it since the leadership began
   */
  public record OfFollower(
      String address, boolean connected, long lagNanos, DurationCounts roundTrips) {}
}
