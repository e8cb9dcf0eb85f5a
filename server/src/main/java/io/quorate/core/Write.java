package io.quorate.core;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What one request has put and deleted, on its way to its quorum: as a rule one mutation, or
 * several with consecutive versions, which are one all the way. Owned by the leader's loop.
 */
public final class Write {

  private final List<Mutation> mutations;

  /** Of the last of them. */
  private final long version;

  private final int required;
  private final long deadlineNanos;

  /** Bit f is set when follower f has acknowledged it. Kept while the write is not confirmed. */
  private long acknowledgedBy;

  /** Its neighbours in {@link PendingWrites}, and the next of its slot there. */
  @Nullable Write older;

  @Nullable Write newer;
  @Nullable Write nextInSlot;

  /** So many had acknowledged it once, whoever has it now. */
  private int onceAcknowledged;

  /** Whose acknowledgement was the last that it needed, when it has its quorum. */
  private int completedBy;

  private boolean overdue;

  /** Once so much is settled there, it is on the leader's own disk. */
  private long diskPosition;

  private @Nullable Waiter waiter;

  /** Who else waits for it: requests that repeat the one that asked for it. */
  private Set<RepeatedWrites.Repeat> repeats = Set.of();

  /**
   * @param mutations at least one, of the same epoch, in the order of their versions
   */
  Write(List<Mutation> mutations, int required, long deadlineNanos, Waiter waiter) {
    this.mutations = mutations;
    this.version = mutations.get(mutations.size() - 1).version();
    this.required = required;
    this.deadlineNanos = deadlineNanos;
    this.waiter = waiter;
  }

  /** In the order of their versions; at least one. */
  public List<Mutation> mutations() {
    return mutations;
  }

  /** The last of them: who has acknowledged it has acknowledged all. */
  public Mutation last() {
    return mutations.get(mutations.size() - 1);
  }

  /** Of the last mutation. */
  public long version() {
    return version;
  }

  long firstVersion() {
    return version + 1 - mutations.size();
  }

  /** The mutations from this version on, which is one of them. */
  List<Mutation> from(long version) {
    int before = (int) (version - firstVersion());
    return before == 0 ? mutations : mutations.subList(before, mutations.size());
  }

  int sizeBytes() {
    int bytes = 0;
    for (Mutation mutation : mutations) {
      bytes += mutation.sizeBytes();
    }
    return bytes;
  }

  /** Follower acknowledgements that confirm it. */
  public int required() {
    return required;
  }

  /** Followers that had acknowledged it when it was confirmed, or have by now when it is not. */
  public int acknowledgements() {
    return Math.max(Long.bitCount(acknowledgedBy), onceAcknowledged);
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

  /**
   * Of one that is not pending here: who is known to have it.
   *
   * @param followers bit f is set where follower f has it now
   * @param hadQuorum whether its quorum has had it at some time
   */
  void heldBy(long followers, boolean hadQuorum) {
    acknowledgedBy = followers;
    onceAcknowledged = hadQuorum ? required : 0;
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

  /** Those that repeat it and wait for it, too, as they came; a list of its own. */
  List<RepeatedWrites.Repeat> repeats() {
    return List.copyOf(repeats);
  }

  void join(RepeatedWrites.Repeat repeat) {
    if (repeats.isEmpty()) {
      repeats = new LinkedHashSet<>();
    }
    repeats.add(repeat);
  }

  void leave(RepeatedWrites.Repeat repeat) {
    repeats.remove(repeat);
  }
}
