package io.quorate.core.sim;

import io.quorate.core.Entry;
import io.quorate.core.Key;
import io.quorate.core.KeyPage;
import io.quorate.core.Leadership;
import io.quorate.core.NodeState;
import io.quorate.core.Store;
import io.quorate.core.Token;
import io.quorate.core.sim.PromiseBroken.Promise;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Holds the store of one process against the ledger of the leadership that it has entered: all
 * through the applied version is there, and nothing that this leadership does not hold. A listing
 * of its keys shows those that have a value.
 */
final class StoreWatch {

  private static final Key NO_KEY = Key.of("");

  private final SimWorld world;
  private final NodeState state;
  private final String name;
  private final List<Key> keys;
  private final List<Key> keysInOrder;
  private Leadership entered = Leadership.NONE;
  private @Nullable Ledger ledger;
  private long applied;

  /** Per key: the newest held in this epoch, or the delete that its absence stands for. */
  private final Token[] newest;

  private final boolean[] tombstone;

  /** Per key: how many of its writes in the ledger are at or below the applied version. */
  private final int[] passed;

  StoreWatch(SimWorld world, NodeState state, String name) {
    this.world = world;
    this.state = state;
    this.name = name;
    this.keys = world.oracle.keys;
    this.keysInOrder = keys.stream().sorted().toList();
    this.newest = new Token[keys.size()];
    this.tombstone = new boolean[keys.size()];
    this.passed = new int[keys.size()];
    reset();
  }

  private void reset() {
    Arrays.fill(newest, Token.NONE);
    Arrays.fill(tombstone, false);
    Arrays.fill(passed, 0);
    applied = 0;
  }

  void check() {
    checkListed();
    enterLedger();
    if (state.reign().isAbandoned() && state.isWhole()) {
      throw new PromiseBroken(
          Promise.OTHER_LEADERSHIP, name + " counts, and has no leadership's state");
    }
    Ledger present = ledger;
    if (present == null || !state.isWhole()) {
      return;
    }
    long nowApplied = state.appliedVersion();
    if (nowApplied < applied || nowApplied > present.given()) {
      throw new PromiseBroken(
          Promise.APPLIED_IS_A_PREFIX,
          name + " applied through " + applied + ", then through " + nowApplied);
    }
    applied = nowApplied;
    boolean exact = state.granted().equals(present.leadership);
    for (int key = 0; key < keys.size(); key++) {
      check(key, present, exact);
    }
  }

  private void checkListed() {
    Store store = state.store();
    KeyPage page = KeyPage.of(store, NO_KEY, NO_KEY, keys.size() + 1, KeyPage.Shown.NEWEST);
    int listed = 0;
    for (Key key : keysInOrder) {
      Entry held = store.newest(key);
      boolean due = held != null && !held.isTombstone();
      boolean shown = listed < page.items().size() && page.items().get(listed).key().equals(key);
      if (due != shown) {
        String done = shown ? " lists " : " does not list ";
        throw new PromiseBroken(Promise.LISTED, name + done + key + ", of all: " + names(page));
      }
      listed += shown ? 1 : 0;
    }
    if (listed < page.items().size()) {
      throw new PromiseBroken(Promise.LISTED, name + " lists what is no key: " + names(page));
    }
  }

  private static List<Key> names(KeyPage page) {
    return page.items().stream().map(KeyPage.Item::key).toList();
  }

  private void enterLedger() {
    Leadership now = state.reign().leadership();
    if (now.equals(entered)) {
      return;
    }
    boolean held = Arrays.stream(newest).anyMatch(each -> !each.equals(Token.NONE));
    entered = now;
    reset();
    ledger = world.oracle.ledger(now);
    boolean asCandidate = !state.granted().equals(now);
    boolean flagged = asCandidate || world.plan.durable() || (ledger != null && ledger.unclean);
    if (held && !flagged) {
      throw new PromiseBroken(
          Promise.OTHER_LEADERSHIP, name + " changed to " + now + " with data in its hands");
    }
    if (ledger == null && !now.isAbandoned()) {
      throw new PromiseBroken(Promise.OTHER_LEADERSHIP, name + " entered nobody's: " + now);
    }
  }

  private void check(int key, Ledger present, boolean exact) {
    List<ClientWrite> writes = present.ofKey(key);
    while (passed[key] < writes.size() && writes.get(passed[key]).token.version() <= applied) {
      passed[key]++;
    }
    ClientWrite own = passed[key] == 0 ? null : writes.get(passed[key] - 1);
    Entry inherited = own == null ? present.inherited(key) : null;
    Token due = own != null ? own.token : inherited != null ? inherited.token() : Token.NONE;
    boolean dueThere =
        own != null ? !own.isDelete() : inherited != null && !inherited.isTombstone();
    Entry held = state.store().newest(keys.get(key));
    if (held == null) {
      checkAbsent(key, due, dueThere, present);
    } else {
      checkHeld(key, due, held, present, exact);
    }
  }

  /** Absent stands for never written, or for a delete within what is applied. */
  private void checkAbsent(int key, Token due, boolean dueThere, Ledger present) {
    if (dueThere) {
      throw new PromiseBroken(
          Promise.APPLIED_IS_A_PREFIX,
          name + ", applied through " + applied + ", lacks key" + key + " @" + due);
    }
    boolean oldDelete = tombstone[key] && newest[key].epoch() < present.leadership.epoch();
    if (newest[key].compareTo(due) > 0 && !oldDelete) {
      throw new PromiseBroken(
          Promise.NEWER_STAYS, name + " lost key" + key + " @" + newest[key] + ", due @" + due);
    }
    newest[key] = due;
    if (tombstone[key]) {
      world.tally.note(Happening.TOMBSTONE_COLLECTED);
    }
    tombstone[key] = false;
  }

  private void checkHeld(int key, Token due, Entry held, Ledger present, boolean exact) {
    Token token = held.token();
    if (token.compareTo(newest[key]) < 0) {
      throw new PromiseBroken(
          Promise.NEWER_STAYS, name + " had key" + key + " @" + newest[key] + ", now @" + token);
    }
    if (token.compareTo(due) < 0) {
      throw new PromiseBroken(
          Promise.APPLIED_IS_A_PREFIX,
          name + ", applied through " + applied + ", has @" + token + " and lacks @" + due);
    }
    if (exact && token.epoch() == present.leadership.epoch()) {
      present.require(key, held, name);
    } else {
      world.oracle.require(key, held, name);
      if (exact && !token.equals(due) && !held.isTombstone()) {
        throw new PromiseBroken(
            Promise.ENTERED_EXACTLY,
            name + " in " + present.leadership + " has key" + key + " @" + token + ", due @" + due);
      }
    }
    newest[key] = token;
    tombstone[key] = held.isTombstone();
  }
}
