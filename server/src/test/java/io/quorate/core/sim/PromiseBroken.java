package io.quorate.core.sim;

/** The oracle's complaint. */
final class PromiseBroken extends AssertionError {

  private static final long serialVersionUID = 1;

  /** Which of the promises of the design, by its subject. */
  enum Promise {
    /** A write answered 200 with w is on w followers, and stays. */
    CONFIRMED_IS_HELD,
    /** All through the applied version is in the follower's store, or newer. */
    APPLIED_IS_A_PREFIX,
    /** Older never overwrites newer; nothing held vanishes. */
    NEWER_STAYS,
    /** Stores hold what was written and nothing else. */
    ONLY_WHAT_WAS_WRITTEN,
    /** A confirmed read returns what reached its quorum, and never an older state. */
    CONFIRMED_READS,
    /** All through the confirmed version reached its quorum; it never goes back. */
    CONFIRMED_IS_A_PREFIX,
    /**
     * A write is carried out only where its condition holds, and refused only where it does not.
     */
    CONDITIONS,
    /** A value ends when its time is over, by its leader's clock, and not before. */
    ENDS,
    /** What was written as one is there wholly or not at all. */
    TOGETHER,
    /** A marked write is carried out once. */
    ONCE,
    /** Who has a node wait for a write sees it there. */
    OWN_WRITES,
    /** A watch is told every confirmed write once, in order, and nothing else. */
    WATCHED,
    /** One answer for each write; unconfirmed not before the deadline. */
    ANSWERS,
    /** Whoever completed a quorum is counted for it, and nobody else. */
    COMPLETIONS,
    /** All nodes come level when faults are over. */
    CONVERGENCE,
    /** Data of another leadership are neither merged nor wiped nor led over. */
    OTHER_LEADERSHIP,
    /** A listing shows the keys that have a value, in byte order, and no other. */
    LISTED,
    /** Backlog, windows, sets of versions are bounded. */
    LIMITS,
    /** A confirmed write is in the state of every later clean leadership. */
    CONFIRMED_STAYS,
    /** What is answered has been settled by the disk. */
    SETTLED_FIRST,
    /** A disk gives back what it has settled. */
    RECOVERY,
    /** While a leader may serve confirmed reads nobody else begins to lead. */
    LEASE,
    /** A node that has granted an epoch acknowledges nothing of an older one. */
    OLDER_REFUSED,
    /** A node grants an epoch once. */
    GRANTED_ONCE,
    /** Enough nodes that lack nothing grant a leadership. */
    GRANTS_NEEDED,
    /** An epoch has one leadership. */
    ONE_LEADERSHIP,
    /** A leadership begins above all versions that it takes over. */
    VERSIONS_RISE,
    /** Who has entered an epoch holds nothing that its leader did not. */
    ENTERED_EXACTLY,
    /** Nothing is served before enough followers have entered. */
    ENTERED_BEFORE_SERVICE,
    /** What the outbox asks of its caller. */
    OUTBOX
  }

  private final Promise promise;

  PromiseBroken(Promise promise, String message) {
    super(promise + ": " + message);
    this.promise = promise;
  }

  Promise promise() {
    return promise;
  }
}
