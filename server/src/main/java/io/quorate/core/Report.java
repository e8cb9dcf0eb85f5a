package io.quorate.core;

/**
 * A node's answer to whatever a leader, or one that wants to lead, has sent.
 *
 * @param life who answers
 * @param leadership which epoch it has entered, {@link Leadership#NONE} when none yet
 * @param granted refuses every epoch below this one
 * @param appliedVersion all through it applied
 * @param lastVersion newest version seen; 0 means that it holds nothing
 * @param whole whether it holds all that it ever acknowledged
 * @param leading whether it leads itself
 * @param leaseLeftNanos how long it still grants nothing, for a leader counts on that
 * @param install how far a snapshot has come that is arriving
 * @param acknowledged the mutations of an append that it has applied, or holds something newer in
 *     place of
 */
public record Report(
    Verdict verdict,
    Life life,
    Leadership leadership,
    Leadership granted,
    long appliedVersion,
    long lastVersion,
    boolean whole,
    boolean leading,
    long leaseLeftNanos,
    Install install,
    VersionRanges acknowledged) {

  /** What the node made of the request. */
  public enum Verdict {
    ACCEPTED,
    /** It was meant for another incarnation or boot. */
    OTHER_LIFE,
    /**
     * The node has granted a newer epoch, or this one to another; or it has not entered it, or
     * holds another leadership's mutations.
     */
    OTHER_LEADERSHIP,
    /** A chunk of a snapshot that the node is not waiting for. */
    OTHER_SNAPSHOT,
    /** A leader may still count on this node: it grants nothing yet. */
    LEASED,
    /** Its cluster has another least write quorum. */
    OTHER_FLOOR,
    /** Its cluster has another lease, or none, for its nodes have no disks. */
    OTHER_LEASE,
    /** Its disk has no room. */
    NO_ROOM
  }

  /**
   * A snapshot that is arriving.
   *
   * @param attempt which one; 0 when none is
   * @param nextNumber number of the chunk that is waited for
   */
  public record Install(long attempt, int nextNumber) {
    public static final Install NONE = new Install(0, 0);
  }

  /** Of a node that has entered and granted the same leadership. */
  public Report(
      Verdict verdict,
      Life life,
      Leadership leadership,
      long appliedVersion,
      long lastVersion,
      VersionRanges acknowledged) {
    this(
        verdict,
        life,
        leadership,
        leadership,
        appliedVersion,
        lastVersion,
        true,
        false,
        0,
        Install.NONE,
        acknowledged);
  }

  /** The same, of a node that leads. */
  Report ofLeader() {
    return new Report(
        verdict,
        life,
        leadership,
        granted,
        appliedVersion,
        lastVersion,
        whole,
        true,
        leaseLeftNanos,
        install,
        acknowledged);
  }

  /** Whether the node holds nothing. */
  public boolean isEmpty() {
    return lastVersion == 0;
  }

  /** Whether the node has never entered an epoch. */
  boolean isBlank() {
    return leadership.equals(Leadership.NONE);
  }

  /**
   * Whether it counts for who asks for grants: it is of the same cluster, and lacks nothing that it
   * acknowledged.
   */
  boolean counts() {
    if (verdict == Verdict.OTHER_FLOOR || verdict == Verdict.OTHER_LEASE) {
      return false;
    }
    return whole && !isBlank();
  }

  /** What the node holds, in words. */
  String holds() {
    return isEmpty()
        ? "holds nothing"
        : "holds mutations through " + new Token(leadership.epoch(), lastVersion);
  }
}
