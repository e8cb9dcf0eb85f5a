package io.quorate.core.sim;

import io.quorate.core.FollowerView;
import io.quorate.core.Leader;
import java.util.List;

/**
 * Does what the README says when a leader came back empty: restarts, empty, each follower that the
 * leader names. Knows nothing but what the leader says.
 */
final class Operator {

  private static final long ROUND_NANOS = 25 * Plan.MILLI;

  private final SimWorld world;
  private boolean watching;

  Operator(SimWorld world) {
    this.world = world;
  }

  void watch() {
    if (!watching) {
      watching = true;
      world.timeline.after(ROUND_NANOS, this::round);
    }
  }

  private void round() {
    if (world.leader.isRunning() && !world.leader.mailbox().isPaused()) {
      Leader leader = world.leader.leader();
      String obstacle = leader.obstacle().orElse("");
      List<FollowerView> views = leader.followers(world.timeline.nowNanos());
      for (SimFollower follower : world.followers) {
        boolean holds = obstacle.contains("f" + follower.index + " holds");
        if (holds) {
          world.tally.note(Happening.REFUSED_TO_LEAD);
        }
        if (follower.isRunning() && (holds || views.get(follower.index).problem() != null)) {
          world.trace(() -> "operator restarts f" + follower.index);
          follower.crash();
          follower.start();
        }
      }
    }
    world.timeline.after(ROUND_NANOS, this::round);
  }
}
