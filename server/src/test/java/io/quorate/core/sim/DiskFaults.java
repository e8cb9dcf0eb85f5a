package io.quorate.core.sim;

/** What disks do wrong, and what is done with them. */
final class DiskFaults {

  private final SimWorld world;

  DiskFaults(SimWorld world) {
    this.world = world;
  }

  void next(SimNode node) {
    switch (world.random.nextInt(8)) {
      case 0, 1, 2 -> copy(node);
      case 3 -> failForce(node);
      case 4 -> fill(node);
      case 5 -> rot(node);
      case 6 -> crashAll();
      default -> copy(world.anyNode());
    }
  }

  void end() {
    for (SimNode node : world.nodes) {
      SimDisk disk = node.disk();
      if (disk != null) {
        disk.mend();
      }
    }
  }

  private void copy(SimNode node) {
    SimDisk disk = node.disk();
    if (disk != null) {
      node.run(() -> disk.beginCopy(node.node().state()));
    }
  }

  private void failForce(SimNode node) {
    SimDisk disk = node.disk();
    if (disk != null && node.isRunning()) {
      disk.failNext();
    }
  }

  private void fill(SimNode node) {
    SimDisk disk = node.disk();
    if (disk != null) {
      world.tally.note(Happening.DISK_FULL);
      world.trace(() -> node + "'s disk is full");
      disk.setRoomBytes(world.random.nextLong(120));
      world.timeline.after(
          world.random.nextLong(150 * Plan.MILLI), () -> disk.setRoomBytes(Long.MAX_VALUE));
    }
  }

  /** It crashes, finds its disk corrupt when it restarts, and an operator empties it. */
  private void rot(SimNode node) {
    if (world.plan.wipes() && wipe(node)) {
      world.tally.note(Happening.ROTTEN);
      world.timeline.after(world.random.nextLong(100 * Plan.MILLI), node::start);
    }
  }

  /** Never the last that holds anything. */
  boolean wipe(SimNode node) {
    for (SimNode other : world.nodes) {
      NodeWatch watch = other.watchOrNull();
      if (other != node && watch != null && !watch.kept().isBlank()) {
        node.wipe();
        return true;
      }
    }
    return false;
  }

  private void crashAll() {
    if (world.random.nextInt(3) == 0) {
      world.tally.note(Happening.ALL_CRASHED);
      world.nodes.forEach(SimNode::crashAndReturn);
    }
  }
}
