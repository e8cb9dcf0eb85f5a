package io.quorate.core.sim;

import io.quorate.core.NodeState;
import io.quorate.core.sim.PromiseBroken.Promise;

/** Looks whether a state shows each write of several keys wholly. */
final class TogetherWatch {

  private final SimWorld world;
  private final NodeState state;
  private final String name;

  TogetherWatch(SimWorld world, NodeState state, String name) {
    this.world = world;
    this.state = state;
    this.name = name;
  }

  void check() {
    Ledger ledger = world.oracle.ledger(state.reign().leadership());
    if (ledger != null && state.isWhole() && !state.store().isPartial()) {
      requireEndOfWrite(ledger, state.appliedVersion());
      world.oracle.together.shown(
          name,
          key -> state.store().newest(world.oracle.keys.get(key)),
          ledger,
          state.appliedVersion());
    }
  }

  /** What is applied without gaps does not end within a write. */
  private void requireEndOfWrite(Ledger ledger, long applied) {
    if (applied > ledger.base && applied <= ledger.given()) {
      ClientWrite newest = ledger.get(applied);
      if (newest != newest.last()) {
        throw new PromiseBroken(Promise.TOGETHER, name + " ends with " + newest);
      }
    }
  }
}
