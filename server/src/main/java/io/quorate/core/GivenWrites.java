package io.quorate.core;

import java.util.ArrayDeque;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongPredicate;
import java.util.function.LongUnaryOperator;
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
  private final RepeatedWrites repeated = new RepeatedWrites();
  private Consumer<Mutation> confirmed = mutation -> {};
  private final Completions completions;
  private final int tombstoneLimit;
  private final ReceiptTimes receiptTimes;
  private final int waitingLimit;

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
  GivenWrites(NodeState state, LeaderLimits limits, LeaderClock clock, int followers) {
    this.state = state;
    this.store = state.store();
    this.tombstoneFloor = state.collected();
    this.backlog = state.history().backlog();
    this.base = state.lastVersion();
    this.unmet = new UnmetConditions(store);
    this.completions = new Completions(followers);
    this.tombstoneLimit = limits.tombstones();
    this.receiptTimes =
        new ReceiptTimes(store.receipts(), limits.receiptMillis(), clock.beganMillis());
    this.waitingLimit = limits.waitingWrites();
  }

  /**
   * Whether each condition holds of the newest that was given of its key. If one does not, the
   * write is refused, as soon as what that condition saw is certain.
   */
  boolean meets(WriteRequest asked) {
    for (int place = 1; place <= asked.changes().size(); place++) {
      if (!meets(asked, place)) {
        return false;
      }
    }
    return true;
  }

  private boolean meets(WriteRequest asked, int place) {
    Change change = asked.changes().get(place - 1);
    if (change.condition().isNone()) {
      return true;
    }
    Entry newest = store.newest(change.key());
    if (change.condition().holds(newest)) {
      return true;
    }
    if (newest == null || !isPending(newest)) {
      asked.waiter().refused(UnmetConditions.refusal(store, change.key()).at(place));
    } else {
      unmet.add(asked, place, newest.version());
    }
    return false;
  }

  private boolean isPending(Entry entry) {
    return entry.epoch() == epoch() && pending.covering(entry.version()) != null;
  }

  /**
   * Whether the request repeats one whose write was given. Then it waits for that write, or is
   * answered, and is not to be carried out.
   *
   * @param holders of a version: bit f is set where follower f has acknowledged it
   */
  boolean repeats(WriteRequest asked, LongUnaryOperator holders) {
    WriteRequest.Once once = asked.once();
    Mutation given = once == null ? null : store.receipts().find(once.id());
    Receipt receipt = given == null ? null : given.attributes().receipt();
    if (once == null || given == null || receipt == null) {
      return false;
    }
    boolean takenOver = given.epoch() != epoch();
    Write write = takenOver ? null : pending.get(given.version());
    if (!receipt.payload().equals(once.payload())) {
      asked.waiter().refused(Refusal.otherPayload(once.id(), given.token()));
      return true;
    }
    boolean waits = write != null || (takenOver && !repeated.isHeld(given));
    if (waits && waiting() >= waitingLimit) {
      asked.waiter().refused(Admission.tooManyWait(waiting()));
      return true;
    }
    asked.waiter().repeats();
    if (write != null) {
      repeated.await(write, asked);
    } else if (takenOver) {
      repeated.awaitHolders(given, asked);
    } else {
      RepeatedWrites.answerConfirmed(given, holders.applyAsLong(given.version()), asked);
    }
    return true;
  }

  /** These followers hold all that was taken over: bit f is set where follower f does. */
  void takenOverBy(long followers) {
    repeated.takenOverBy(followers);
  }

  /** Gives the next versions. */
  Write give(WriteRequest asked, long timeMillis) {
    List<Mutation> mutations = Mutations.of(asked, epoch(), backlog.last() + 1, timeMillis);
    Write write = new Write(mutations, asked.required(), asked.deadlineNanos(), asked.waiter());
    give(write);
    return write;
  }

  /**
   * Gives the delete of a value that has ended.
   *
   * @param required what the value's own write asked for
   */
  Write giveExpiry(Key key, int required, long deadlineNanos) {
    var attributes = new Attributes(required, 0, true, 0, null, false);
    Mutation delete = new Mutation(key, null, epoch(), backlog.last() + 1, attributes);
    Write write = new Write(List.of(delete), required, deadlineNanos, Waiter.NOBODY);
    give(write);
    return write;
  }

  private void give(Write write) {
    state.give(write.mutations(), write.required());
    pending.add(write);
    write.told(state.disk().position());
    if (!write.isSettled(settledPosition)) {
      unsettled.add(write);
    }
  }

  private long epoch() {
    return state.reign().leadership().epoch();
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
    List<Mutation> mutations = write.mutations();
    if (mutations.size() == 1) {
      store.confirm(mutations.get(0));
    } else {
      store.confirmTogether(mutations);
    }
    if (write.required() > 0) {
      completions.count(write.required(), write.completedBy());
    }
    write.confirm();
    repeated.onEnd(write, Waiter.Answer.CONFIRMED);
    for (Mutation mutation : mutations) {
      unmet.onConfirmed(mutation);
      confirmed.accept(mutation);
    }
  }

  /** Tells, from now on, each mutation that is confirmed. */
  void tellConfirmed(Consumer<Mutation> told) {
    confirmed = told;
  }

  /** Answers those whose deadline has passed. */
  void expire(long nowNanos) {
    pending.expire(nowNanos);
    unmet.expire(nowNanos);
    repeated.expire(nowNanos);
  }

  /** Answers everyone who waits: nobody here will know how it ends. */
  void abandon() {
    pending.abandon();
    repeated.abandon();
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
    return pending.covering(delete.version()) == null
        && !pending.hasOlder(delete.key(), delete.version());
  }

  /** Forgets the receipts whose time is over. */
  void forgetReceipts(long timeMillis) {
    receiptTimes.forget(timeMillis);
  }

  /** There are no receipts of writes at or below it any more. Never goes back. */
  long receiptFloor() {
    Mutation oldest = store.receipts().oldest();
    return oldest == null ? lastVersion() : oldest.version() - 1;
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
    return pending.waiting() + unmet.size() + repeated.size();
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
    return oldest == null ? backlog.last() : oldest.firstVersion() - 1;
  }

  boolean hasConfirmed(long version) {
    return version <= backlog.last() && pending.covering(version) == null;
  }

  /**
   * The mutation of this version and the later ones of its write, while they are in the backlog;
   * else null.
   */
  @Nullable List<Mutation> kept(long version) {
    if (!backlog.holds(version)) {
      return null;
    }
    Write write = pending.covering(version);
    if (write != null) {
      return write.from(version);
    }
    Mutation first = backlog.get(version);
    return first == null ? null : backlog.write(first);
  }

  /**
   * The given mutation of this version, while its write is pending or it is in the backlog; else
   * null.
   */
  @Nullable WriteView find(long version) {
    if (version <= base) {
      return null;
    }
    Write write = pending.covering(version);
    if (write != null) {
      return new WriteView(write.from(version).get(0), write.required(), false);
    }
    Mutation mutation = backlog.get(version);
    return mutation == null ? null : new WriteView(mutation, backlog.required(version), true);
  }
}
