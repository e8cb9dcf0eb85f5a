package io.quorate.core;

/**
 * Who asked for a write. Exactly one of {@link #answered} and {@link #refused} is called, once. All
 * are called on the leader's loop, and must not call the leader back from within.
 */
public interface Waiter {

  /** Nobody waits. */
  Waiter NOBODY =
      new Waiter() {
        @Override
        public void answered(Write write, Answer answer) {}

        @Override
        public void refused(Refusal refusal) {}
      };

  /** How a write that got a version ended for the one who asked for it. */
  enum Answer {
    /** Its quorum has it. */
    CONFIRMED,
    /** Its deadline passed first: it is still being replicated and may yet be confirmed. */
    UNCONFIRMED,
    /** The leader stopped leading: nobody here will know. */
    UNKNOWN
  }

  /**
   * The request repeats one whose write was given, and will be answered as that one's. Called
   * before that, at most once.
   */
  default void repeats() {}

  /** The write got a version, and this is how waiting for its quorum ended. */
  void answered(Write write, Answer answer);

  /** The write got no version and left no trace. */
  void refused(Refusal refusal);
}
