package io.quorate.core;

/**
 * How a promotion ended.
 *
 * @param reason why it did not come to lead and serve; empty when it did
 * @param grants nodes that granted, or could have, where it was refused
 * @param needed how many would have had to
 * @param reign what it leads; {@link Reign#NONE} when it does not
 */
public record PromotionOutcome(Kind kind, String reason, int grants, int needed, Reign reign) {

  /** The ways in which it can end. */
  public enum Kind {
    /** It leads, and serves. */
    DONE,
    /** Something stands in the way. */
    REFUSED,
    /** The time was over first. */
    TIMED_OUT
  }

  static PromotionOutcome done(Reign reign) {
    return new PromotionOutcome(Kind.DONE, "", 0, 0, reign);
  }

  static PromotionOutcome refused(String reason, int grants, int needed) {
    return new PromotionOutcome(Kind.REFUSED, reason, grants, needed, Reign.NONE);
  }

  static PromotionOutcome timedOut(String reason) {
    return new PromotionOutcome(Kind.TIMED_OUT, reason, 0, 0, Reign.NONE);
  }
}
