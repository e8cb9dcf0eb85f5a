package io.quorate.core;

/**
 * How a handover of the leadership ended.
 *
 * @param reason why this node leads on, or nobody does; empty when the follower leads
 * @param epoch of the follower that leads; 0 when it does not
 * @param pausedNanos how long writes waited
 */
public record HandoverOutcome(Kind kind, String reason, long epoch, long pausedNanos) {

  /** The ways in which it can end. */
  public enum Kind {
    /** The follower leads. */
    DONE,
    /** This node leads on. */
    REFUSED,
    /** The time was over when the follower had been asked: it may take over yet. */
    UNKNOWN
  }

  static HandoverOutcome done(long epoch, long pausedNanos) {
    return new HandoverOutcome(Kind.DONE, "", epoch, pausedNanos);
  }

  static HandoverOutcome refused(String reason) {
    return new HandoverOutcome(Kind.REFUSED, reason, 0, 0);
  }

  static HandoverOutcome unknown(String reason) {
    return new HandoverOutcome(Kind.UNKNOWN, reason, 0, 0);
  }
}
