package io.quorate.core.sim;

import io.quorate.core.Entry;
import io.quorate.core.FollowerState;
import io.quorate.core.FollowerView;
import io.quorate.core.Leader;
import io.quorate.core.Store;
import io.quorate.core.sim.PromiseBroken.Promise;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One seed: a cluster in a storm of writes and faults, then calm, then level. The promises are
 * checked after each event on what it touched, and in full at the end.
 */
final class Simulation {

  /** After the last fault, all nodes are level within this time. */
  private static final long CONVERGENCE_NANOS = 40 * Plan.LINK_TIMEOUT_NANOS;

  private final SimWorld world;
  private final Clients clients;
  private final Faults faults;

  Simulation(long seed, Tally tally, boolean traced) {
    this.world = new SimWorld(seed, tally, traced);
    this.clients = new Clients(world);
    this.faults = new Faults(world, clients, new Operator(world));
  }

  /**
   * Runs it.
   *
   * @return how many events there were
   * @throws PromiseBroken when a promise is
   */
  long run() {
    storm();
    faults.end();
    clients.stop();
    world.trace(() -> "the storm is over");
    calm();
    return world.timeline.happened();
  }

  private void storm() {
    while (world.timeline.happened() < world.plan.stormEvents()
        || (world.plan.leaderRestarts() && world.timeline.nowNanos() < 200 * Plan.MILLI)) {
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
    for (int key = 0; key < world.plan.keys(); key++) {
      world.oracle.readConfirmed(world.leader.leader(), key);
    }
    world.oracle.checkAllConfirmed(world.leader.leader());
  }

  /** What is not level yet; null when all is. */
  private @Nullable String difference() {
    Leader leader = world.leader.leader();
    Ledger ledger = world.oracle.ledger();
    if (ledger == null) {
      return "nobody leads: " + leader.obstacle();
    }
    if (clients.unanswered() > 0) {
      return clients.unanswered() + " writes have no answer";
    }
    if (leader.confirmedVersion() != ledger.given() || leader.heldBackBy() != null) {
      return "confirmed through "
          + leader.confirmedVersion()
          + " of "
          + ledger.given()
          + ", followers "
          + leader.followers(world.timeline.nowNanos());
    }
    List<FollowerView> views = leader.followers(world.timeline.nowNanos());
    for (SimFollower follower : world.followers) {
      FollowerView view = views.get(follower.index);
      if (view.state() != FollowerState.STREAMING || view.inFlight() > 0 || !view.connected()) {
        return "f" + follower.index + " is " + view;
      }
      LifeWatch life = follower.life();
      life.check();
      if (life.process.appliedVersion() != ledger.given()
          || life.process.lastVersion() != ledger.given()
          || !life.process.isLevel()) {
        return life + " applied through " + life.process.appliedVersion();
      }
      String differing = difference(life.process.store(), ledger, life.toString());
      if (differing != null) {
        return differing;
      }
    }
    return difference(leader.store(), ledger, "the leader");
  }

  /** A store that is level holds, of each key, what the newest write left, and no tombstone. */
  private @Nullable String difference(Store store, Ledger ledger, String where) {
    if (store.tombstones() > 0) {
      return where + " keeps " + store.tombstones() + " tombstones";
    }
    int live = 0;
    for (int key = 0; key < world.plan.keys(); key++) {
      ClientWrite newest = ledger.newest(key);
      Entry held = store.newest(world.oracle.keys.get(key));
      boolean expected = newest != null && !newest.isDelete();
      if (expected != (held != null) || (newest != null && held != null && !newest.matches(held))) {
        return where + " has not " + newest;
      }
      live += expected ? 1 : 0;
    }
    return live == store.keys() ? null : where + " counts " + store.keys() + " keys of " + live;
  }
}
