package io.quorate.core;

/**
 * How a handover of the leadership ended.
 *
 * @param reason why this node leads on, or nobody does; empty when the follower leads
 * @param epoch of the follower that leads; 0 when it does not
 * @param pausedNanos how long writes waited
 */
public record HandoverOutcome(String reason, long epoch, long pausedNanos) {

  static HandoverOutcome done(long epoch, long pausedNanos) {
    return new HandoverOutcome("", epoch, pausedNanos);
  }

  static HandoverOutcome refused(String reason) {
    return new HandoverOutcome(reason, 0, 0);
  }

  public boolean isDone() {
    return epoch > 0;
  }
}
