package io.quorate.core.sim;

import io.quorate.core.Append;
import io.quorate.core.Entry;
import io.quorate.core.Leader;
import io.quorate.core.Mutation;
import io.quorate.core.sim.PromiseBroken.Promise;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * What was written as one stays one: on its way, and for whoever looks at a node, or at what is
 * confirmed, between any two steps.
 */
final class TogetherCheck {

  private final Oracle oracle;

  TogetherCheck(Oracle oracle) {
    this.oracle = oracle;
  }

  /** An append leaves its leader. */
  void sent(Append append) {
    Ledger ledger = oracle.ledger(append.leadership());
    List<Mutation> mutations = append.mutations();
    int rest = 0;
    for (Mutation mutation : mutations) {
      ClientWrite write = ledger == null ? null : ledger.get(mutation.version());
      if (write == null) {
        throw new PromiseBroken(Promise.ONLY_WHAT_WAS_WRITTEN, "sent, not given: " + mutation);
      }
      int place = write.together.indexOf(write);
      rest = place == 0 && rest == 0 ? write.together.size() : rest;
      if (rest + place != write.together.size()) {
        throw new PromiseBroken(Promise.TOGETHER, write + " is sent alone: " + mutations);
      }
      rest--;
    }
    if (rest != 0) {
      throw new PromiseBroken(Promise.TOGETHER, "the end of a write is missing: " + mutations);
    }
  }

  /** At a leader that serves: what confirmed readers see. */
  void confirmed(Leader leader, Ledger ledger) {
    shown(
        ledger.leadership + " confirmed",
        key -> leader.store().confirmed(oracle.keys.get(key)),
        ledger,
        ledger.base);
  }

  /**
   * Of each write of the leadership above a version of which a part is shown, all is, or newer.
   *
   * @param entries what is shown of a key
   */
  void shown(String where, IntFunction<@Nullable Entry> entries, Ledger ledger, long above) {
    for (int key = 0; key < oracle.keys.size(); key++) {
      Entry entry = entries.apply(key);
      if (entry != null
          && entry.epoch() == ledger.leadership.epoch()
          && entry.version() > above
          && entry.version() <= ledger.given()) {
        require(where, ledger.get(entry.version()), entries);
      }
    }
  }

  /** A leadership begins: what it has taken over is whole. */
  void inherited(Ledger begun) {
    if (oracle.hasTwins()) {
      return;
    }
    long sinceEpoch = begun.losesPartsBelow();
    for (int key = 0; key < oracle.keys.size(); key++) {
      Entry entry = begun.inherited(key);
      if (entry != null && entry.epoch() >= sinceEpoch) {
        require(
            begun.leadership + " has taken over",
            oracle.require(key, entry, "what is taken over"),
            begun::inherited);
      }
    }
  }

  private void require(String where, ClientWrite write, IntFunction<@Nullable Entry> entries) {
    if (write.together.size() == 1) {
      return;
    }
    for (ClientWrite other : write.together) {
      Entry entry = entries.apply(other.key);
      if (entry == null ? !oracle.mayBeAbsent(other) : !other.isIn(entry)) {
        throw new PromiseBroken(
            Promise.TOGETHER,
            where
                + " shows "
                + write
                + " and not "
                + other
                + ", but "
                + (entry == null ? null : entry.token()));
      }
    }
  }
}
