package io.quorate.log;

/** A promise of the log was not kept. */
final class LogPromiseBroken extends AssertionError {

  private static final long serialVersionUID = 1;

  /** Which, by its subject. */
  enum Promise {
    /** What was reported settled is there after a start. */
    SETTLED_IS_KEPT,
    /** A start finds a prefix of what was told, and nothing else. */
    A_PREFIX,
    /** Only rotten bits make a start refuse. */
    STARTS,
    /** Rotten bits cost at most what was written last, or are refused. */
    ROT_IS_SEEN,
    /** After a failure nothing is settled. */
    FAILURE_IS_FINAL,
    /** What there was room for is settled without more room. */
    ROOM,
    /** When there is room again, the log goes on. */
    ROOM_COMES_BACK,
    /** After a start the end is clean. */
    TAIL_IS_CUT,
    /** Checking changes nothing and finds what a start finds. */
    VERIFY
  }

  private final Promise promise;

  LogPromiseBroken(Promise promise, String message) {
    super(promise + ": " + message);
    this.promise = promise;
  }

  Promise promise() {
    return promise;
  }

  static void check(boolean kept, Promise promise, String message) {
    if (!kept) {
      throw new LogPromiseBroken(promise, message);
    }
  }
}
