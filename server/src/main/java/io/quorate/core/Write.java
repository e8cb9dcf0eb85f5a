package io.quorate.core;

import org.jspecify.annotations.Nullable;

/** A mutation on its way to its quorum. Owned by the leader's loop. */
public final class Write {

  private final Mutation mutation;
  private final int required;
  private final long deadlineNanos;

  /** Bit f is set when follower f has acknowledged it. Kept while the write is not confirmed. */
  private long acknowledgedBy;

  /** Its neighbours in {@link PendingWrites}, and the next of its slot there. */
  @Nullable Write older;

  @Nullable Write newer;
  @Nullable Write nextInSlot;

  /** Whose acknowledgement was the last that it needed, when it has its quorum. */
  private int completedBy;

  private boolean overdue;

  /** Once so much is settled there, it is on the leader's own disk. */
  private long diskPosition;

  private @Nullable Waiter waiter;

  Write(Mutation mutation, int required, long deadlineNanos, Waiter waiter) {
    this.mutation = mutation;
    this.required = required;
    this.deadlineNanos = deadlineNanos;
    this.waiter = waiter;
  }

  public Mutation mutation() {
    return mutation;
  }

  public long version() {
    return mutation.version();
  }

  /** Follower acknowledgements that confirm it. */
  public int required() {
    return required;
  }

  /** Followers that had acknowledged it when it was confirmed, or have by now when it is not. */
  public int acknowledgements() {
    return Long.bitCount(acknowledgedBy);
  }

  /** Whether its deadline passed before its quorum confirmed it. It may yet be confirmed. */
  public boolean isOverdue() {
    return overdue;
  }

  long deadlineNanos() {
    return deadlineNanos;
  }

  /** Counts a follower's acknowledgement, once however often it comes. */
  void acknowledge(int follower) {
    boolean hadQuorum = hasQuorum();
    acknowledgedBy |= 1L << follower;
    if (!hadQuorum && hasQuorum()) {
      completedBy = follower;
    }
  }

  /** Takes a follower's acknowledgement back: what it acknowledged with is gone. */
  void withdraw(int follower) {
    acknowledgedBy &= ~(1L << follower);
  }

  int completedBy() {
    return completedBy;
  }

  boolean hasQuorum() {
    return acknowledgements() >= required;
  }

  void told(long position) {
    diskPosition = position;
  }

  /** With w=0 nobody needs to have it. */
  boolean isSettled(long position) {
    return diskPosition <= position || required == 0;
  }

  void confirm() {
    answer(Waiter.Answer.CONFIRMED);
  }

  void markOverdue() {
    overdue = true;
    answer(Waiter.Answer.UNCONFIRMED);
  }

  /** Answers whoever still waits for it, once. */
  void answer(Waiter.Answer answer) {
    Waiter waiting = waiter;
    waiter = null;
    if (waiting != null) {
      waiting.answered(this, answer);
    }
  }
}
