package io.quorate.core;

import java.util.ArrayDeque;
import java.util.function.Consumer;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * All that a leader has given a version to: in its store, in the backlog, and, until the quorum has
 * it, pending. Counts acknowledgements and confirms.
 */
final class GivenWrites {

  private final NodeState state;
  private final Store store;

  /** The node's own: what it holds of earlier epochs is in it too. */
  private final Backlog backlog;

  private final PendingWrites pending = new PendingWrites();
  private final UnmetConditions unmet;
  private Consumer<Mutation> confirmed = mutation -> {};
  private final Completions completions;
  private final int tombstoneLimit;

  /** Given, and not known to be on this node's disk; oldest first. */
  private final ArrayDeque<Write> unsettled = new ArrayDeque<>();

  private long settledPosition;

  /** All that is given is above it. */
  private final long base;

  /** Whether what was taken over counts as confirmed. */
  private boolean serves;

  /** Tombstones at or below it are gone here and may go elsewhere. Never goes back. */
  private long tombstoneFloor;

  /** Begins to give versions above all that the state holds. */
  GivenWrites(NodeState state, LeaderLimits limits, int followers) {
    this.state = state;
    this.store = state.store();
    this.tombstoneFloor = state.collected();
    this.backlog = state.history().backlog();
    this.base = state.lastVersion();
    this.unmet = new UnmetConditions(store);
    this.completions = new Completions(followers);
    this.tombstoneLimit = limits.tombstones();
  }

  /**
   * Whether the write's condition holds of the newest that was given of its key. If not it is
   * refused, as soon as what it saw is certain.
   */
  boolean meets(WriteRequest asked) {
    if (asked.condition().isNone()) {
      return true;
    }
    Entry newest = store.newest(asked.key());
    if (asked.condition().holds(newest)) {
      return true;
    }
    if (newest == null || !isPending(newest)) {
      asked.waiter().refused(UnmetConditions.refusal(store, asked.key()));
    } else {
      unmet.add(asked, newest.version());
    }
    return false;
  }

  private boolean isPending(Entry entry) {
    return entry.epoch() == state.reign().leadership().epoch()
        && pending.get(entry.version()) != null;
  }

  /** Gives the next version. */
  Write give(WriteRequest asked, long epoch) {
    Mutation mutation = new Mutation(asked.key(), asked.value(), epoch, backlog.last() + 1);
    Write write = new Write(mutation, asked.required(), asked.deadlineNanos(), asked.waiter());
    state.give(mutation, asked.required());
    pending.add(write);
    write.told(state.disk().position());
    if (!write.isSettled(settledPosition)) {
      unsettled.add(write);
    }
    return write;
  }

  /** Confirms the write if it waits for nothing any more. */
  void settle(Write write) {
    if (write.hasQuorum() && write.isSettled(settledPosition)) {
      confirm(write);
    }
  }

  /** What this node's disk was told through this position is settled there. */
  void onSettled(long position) {
    settledPosition = position;
    Write oldest = unsettled.peek();
    while (oldest != null && oldest.isSettled(position)) {
      unsettled.remove();
      settle(oldest);
      oldest = unsettled.peek();
    }
  }

  private void confirm(Write write) {
    pending.remove(write);
    store.confirm(write.mutation());
    if (write.required() > 0) {
      completions.count(write.required(), write.completedBy());
    }
    write.confirm();
    unmet.onConfirmed(write.mutation());
    confirmed.accept(write.mutation());
  }

  /** Tells, from now on, each mutation that is confirmed. */
  void tellConfirmed(Consumer<Mutation> told) {
    confirmed = told;
  }

  /** Answers those whose deadline has passed. */
  void expire(long nowNanos) {
    pending.expire(nowNanos);
    unmet.expire(nowNanos);
  }

  /** Answers everyone who waits: nobody here will know how it ends. */
  void abandon() {
    pending.abandon();
    unmet.abandon("this node stopped leading before it was known whether the condition holds");
  }

