package io.quorate.core.sim;

import io.quorate.core.FollowerView;
import io.quorate.core.HandoverOutcome;
import io.quorate.core.Leader;
import io.quorate.core.NodeState;
import io.quorate.core.PromotionOutcome;
import io.quorate.core.Token;
import java.util.List;

/**
 * Does what the README says. Of a leader in memory that came back empty: restarts, empty, each
 * follower that the leader names. With disks: promotes somebody when nobody has led for a while.
 * Knows nothing but what the nodes say.
 */
final class Operator {

  private static final long ROUND_NANOS = 25 * Plan.MILLI;

  /** So many rounds without a leader are too many. */
  private static final int MOST_ROUNDS = 8;

  /** Longer than the longest lease: a leader may have to wait for it before it lets one in. */
  private static final int PATIENT_ROUNDS = 12;

  /** After so many refusals, once faults are over, force is what is left. */
  private static final int MOST_REFUSALS = 3;

  private final SimWorld world;

  /** If not all is level by then, followers have lost too much for their leader to let them in. */
  private static final int LONG_CALM = 60;

  private int roundsCalm;
  private int roundsWithoutLeader;
  private int refusals;

  /** Whether faults are over, and a leadership is wanted at any price. */
  private boolean calm;

  Operator(SimWorld world) {
    this.world = world;
    world.timeline.after(ROUND_NANOS, this::round);
  }

  void calm() {
    calm = true;
    refusals = 0;
  }

  private void round() {
    if (!world.plan.durable()) {
      restartNamed();
    }
    if (world.plan.durable() || (calm && world.plan.leaderRestarts())) {
      watchLeader();
    }
    world.timeline.after(ROUND_NANOS, this::round);
  }

  private void watchLeader() {
    roundsCalm += calm ? 1 : 0;
    SimNode leader = world.leader();
    if (roundsCalm > LONG_CALM && leader != null && isAlone(leader)) {
      roundsCalm = 0;
      promote(leader, true);
    }
    roundsWithoutLeader = leader == null ? roundsWithoutLeader + 1 : 0;
    if (roundsWithoutLeader > (calm ? PATIENT_ROUNDS : MOST_ROUNDS)) {
      roundsWithoutLeader = 0;
      boolean force = calm && refusals > MOST_REFUSALS;
      promote(force ? furthest() : world.anyNode(), force);
    }
  }

  /** By force, whoever seems to hold most of those that know their cluster. */
  private SimNode furthest() {
    SimNode furthest = world.anyNode();
    for (SimNode node : world.nodes) {
      if (knowsCluster(node)
          && (!knowsCluster(furthest) || reach(node).compareTo(reach(furthest)) > 0)) {
        furthest = node;
      }
    }
    return furthest;
  }

  private static boolean knowsCluster(SimNode node) {
    return node.isRunning() && node.node().state().membership() != null;
  }

  private static Token reach(SimNode node) {
    NodeState state = node.node().state();
    return new Token(state.reign().leadership().epoch(), state.appliedVersion());
  }

  private static boolean isAlone(SimNode leader) {
    return leader.leader().followers(leader.nowNanos()).stream()
        .anyMatch(view -> view.problem() != null && view.problem().startsWith("has lost"));
  }

  void promote(SimNode node, boolean force) {
    world.trace(() -> "operator promotes " + node + (force ? " by force" : ""));
    node.run(
        () ->
            node.node()
                .promote(
                    force,
                    node.nowNanos() + world.random.nextLong(50, 500) * Plan.MILLI,
                    outcome -> note(node, outcome),
                    node.nowNanos()));
  }

  private void note(SimNode node, PromotionOutcome outcome) {
    world.trace(() -> node + ": promotion " + outcome);
    refusals += outcome.kind() == PromotionOutcome.Kind.DONE ? 0 : 1;
    world.tally.note(
        switch (outcome.kind()) {
          case DONE -> Happening.PROMOTED;
          case REFUSED -> Happening.PROMOTION_REFUSED;
          case TIMED_OUT -> Happening.PROMOTION_TIMED_OUT;
        });
  }

  /** Hands the leadership from whoever leads to a node, by its place among the others. */
  void switchOver(SimNode from, int to) {
    world.trace(() -> "operator switches from " + from + " to its follower " + to);
    from.run(
        () ->
            from.node()
                .switchOver(
                    to,
                    from.nowNanos() + world.random.nextLong(20, 200) * Plan.MILLI,
                    outcome -> {
                      world.trace(() -> from + ": switchover " + outcome);
                      world.tally.note(
                          outcome.kind() == HandoverOutcome.Kind.DONE
                              ? Happening.SWITCHED_OVER
                              : Happening.SWITCHOVER_REFUSED);
                    },
                    from.nowNanos()));
  }

  private void restartNamed() {
    for (SimNode node : world.nodes) {
      Leader leader = node.isRunning() ? node.node().leader() : null;
      if (leader != null && !node.mailbox().isPaused()) {
        restartNamed(node, leader);
      }
    }
  }

  private void restartNamed(SimNode node, Leader leader) {
    String obstacle = leader.obstacle().orElse("");
    List<FollowerView> views = leader.followers(node.nowNanos());
    for (SimNode other : world.nodes) {
      int peer = other.index < node.index ? other.index : other.index - 1;
      if (other == node || !other.isRunning()) {
        continue;
      }
      boolean holds = obstacle.contains("n" + other.index + " holds");
      if (holds) {
        world.tally.note(Happening.REFUSED_TO_LEAD);
      }
      if (holds || views.get(peer).problem() != null) {
        world.trace(() -> "operator restarts " + other);
        other.crash();
        other.start();
      }
    }
  }
}
