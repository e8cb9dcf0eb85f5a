package io.quorate.core.sim;

import org.jspecify.annotations.Nullable;

/** What chance alone would bring about too seldom: faults and orders that follow on each other. */
final class Plots {

  private final SimWorld world;
  private final Operator operator;
  private final DiskFaults disks;

  Plots(SimWorld world, Operator operator, DiskFaults disks) {
    this.world = world;
    this.operator = operator;
    this.disks = disks;
  }

  void next(@Nullable SimNode leader) {
    if (leader == null) {
      return;
    }
    SimNode heir = other(leader, leader);
    if (world.random.nextInt(3) > 0) {
      replace(leader, heir);
    } else if (world.plan.wipes()) {
      replaceAndWipe(leader, heir, other(leader, heir));
    }
  }

  private SimNode other(SimNode one, SimNode two) {
    SimNode node = world.anyNode();
    while (node == one || (node == two && world.nodes.size() > 2)) {
      node = world.anyNode();
    }
    return node;
  }

  /** A leader is cut off and replaced, and soon after it is back, its successor too. */
  private void replace(SimNode leader, SimNode heir) {
    world.tally.note(Happening.REPLACED_BEHIND_A_CUT);
    world.trace(() -> leader + " is cut off, for " + heir + " to replace it");
    cut(leader, true);
    world.timeline.after(random(30), () -> operator.promote(heir, false));
    world.timeline.after(
        random(160),
        () -> {
          cut(leader, false);
          world.timeline.after(random(20), () -> operator.promote(other(heir, heir), false));
        });
  }

  /**
   * While another is granted an epoch, a leader that is cut off hears of one node only, and that
   * one loses its data, its grant among them.
   */
  private void replaceAndWipe(SimNode leader, SimNode heir, SimNode wiped) {
    world.tally.note(Happening.GRANT_LOST);
    world.trace(() -> leader + " hears only " + wiped + ", which is to be wiped");
    cut(leader, true);
    cut(leader, wiped, false);
    cut(heir, wiped, true);
    world.timeline.after(random(20), () -> operator.promote(heir, false));
    world.timeline.after(random(40), () -> cut(heir, wiped, false));
    world.timeline.after(
        40 * Plan.MILLI + random(100),
        () -> {
          if (disks.wipe(wiped)) {
            wiped.start();
          }
          cut(heir, wiped, world.random.nextBoolean());
        });
    world.timeline.after(
        200 * Plan.MILLI + random(150),
        () -> {
          cut(leader, false);
          cut(heir, false);
        });
  }

  private long random(int mostMillis) {
    return 1 + world.random.nextLong(mostMillis * Plan.MILLI);
  }

  private void cut(SimNode node, boolean whether) {
    world.nodes.forEach(other -> cut(node, other, whether));
  }

  private void cut(SimNode one, SimNode other, boolean whether) {
    world.network.cut(one.index, other.index, whether);
    world.network.cut(other.index, one.index, whether);
  }
}