  /** Counts the acknowledgement of a pending write, and confirms it if that was the last needed. */
  private void acknowledge(int follower, Write write) {
    write.acknowledge(follower);
    settle(write);
  }

  /** Counts that the follower has acknowledged this version; no effect when it is not pending. */
  void acknowledge(int follower, long version) {
    Write write = pending.get(version);
    if (write != null) {
      acknowledge(follower, write);
    }
  }

  /** Counts that the follower has acknowledged all versions in (after, through]. */
  void acknowledgeBetween(int follower, long after, long through) {
    for (Write write : pending.between(after, through)) {
      acknowledge(follower, write);
    }
  }

  /** Takes back what a follower acknowledged of the writes still pending: its data are gone. */
  void withdraw(int follower) {
    for (Write write : pending.between(0, Long.MAX_VALUE)) {
      write.withdraw(follower);
    }
  }

  /**
   * Collects tombstones that every follower has acknowledged, unless an older write waits for this
   * node's disk still, and past the limit the oldest others: a follower that is below them gets the
   * delete itself from the backlog, or a snapshot.
   *
   * @param acknowledgedByAll all followers have acknowledged all through it
   * @param neededBySnapshot whether a snapshot under way has to show the delete of this version
   */
  void collectTombstones(long acknowledgedByAll, LongPredicate neededBySnapshot) {
    tombstoneFloor = Math.max(tombstoneFloor, Math.min(acknowledgedByAll, confirmedVersion()));
    state.collect(tombstoneFloor);
    Tombstones tombstones = state.tombstones();
    Mutation oldest = tombstones.oldest();
    while (oldest != null
        && tombstones.size() > tombstoneLimit
        && mayDrop(oldest)
        && !neededBySnapshot.test(oldest.version())) {
      tombstoneFloor = oldest.version();
      state.collect(tombstoneFloor);
      oldest = tombstones.oldest();
    }
  }

  /**
   * Not while the delete, or an older write of its key, is pending: that one, confirmed later,
   * would find no newer confirmed entry to stay behind, and bring the key back.
   */
  private boolean mayDrop(Mutation delete) {
    return pending.get(delete.version()) == null
        && !pending.hasOlder(delete.key(), delete.version());
  }

  NodeState state() {
    return state;
  }

  Store store() {
    return store;
  }

  Backlog backlog() {
    return backlog;
  }

  /** How many writes are still within their deadline and not answered. */
  int waiting() {
    return pending.waiting() + unmet.size();
  }

  PendingWrites pending() {
    return pending;
  }

  Completions completions() {
    return completions;
  }

  long tombstoneFloor() {
    return tombstoneFloor;
  }

  long lastVersion() {
    return backlog.last();
  }

  /** Enough followers hold what was taken over: it counts as confirmed from now on. */
  void serve(long epoch) {
    serves = true;
    store.serve(epoch);
  }

  /** All through it confirmed, as others may be told: nothing before this leader serves. */
  long toldConfirmedVersion() {
    return serves ? confirmedVersion() : 0;
  }

  /** All through it confirmed. */
  long confirmedVersion() {
    Write oldest = pending.oldest();
    return oldest == null ? backlog.last() : oldest.version() - 1;
  }

  boolean hasConfirmed(long version) {
    return version <= backlog.last() && pending.get(version) == null;
  }

  /** The mutation of this version, while it is in the backlog; else null. */
  @Nullable Mutation kept(long version) {
    Write write = backlog.holds(version) ? pending.get(version) : null;
    return write == null ? backlog.get(version) : write.mutation();
  }

  /** The given write of this version, while it is pending or in the backlog; else null. */
  @Nullable WriteView find(long version) {
    if (version <= base) {
      return null;
    }
    Write write = pending.get(version);
    if (write != null) {
      return new WriteView(write.mutation(), write.required(), false);
    }
    Mutation mutation = backlog.get(version);
    return mutation == null ? null : new WriteView(mutation, backlog.required(version), true);
  }
}
