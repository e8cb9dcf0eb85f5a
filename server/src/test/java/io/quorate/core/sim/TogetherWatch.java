package io.quorate.core.sim;

import io.quorate.core.NodeState;

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
      world.oracle.together.shown(
          name,
          key -> state.store().newest(world.oracle.keys.get(key)),
          ledger,
          state.appliedVersion());
    }
  }
}
