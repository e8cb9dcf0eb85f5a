package io.quorate.core.sim;

import io.quorate.core.Entry;
import io.quorate.core.sim.PromiseBroken.Promise;
import org.jspecify.annotations.Nullable;

/**
 * Confirmed reads return what reached its quorum, or was taken over by the leadership, and never
 * anything older than what was confirmed or read before, whoever led then.
 */
final class ReadCheck {

  private final Oracle oracle;

  ReadCheck(Oracle oracle) {
    this.oracle = oracle;
  }

  void check(Ledger ledger, int key, @Nullable Entry entry) {
    oracle.tally().note(Happening.CONFIRMED_READ);
    requireNotOlder(ledger.readFloor[key], key, entry);
    if (!ledger.unclean) {
      requireNotOlder(oracle.floor(key), key, entry);
    }
    if (entry == null) {
      return;
    }
    ClientWrite read;
    boolean promised = true;
    if (entry.epoch() == ledger.leadership.epoch()) {
      read = ledger.require(key, entry, "a confirmed read");
      if (!oracle.hasHadQuorum(read)) {
        throw new PromiseBroken(
            Promise.CONFIRMED_READS, "read " + read + ", held by " + oracle.holders(read));
      }
      promised = read.required > 0;
    } else {
      read = oracle.require(key, entry, "a confirmed read");
    }
    ledger.readFloor[key] = read;
    if (promised && !ledger.unclean) {
      oracle.raiseFloor(read);
    }
  }

  private void requireNotOlder(@Nullable ClientWrite floor, int key, @Nullable Entry entry) {
    if (floor == null) {
      return;
    }
    boolean older = entry == null ? !oracle.mayBeAbsent(floor) : !floor.isIn(entry);
    if (older) {
      throw new PromiseBroken(
          Promise.CONFIRMED_READS,
          "key"
              + key
              + " read @"
              + (entry == null ? "nothing" : entry.token())
              + ", after "
              + floor);
    }
  }
}
