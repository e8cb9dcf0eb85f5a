package io.quorate.core.sim;

import io.quorate.core.Change;
import io.quorate.core.Entry;
import io.quorate.core.Mutation;
import io.quorate.core.sim.PromiseBroken.Promise;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A value ends when its leadership's own clock says so, which was read once, when it began; it is
 * deleted by a write that asks for what its own did, and nothing else is deleted unasked.
 */
final class ExpiryCheck {

  private final Oracle oracle;

  ExpiryCheck(Oracle oracle) {
    this.oracle = oracle;
  }

  /** A client's write was given: its values end when they were asked to. */
  void given(Ledger ledger, ClientRequest request, List<Mutation> mutations) {
    for (int i = 0; i < mutations.size(); i++) {
      Change change = request.changes.get(i);
      long due = change.ttlMillis() == 0 ? 0 : ledger.millis() + change.ttlMillis();
      long ends = mutations.get(i).attributes().expiresAtMillis();
      if (ends != due) {
        throw new PromiseBroken(
            Promise.ENDS, mutations.get(i) + " ends at " + ends + ", due is " + due);
      }
    }
  }

  /** A delete that nobody asked for was given. */
  void given(Ledger ledger, Mutation delete, int required) {
    int key = oracle.keys.indexOf(delete.key());
    ClientWrite ended = newest(ledger, key);
    if (ended == null
        || ended.expiresAtMillis == 0
        || ended.expiresAtMillis > ledger.millis()
        || ended.required != required
        || !delete.isDelete()) {
      throw new PromiseBroken(
          Promise.ENDS,
          delete + " w=" + required + " at " + ledger.millis() + ", the newest is " + ended);
    }
    boolean inherited = ended.ledger != ledger;
    oracle.tally().note(inherited ? Happening.ENDED_INHERITED : Happening.ENDED);
  }

  private @Nullable ClientWrite newest(Ledger ledger, int key) {
    ClientWrite newest = ledger.newest(key);
    Entry inherited = ledger.inherited(key);
    return newest != null || inherited == null
        ? newest
        : oracle.require(key, inherited, "what the leader took over");
  }

  /** What should long be gone at a leader that is well; null when nothing. */
  @Nullable String overdue(SimNode leader, Ledger ledger) {
    for (int key = 0; key < oracle.keys.size(); key++) {
      Entry held = leader.node().store().newest(oracle.keys.get(key));
      if (held != null
          && held.expiresAtMillis() != 0
          && held.expiresAtMillis() < ledger.millis() - Plan.LATE_MILLIS) {
        return "key" + key + " has ended at " + held.expiresAtMillis() + " and is there still";
      }
    }
    return null;
  }
}
