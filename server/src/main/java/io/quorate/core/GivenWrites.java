package io.quorate.core;

import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * All that a leader has given a version to: in its store, in the backlog, and, until the quorum has
 * it, pending. Counts acknowledgements and confirms.
 */
final class GivenWrites {

  private final Store store = new Store();
  private final Backlog backlog;
  private final PendingWrites pending = new PendingWrites();
  private final Tombstones tombstones = new Tombstones();
  private final Completions completions;
  private final int tombstoneLimit;

  /** Tombstones at or below it are gone here and may go elsewhere. Never goes back. */
  private long tombstoneFloor;

  GivenWrites(LeaderLimits limits, int followers) {
    this.backlog = new Backlog(limits.backlogBytes());
    this.completions = new Completions(followers);
    this.tombstoneLimit = limits.tombstones();
  }

  /** Gives the next version. */
  Write give(
      Key key,
      byte @Nullable [] value,
      long epoch,
      int required,
      long deadlineNanos,
      Waiter waiter) {
    Mutation mutation = new Mutation(key, value, epoch, backlog.last() + 1);
    Write write = new Write(mutation, required, deadlineNanos, waiter);
    store.give(mutation);
    if (mutation.isDelete()) {
      tombstones.add(mutation);
    }
    backlog.append(mutation, required);
    pending.add(write);
    return write;
  }

  /** Confirms the write if it needs no acknowledgement. */
  void settle(Write write) {
    if (write.hasQuorum()) {
      confirm(write);
    }
  }

  private void confirm(Write write) {
    pending.remove(write);
    store.confirm(write.mutation());
    write.confirm();
  }

  /** Counts the acknowledgement of a pending write, and confirms it if that was the last needed. */
  private void acknowledge(int follower, Write write) {
    write.acknowledge(follower);
    if (write.hasQuorum()) {
      completions.count(write.required(), follower);
      confirm(write);
    }
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
   * Collects tombstones that every follower has acknowledged, and past the limit the oldest others:
   * a follower that is below them gets the delete itself from the backlog, or a snapshot.
   *
   * @param acknowledgedByAll all followers have acknowledged all through it
   * @param neededBySnapshot whether a snapshot under way has to show the delete of this version
   */
  void collectTombstones(long acknowledgedByAll, LongPredicate neededBySnapshot) {
    tombstoneFloor = Math.max(tombstoneFloor, acknowledgedByAll);
    tombstones.collectThrough(tombstoneFloor, store);
    Mutation oldest = tombstones.oldest();
    while (oldest != null
        && tombstones.size() > tombstoneLimit
        && mayDrop(oldest)
        && !neededBySnapshot.test(oldest.version())) {
      tombstoneFloor = oldest.version();
      tombstones.collectThrough(tombstoneFloor, store);
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

  Store store() {
    return store;
  }

  Backlog backlog() {
    return backlog;
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

  /** All through it confirmed. */
  long confirmedVersion() {
    Write oldest = pending.oldest();
    return oldest == null ? backlog.last() : oldest.version() - 1;
  }

  /** The mutation of this version, while it is in the backlog; else null. */
  @Nullable Mutation kept(long version) {
    Write write = backlog.holds(version) ? pending.get(version) : null;
    return write == null ? backlog.get(version) : write.mutation();
  }

  /** The write of this version, while it is pending or in the backlog; else null. */
  @Nullable WriteView find(long version) {
    Write write = pending.get(version);
    if (write != null) {
      return new WriteView(write.mutation(), write.required(), false);
    }
    Mutation mutation = backlog.get(version);
    return mutation == null ? null : new WriteView(mutation, backlog.required(version), true);
  }
}
