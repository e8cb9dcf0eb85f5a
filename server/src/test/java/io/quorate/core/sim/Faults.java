package io.quorate.core.sim;

import io.quorate.core.sim.SimNetwork.Direction;

/** Cuts, pauses, crashes, and their end. */
final class Faults {

  private final SimWorld world;
  private final Clients clients;
  private final Operator operator;
  private boolean over;

  Faults(SimWorld world, Clients clients, Operator operator) {
    this.world = world;
    this.clients = clients;
    this.operator = operator;
    world.timeline.after(drawWaitNanos(), this::next);
    if (world.plan.leaderRestarts()) {
      world.timeline.after(
          world.random.nextLong(20 * Plan.MILLI, 120 * Plan.MILLI), this::restartLeader);
    }
  }

  /** All faults end: nothing is cut, all run. */
  void end() {
    over = true;
    world.network.heal();
    world.leader.mailbox().resume();
    if (!world.leader.isRunning()) {
      startLeader();
    }
    for (SimFollower follower : world.followers) {
      follower.start();
      follower.mailbox().resume();
    }
  }

  private void next() {
    if (over) {
      return;
    }
    SimFollower follower = world.followers.get(world.random.nextInt(world.followers.size()));
    int choice = world.random.nextInt(10);
    if (choice < 2) {
      cut(follower, world.random.nextBoolean());
    } else if (choice < 5) {
      cutBothWays(follower);
    } else if (choice < 7) {
      pauseFollower(follower);
    } else if (choice < 8) {
      pauseLeader();
    } else {
      crash(follower);
    }
    world.timeline.after(drawWaitNanos(), this::next);
  }

  private long drawWaitNanos() {
    return 1 + world.random.nextLong(2 * world.plan.faultEveryNanos());
  }

  private void cut(SimFollower follower, boolean toLeader) {
    Direction way = toLeader ? Direction.TO_LEADER : Direction.TO_FOLLOWER;
    world.tally.note(Happening.ONE_WAY_CUT);
    world.trace(() -> "f" + follower.index + ": cut " + way);
    world.network.cut(follower.index, way, true);
    world.timeline.after(drawDurationNanos(), () -> world.network.cut(follower.index, way, false));
  }

  private void cutBothWays(SimFollower follower) {
    world.tally.note(Happening.TWO_WAY_CUT);
    world.trace(() -> "f" + follower.index + ": cut");
    for (Direction way : Direction.values()) {
      world.network.cut(follower.index, way, true);
    }
    world.timeline.after(
        drawDurationNanos(),
        () -> {
          for (Direction way : Direction.values()) {
            world.network.cut(follower.index, way, false);
          }
        });
  }

  private void pauseFollower(SimFollower follower) {
    world.tally.note(Happening.FOLLOWER_PAUSED);
    world.trace(() -> "f" + follower.index + ": paused");
    Mailbox mailbox = follower.mailbox();
    mailbox.pause();
    world.timeline.after(drawDurationNanos(), mailbox::resume);
  }

  private void pauseLeader() {
    world.tally.note(Happening.LEADER_PAUSED);
    world.trace(() -> "leader paused");
    Mailbox mailbox = world.leader.mailbox();
    mailbox.pause();
    world.timeline.after(drawDurationNanos(), mailbox::resume);
  }

  private void crash(SimFollower follower) {
    world.trace(() -> "f" + follower.index + ": crashed");
    follower.crash();
    world.timeline.after(drawDurationNanos(), follower::start);
  }

  private long drawDurationNanos() {
    return world.random.nextInt(3) == 0
        ? world.random.nextLong(5 * Plan.MILLI)
        : world.random.nextLong(150 * Plan.MILLI);
  }

  private void restartLeader() {
    if (over) {
      return;
    }
    if (world.random.nextBoolean()) {
      world.leader.run(world.leader.leader()::stop);
    }
    world.trace(() -> "leader crashed");
    world.leader.crash();
    clients.leaderCrashed();
    world.timeline.after(
        world.random.nextLong(20 * Plan.MILLI),
        () -> {
          if (!world.leader.isRunning()) {
            startLeader();
          }
        });
  }

  private void startLeader() {
    world.tally.note(Happening.LEADER_RESTARTED);
    world.startLeader();
    operator.watch();
  }
}
