package io.quorate.core;

/**
 * From a follower: its answer to whatever the leader sent.
 *
 * @param life who answers
 * @param leadership whom it follows, {@link Leadership#NONE} when nobody yet
 * @param appliedVersion all through it applied
 * @param lastVersion newest version seen; 0 means that it holds nothing
 * @param acknowledged the mutations of an append that it has applied, or holds something newer in
 *     place of
 */
public record Report(
    Verdict verdict,
    Life life,
    Leadership leadership,
    long appliedVersion,
    long lastVersion,
    VersionRanges acknowledged) {

  /** What the follower made of the request. */
  public enum Verdict {
    ACCEPTED,
    /** It was meant for another incarnation or boot. */
    OTHER_LIFE,
    /**
     * The follower follows another leadership, of a newer epoch or of the same, or holds another
     * one's mutations.
     */
    OTHER_LEADERSHIP,
    /** A chunk of a snapshot that the follower is not waiting for. */
    OTHER_SNAPSHOT
  }

  /** Whether the follower holds nothing. */
  public boolean isEmpty() {
    return lastVersion == 0;
  }

  /** What the follower holds, in words. */
  String holds() {
    return isEmpty()
        ? "holds nothing"
        : "holds mutations through " + new Token(leadership.epoch(), lastVersion);
  }
}
