package io.quorate.core.sim;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/** All that the parts of one simulation share. */
final class SimWorld {

  final SplittableRandom random;
  final Plan plan;
  final Timeline timeline = new Timeline();
  final Tally tally;
  final SimNetwork network;
  final Oracle oracle;
  final List<SimFollower> followers = new ArrayList<>();
  private final long[] furthestApplied;
  private final boolean traced;
  SimLeader leader;

  SimWorld(long seed, Tally tally, boolean traced) {
    this.random = new SplittableRandom(seed);
    this.plan = Plan.draw(random);
    this.tally = tally;
    this.traced = traced;
    this.network = new SimNetwork(timeline, random, plan, tally);
    this.oracle = new Oracle(plan, timeline, tally);
    this.furthestApplied = new long[plan.followers()];
    for (int index = 0; index < plan.followers(); index++) {
      followers.add(new SimFollower(index, random, oracle, tally));
    }
    this.leader = new SimLeader(this);
    trace(plan::toString);
  }

  /** Another process leads, or tries to, with empty hands. */
  void startLeader() {
    Arrays.fill(furthestApplied, 0);
    leader = new SimLeader(this);
  }

  long drawLagNanos() {
    return plan.maxLagNanos() == 0
        ? 0
        : random.nextLong(plan.minLagNanos(), plan.maxLagNanos() + 1);
  }

  /** The furthest that any life of the follower has applied under this leadership. */
  long furthestApplied(SimFollower follower) {
    long applied = follower.life().process.appliedVersion();
    furthestApplied[follower.index] = Math.max(furthestApplied[follower.index], applied);
    return furthestApplied[follower.index];
  }

  void trace(Supplier<String> line) {
    if (traced) {
      System.out.println(timeline.nowNanos() / 1_000 + " us  " + line.get());
    }
  }
}
