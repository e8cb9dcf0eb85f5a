package io.quorate.core.sim;

import io.quorate.core.Entry;
import io.quorate.core.FollowerState;
import io.quorate.core.FollowerView;
import io.quorate.core.Leader;
import io.quorate.core.NodeState;
import io.quorate.core.Token;
import io.quorate.core.sim.PromiseBroken.Promise;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One seed: a cluster in a storm of writes and faults, then calm, then level. The promises are
 * checked after each event on what it touched, and in full at the end.
 */
final class Simulation {

  /** After the last fault, all nodes are level within this time. */
  private static final long CONVERGENCE_NANOS = 160 * Plan.LINK_TIMEOUT_NANOS;

  private final SimWorld world;
  private final Clients clients;
  private final Faults faults;
  private final WatchCheck watches;

  Simulation(long seed, Tally tally, boolean traced) {
    this.world = new SimWorld(seed, tally, traced);
    this.clients = new Clients(world);
    this.watches = new WatchCheck(world);
    this.faults = new Faults(world, new Operator(world));
  }

  /**
   * Runs it.
   *
   * @return how many events there were
   * @throws PromiseBroken when a promise is
   */
  long run() {
    storm();
    clients.stop();
    world.trace(() -> "the storm is over");
    faults.end();
    calm();
    return world.timeline.happened();
  }

  private void storm() {
    while (world.timeline.happened() < world.plan.stormEvents()
        || world.timeline.nowNanos() < world.plan.stormNanos()) {
      world.timeline.step();
    }
  }

  private void calm() {
    long endNanos = world.timeline.nowNanos() + CONVERGENCE_NANOS;
    String difference = difference();
    while (difference != null) {
      if (world.timeline.nowNanos() > endNanos) {
        throw new PromiseBroken(Promise.CONVERGENCE, difference);
      }
      long nextLookNanos = world.timeline.nowNanos() + 5 * Plan.MILLI;
      while (world.timeline.nowNanos() < nextLookNanos) {
        world.timeline.step();
      }
      difference = difference();
    }
    SimNode leader = world.leader();
    if (leader != null) {
      for (int key = 0; key < world.plan.keys(); key++) {
        world.oracle.readConfirmed(leader, key);
      }
      Ledger ledger = world.oracle.ledgerOf(leader);
      if (ledger != null) {
        ledger.completions.checkSums(leader.leader(), ledger);
      }
    }
  }

  /** What is not level yet; null when all is. */
  private @Nullable String difference() {
    for (SimNode each : world.nodes) {
      if (!each.isRunning()) {
        return each + " does not run";
      }
    }
    SimNode node = world.leader();
    Ledger ledger = node == null ? null : world.oracle.ledgerOf(node);
    if (node == null || ledger == null) {
      StringBuilder obstacles = new StringBuilder("nobody leads");
      for (SimNode each : world.nodes) {
        obstacles.append(", ").append(each).append(": ").append(each.node().obstacle());
      }
      return obstacles.toString();
    }
    if (clients.unanswered() > 0) {
      return clients.unanswered() + " requests have no answer";
    }
    Leader leader = node.leader();
    List<FollowerView> views = leader.followers(node.nowNanos());
    if (leader.confirmedVersion() != ledger.given() || leader.heldBackBy() != null) {
      return "confirmed through "
          + leader.confirmedVersion()
          + " of "
          + ledger.given()
          + ", followers "
          + views;
    }
    for (SimNode other : world.nodes) {
      if (other == node) {
        continue;
      }
      FollowerView view = views.get(other.index < node.index ? other.index : other.index - 1);
      if (view.state() != FollowerState.STREAMING || view.inFlight() > 0 || !view.connected()) {
        return other + " is " + view;
      }
      NodeState state = other.node().state();
      if (state.appliedVersion() != ledger.given()
          || state.head().lastVersion() != ledger.given()
          || !other.node().isLevel()) {
        return other + " applied through " + state.appliedVersion();
      }
      other.watch().check();
    }
    for (SimNode each : world.nodes) {
      world.oracle.checkReceipts(each);
      String kept = world.oracle.repeats.overdue(each, ledger);
      if (kept != null) {
        return kept;
      }
    }
    String ended = world.oracle.expiries.overdue(node, ledger);
    WatchClient behind = watches.behind(ledger.given());
    if (ended != null || behind != null) {
      return ended == null ? behind + " is not level" : ended;
    }
    return differingStores(node, ledger);
  }

  /**
   * Stores that are level hold the same, and of each key what the newest write left; no tombstones.
   */
  private @Nullable String differingStores(SimNode leader, Ledger ledger) {
    for (SimNode node : world.nodes) {
      if (node.node().store().tombstones() > 0) {
        return node + " keeps " + node.node().store().tombstones() + " tombstones";
      }
      int live = 0;
      for (int key = 0; key < world.plan.keys(); key++) {
        ClientWrite own = ledger.newest(key);
        Entry taken = own == null ? ledger.inherited(key) : null;
        Token due =
            own != null && !own.isDelete()
                ? own.token
                : taken != null && !taken.isTombstone() ? taken.token() : null;
        Entry held = node.node().store().newest(world.oracle.keys.get(key));
        if (due == null ? held != null : held == null || !held.token().equals(due)) {
          return node + " has " + (held == null ? null : held.token()) + ", due " + due;
        }
        live += due == null ? 0 : 1;
      }
      if (live != node.node().store().keys()) {
        return node + " counts " + node.node().store().keys() + " keys of " + live;
      }
    }
    return leader.isRunning() ? null : "the leader is gone";
  }
}
