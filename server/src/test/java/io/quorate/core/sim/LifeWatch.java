package io.quorate.core.sim;

import io.quorate.core.Entry;
import io.quorate.core.Follower;
import io.quorate.core.Key;
import io.quorate.core.Leadership;
import io.quorate.core.sim.PromiseBroken.Promise;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Watches one life of a follower, from its birth to its end. Looks at its store, and at what it
 * says it has applied; remembers the newest that it ever held of each key.
 */
final class LifeWatch {

  final int follower;

  /** Grows with each life of this follower. */
  final int ordinal;

  final Follower process;
  private final List<Key> keys;
  private final Map<Leadership, Ledger> ledgers;
  private final Tally tally;

  /** Per key: the newest version held ever, or the delete that its absence stands for. */
  private final long[] newest;

  private final boolean[] tombstone;

  /** Per key: how many of its writes are at or below the applied version. */
  private final int[] passed;

  /** Versions that arrived in an append. */
  private final BitSet received = new BitSet();

  private @Nullable Ledger ledger;
  private long applied;

  LifeWatch(
      int follower,
      int ordinal,
      Follower process,
      List<Key> keys,
      Map<Leadership, Ledger> ledgers,
      Tally tally) {
    this.follower = follower;
    this.ordinal = ordinal;
    this.process = process;
    this.keys = keys;
    this.ledgers = ledgers;
    this.tally = tally;
    this.newest = new long[keys.size()];
    this.tombstone = new boolean[keys.size()];
    this.passed = new int[keys.size()];
  }

  /** Whether it holds the write, or something newer in its place. */
  boolean covers(ClientWrite write) {
    return newest[write.key] >= write.version;
  }

  /** Whether the write would be skipped: it is unknown here, and something newer is held. */
  boolean skips(int key, long version) {
    return version > applied && !received.get((int) version) && newest[key] > version;
  }

  void noteReceived(long version) {
    received.set((int) version);
  }

  /** How many ranges of versions beyond its prefix have arrived. */
  int rangesAbove() {
    int ranges = 0;
    int from = received.nextSetBit((int) applied + 1);
    while (from >= 0) {
      ranges++;
      from = received.nextSetBit(received.nextClearBit(from));
    }
    return ranges;
  }

  /** To be called after each message that this life has taken. */
  void check() {
    enterLedger();
    Ledger entered = ledger;
    if (entered == null) {
      return;
    }
    long nowApplied = process.appliedVersion();
    if (nowApplied < applied || nowApplied > entered.given()) {
      throw new PromiseBroken(
          Promise.APPLIED_IS_A_PREFIX,
          this + " applied through " + applied + ", then through " + nowApplied);
    }
    applied = nowApplied;
    for (int key = 0; key < keys.size(); key++) {
      check(key, entered);
    }
  }

  private void enterLedger() {
    Leadership followed = process.leadership();
    if (followed.equals(Leadership.NONE)
        || (ledger != null && ledger.leadership.equals(followed))) {
      return;
    }
    if (ledger != null && process.lastVersion() > 0) {
      throw new PromiseBroken(
          Promise.OTHER_LEADERSHIP, this + " changed to " + followed + " with data in its hands");
    }
    ledger = ledgers.get(followed);
    if (ledger == null) {
      throw new PromiseBroken(Promise.OTHER_LEADERSHIP, this + " follows nobody: " + followed);
    }
  }

  private void check(int key, Ledger entered) {
    List<ClientWrite> writes = entered.ofKey(key);
    while (passed[key] < writes.size() && writes.get(passed[key]).version <= applied) {
      passed[key]++;
    }
    ClientWrite due = passed[key] == 0 ? null : writes.get(passed[key] - 1);
    Entry held = process.store().newest(keys.get(key));
    if (held == null) {
      checkAbsent(key, due);
    } else {
      checkHeld(key, due, held, entered);
    }
  }

  /** Absent stands for never written, or for a delete within what is applied. */
  private void checkAbsent(int key, @Nullable ClientWrite due) {
    if (due != null && !due.isDelete()) {
      throw new PromiseBroken(
          Promise.APPLIED_IS_A_PREFIX, this + ", applied through " + applied + ", lacks " + due);
    }
    long standsFor = due == null ? 0 : due.version;
    if (newest[key] > standsFor) {
      throw new PromiseBroken(
          Promise.NEWER_STAYS, this + " lost key" + key + " @" + newest[key] + ", due " + due);
    }
    newest[key] = standsFor;
    if (tombstone[key]) {
      tally.note(Happening.TOMBSTONE_COLLECTED);
    }
    tombstone[key] = false;
  }

  private void checkHeld(int key, @Nullable ClientWrite due, Entry held, Ledger entered) {
    entered.require(key, held, toString());
    if (held.version() < newest[key]) {
      throw new PromiseBroken(
          Promise.NEWER_STAYS,
          this + " had key" + key + " @" + newest[key] + ", now @" + held.version());
    }
    if (due != null && held.version() < due.version) {
      throw new PromiseBroken(
          Promise.APPLIED_IS_A_PREFIX,
          this + ", applied through " + applied + ", has @" + held.version() + " and lacks " + due);
    }
    newest[key] = held.version();
    tombstone[key] = held.isTombstone();
  }

  @Override
  public String toString() {
    return "f" + follower + " in life " + ordinal;
  }
}
