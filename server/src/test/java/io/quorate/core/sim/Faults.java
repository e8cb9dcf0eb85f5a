package io.quorate.core.sim;

import org.jspecify.annotations.Nullable;

/** Cuts, pauses, crashes, failing disks, and their end. */
final class Faults {

  private final SimWorld world;
  private final Operator operator;
  private final DiskFaults disks;
  private final Plots plots;
  private boolean over;

  Faults(SimWorld world, Operator operator) {
    this.world = world;
    this.operator = operator;
    this.disks = new DiskFaults(world);
    this.plots = new Plots(world, operator, disks);
    world.timeline.after(drawWaitNanos(), this::next);
    world.timeline.after(drawWaitNanos(), this::nextJump);
    if (world.plan.durable()) {
      world.timeline.after(2 * drawWaitNanos(), this::nextOrder);
    } else if (world.plan.leaderRestarts()) {
      world.timeline.after(
          world.random.nextLong(20 * Plan.MILLI, 120 * Plan.MILLI), this::restartLeader);
    }
  }

  /** All faults end: nothing is cut, all run. */
  void end() {
    over = true;
    world.network.heal();
    disks.end();
    for (SimNode node : world.nodes) {
      node.start();
      node.mailbox().resume();
    }
    operator.calm();
  }

  private void next() {
    if (over) {
      return;
    }
    SimNode node = world.random.nextInt(3) == 0 ? world.nodes.get(0) : world.anyNode();
    int choice = world.random.nextInt(world.plan.durable() ? 18 : 10);
    if (choice < 2) {
      cutOneWay(node);
    } else if (choice < 4) {
      cutBothWays(node, world.anyNode());
    } else if (choice < 5) {
      isolate(node);
    } else if (choice < 7) {
      pause(node);
    } else if (choice < 8) {
      pauseLeader();
    } else if (choice < 10) {
      crash(node);
    } else {
      disks.next(node);
    }
    world.timeline.after(drawWaitNanos(), this::next);
  }

  private void nextJump() {
    if (!over) {
      SimNode node = world.anyNode();
      world.tally.note(Happening.CLOCK_JUMPED);
      world.trace(() -> node + "'s wall clock jumps");
      node.wall.jump();
      world.timeline.after(drawWaitNanos(), this::nextJump);
    }
  }

  private long drawWaitNanos() {
    return 1 + world.random.nextLong(2 * world.plan.faultEveryNanos());
  }

  private void cutOneWay(SimNode from) {
    SimNode to = world.anyNode();
    world.tally.note(Happening.ONE_WAY_CUT);
    world.trace(() -> "cut from " + from + " to " + to);
    world.network.cut(from.index, to.index, true);
    world.timeline.after(drawDurationNanos(), () -> world.network.cut(from.index, to.index, false));
  }

  private void cutBothWays(SimNode one, SimNode other) {
    world.tally.note(Happening.TWO_WAY_CUT);
    world.trace(() -> "cut between " + one + " and " + other);
    cut(one, other, true);
    world.timeline.after(drawDurationNanos(), () -> cut(one, other, false));
  }

  private void cut(SimNode one, SimNode other, boolean whether) {
    world.network.cut(one.index, other.index, whether);
    world.network.cut(other.index, one.index, whether);
  }

  /** Whoever leads, most of the time: it goes on as if it led still. */
  private void isolate(SimNode any) {
    SimNode leader = world.leader();
    SimNode node = leader == null || world.random.nextInt(3) == 0 ? any : leader;
    world.tally.note(Happening.ISOLATED);
    world.trace(() -> node + " is cut off");
    world.nodes.forEach(other -> cut(node, other, true));
    world.timeline.after(
        2 * drawDurationNanos(), () -> world.nodes.forEach(other -> cut(node, other, false)));
  }

  private void pause(@Nullable SimNode node) {
    if (node == null) {
      return;
    }
    world.tally.note(node.serves() ? Happening.LEADER_PAUSED : Happening.FOLLOWER_PAUSED);
    world.trace(() -> node + " is paused");
    node.mailbox().pause();
    world.timeline.after(drawDurationNanos(), node.mailbox()::resume);
  }

  private void pauseLeader() {
    pause(world.leader());
  }

  private void crash(SimNode node) {
    if (!world.plan.durable() && node.isRunning() && node.node().leader() != null) {
      return;
    }
    if (node.isRunning()) {
      world.tally.note(node.serves() ? Happening.LEADER_CRASHED : Happening.FOLLOWER_RESTARTED);
    }
    node.crash();
    if (world.plan.wipes() && world.random.nextInt(4) == 0) {
      disks.wipe(node);
    }
    world.timeline.after(drawDurationNanos(), node::start);
  }

  private long drawDurationNanos() {
    return world.random.nextInt(3) == 0
        ? world.random.nextLong(5 * Plan.MILLI)
        : world.random.nextLong(150 * Plan.MILLI);
  }

  /** Something that an operator does. */
  private void nextOrder() {
    if (over) {
      return;
    }
    SimNode leader = world.leader();
    int choice = world.random.nextInt(11);
    if (choice > 7) {
      plots.next(leader);
    } else if (choice < 3) {
      operator.promote(world.anyNode(), world.plan.forces() && world.random.nextInt(3) == 0);
    } else if (choice < 4) {
      world.tally.note(Happening.TWO_PROMOTIONS);
      operator.promote(world.anyNode(), false);
      operator.promote(world.anyNode(), false);
    } else if (choice < 6 && leader != null) {
      operator.switchOver(leader, world.random.nextInt(world.plan.followers()));
    }
    world.timeline.after(
        1 + world.random.nextLong(6 * world.plan.faultEveryNanos()), this::nextOrder);
  }

  private void restartLeader() {
    SimNode leader = world.nodes.get(0);
    if (over || !leader.isRunning()) {
      return;
    }
    if (world.random.nextBoolean()) {
      leader.run(leader.node()::stop);
    }
    leader.crash();
    world.timeline.after(
        world.random.nextLong(20 * Plan.MILLI),
        () -> {
          world.tally.note(Happening.LEADER_RESTARTED);
          leader.start();
        });
    if (world.random.nextInt(3) == 0) {
      world.timeline.after(
          drawDurationNanos(), () -> operator.promote(world.anyNode(), world.plan.forces()));
    }
  }
}
