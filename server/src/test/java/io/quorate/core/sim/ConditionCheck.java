package io.quorate.core.sim;

import io.quorate.core.Change;
import io.quorate.core.Condition;
import io.quorate.core.EntityTags;
import io.quorate.core.Entry;
import io.quorate.core.Token;
import io.quorate.core.sim.PromiseBroken.Promise;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A write gets its version only where its condition holds of the newest given of its key, and is
 * refused for it only once what it did not hold of is confirmed, or superseded by what is.
 */
final class ConditionCheck {

  private final Oracle oracle;

  ConditionCheck(Oracle oracle) {
    this.oracle = oracle;
  }

  /** The write is about to be added to the ledger. */
  void given(Ledger ledger, ClientWrite write, Condition condition) {
    if (condition.equals(Condition.NONE)) {
      return;
    }
    oracle.tally().note(Happening.CONDITION_HELD);
    Token newest = newest(ledger, write.key);
    if (!holds(condition, newest)) {
      throw new PromiseBroken(
          Promise.CONDITIONS, write + " given on " + condition + ", and its key was at " + newest);
    }
  }

  private static @Nullable Token newest(Ledger ledger, int key) {
    ClientWrite newest = ledger.newest(key);
    if (newest != null) {
      return newest.isDelete() ? null : newest.token;
    }
    return inherited(ledger, key);
  }

  private static @Nullable Token inherited(Ledger ledger, int key) {
    Entry inherited = ledger.inherited(key);
    return inherited == null || inherited.isTombstone() ? null : inherited.token();
  }

  /** Told apart from the core's own reading of it. */
  private static boolean holds(Condition condition, @Nullable Token token) {
    EntityTags match = condition.match();
    EntityTags noneMatch = condition.noneMatch();
    boolean matches = match == null || isNamed(match, token);
    return matches && (noneMatch == null || !isNamed(noneMatch, token));
  }

  private static boolean isNamed(EntityTags tags, @Nullable Token token) {
    return token != null && (tags.any() || tags.tokens().contains(token));
  }

  /** The request was refused because one of its conditions does not hold. */
  void unmet(@Nullable Ledger ledger, ClientRequest request) {
    if (ledger == null
        || request.changes.stream().anyMatch(change -> isUnmetForSure(ledger, change))) {
      return;
    }
    throw new PromiseBroken(
        Promise.CONDITIONS, request + " refused, and nothing confirmed stands against it");
  }

  private boolean isUnmetForSure(Ledger ledger, Change change) {
    int key = oracle.keys.indexOf(change.key());
    Condition condition = change.condition();
    if (!holds(condition, inherited(ledger, key))) {
      return true;
    }
    List<ClientWrite> ofKey = ledger.ofKey(key);
    boolean certain = false;
    for (int index = ofKey.size() - 1; index >= 0; index--) {
      ClientWrite seen = ofKey.get(index);
      certain |= oracle.hasHadQuorum(seen);
      if (certain && !holds(condition, seen.isDelete() ? null : seen.token)) {
        return true;
      }
    }
    return false;
  }
}
