package io.quorate.core.sim;

import io.quorate.core.FollowerView;
import io.quorate.core.Leader;
import io.quorate.core.Token;
import io.quorate.core.WriteView;
import io.quorate.core.sim.PromiseBroken.Promise;
import java.util.List;

/** Holds a leader to its limits. */
final class LimitWatch {

  private LimitWatch() {}

  static void check(SimWorld world, SimNode node, List<SimLink> links) {
    Leader leader = node.node().leader();
    if (leader == null) {
      return;
    }
    if (node.node().state().isInstalling()) {
      throw new PromiseBroken(Promise.LIMITS, node + " leads, and waits for a snapshot");
    }
    for (FollowerView view : leader.followers(node.nowNanos())) {
      if (view.inFlight() < 0
          || view.inFlight() >= world.plan.limits().windowVersions() + Plan.MOST_KEYS) {
        throw new PromiseBroken(Promise.LIMITS, "in flight: " + view.inFlight());
      }
    }
    links.forEach(SimLink::checkFollower);
    checkBacklog(world, leader);
  }

  /**
   * What is remembered though confirmed is in the backlog. The newest is kept whatever its size.
   */
  private static void checkBacklog(SimWorld world, Leader leader) {
    long bytes = 0;
    long last = leader.lastVersion();
    for (long version = last - 1; version > 0; version--) {
      WriteView write = leader.write(new Token(leader.leadership().epoch(), version));
      if (write == null) {
        break;
      }
      bytes += write.confirmed() ? write.mutation().sizeBytes() : 0;
    }
    if (bytes > world.plan.limits().backlogBytes()) {
      throw new PromiseBroken(Promise.LIMITS, "backlog of " + bytes + " bytes");
    }
  }

  /** A floor above what a follower has passed: the limit on tombstones has struck. */
  static void noteFloor(SimWorld world, SimNode node, long floor) {
    for (SimNode other : world.nodes) {
      if (other != node && other.isRunning() && floor > other.node().appliedVersion()) {
        world.tally.note(Happening.TOMBSTONE_DROPPED_EARLY);
        return;
      }
    }
  }
}
