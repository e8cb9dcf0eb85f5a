package io.quorate.core;

/**
 * The word that a follower gives its leader with each answer to a heartbeat: to grant nobody else
 * an epoch for a while. The leader counts from the moment at which it sent the heartbeat, the
 * follower from its answer, and longer by a margin: the lease is over here only after it is over
 * there, as long as the two clocks' rates differ by less than the margin.
 */
final class Lease {

  /** One part in so many: the most by which the rates of two nodes' clocks may differ. */
  private static final int RATE_PART = 20;

  private Leadership holder = Leadership.NONE;
  private long untilNanos;

  /**
   * An earlier process of this node may have given its word just before this one began.
   *
   * @param mayBeGiven whether there was an earlier process that can have answered a leader
   */
  Lease(long leaseNanos, long startNanos, boolean mayBeGiven) {
    untilNanos = mayBeGiven ? startNanos + withMargin(leaseNanos) : startNanos;
  }

  /** So much later, by whatever clock, it is over by the clock of whoever counts on it. */
  static long withMargin(long leaseNanos) {
    return leaseNanos + leaseNanos / RATE_PART;
  }

  void renew(Leadership leader, long leaseNanos, long nowNanos) {
    holder = leader;
    untilNanos = Math.max(untilNanos, nowNanos + withMargin(leaseNanos));
  }

  /** Nobody counts on it any more. */
  void end(long nowNanos) {
    holder = Leadership.NONE;
    untilNanos = nowNanos;
  }

  /** Whether nobody counts on it any more; {@code released} does not. */
  boolean isOver(Leadership released, long nowNanos) {
    return leftNanos(nowNanos) == 0
        || (!released.equals(Leadership.NONE) && released.equals(holder));
  }

  /** 0 when it is over. */
  long leftNanos(long nowNanos) {
    return Math.max(0, untilNanos - nowNanos);
  }
}
