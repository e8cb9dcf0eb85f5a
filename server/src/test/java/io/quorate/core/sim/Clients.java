package io.quorate.core.sim;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes and reads at random moments, on few keys. */
final class Clients {

  private final SimWorld world;
  private long requests;
  private boolean stopped;
  private final List<ClientWrite> asked = new ArrayList<>();

  Clients(SimWorld world) {
    this.world = world;
    world.timeline.after(Plan.MILLI, this::next);
  }

  void stop() {
    stopped = true;
  }

  /** Writes without an answer at nodes that still run since they were asked. */
  long unanswered() {
    asked.removeIf(write -> write.answer != null || write.refusal != null || !isThere(write));
    return asked.size();
  }

  private boolean isThere(ClientWrite write) {
    return write.node.isRunning() && write.node.boot() == write.boot;
  }

  private void next() {
    if (stopped) {
      return;
    }
    int burst = world.random.nextInt(40) == 0 ? world.random.nextInt(10, 70) : 1;
    SimNode leader = world.leader();
    SimNode node = leader == null || world.random.nextInt(8) == 0 ? anyLeader() : leader;
    for (int i = 0; i < burst; i++) {
      int key = world.random.nextInt(world.plan.keys());
      int choice = world.random.nextInt(100);
      if (choice < 60 || burst > 1) {
        node.run(() -> write(node, key));
      } else if (choice < 80) {
        node.run(() -> world.oracle.readConfirmed(node, key));
      } else {
        world.anyNode().readLocal(key);
      }
    }
    world.timeline.after(1 + world.random.nextLong(2 * world.plan.writeEveryNanos()), this::next);
  }

  /** Some clients have not heard yet who leads. */
  private SimNode anyLeader() {
    SimNode node = world.anyNode();
    for (int tries = 0; tries < 3 && !node.serves(); tries++) {
      node = world.anyNode();
    }
    return node;
  }

  private void write(SimNode node, int key) {
    requests++;
    byte @Nullable [] value = world.random.nextInt(4) == 0 ? null : value();
    ClientWrite write =
        new ClientWrite(
            world.oracle, node, key, value, drawQuorum(), node.nowNanos() + drawTimeoutNanos());
    node.asked.add(write);
    asked.add(write);
    boolean leads = node.node().leader() != null;
    node.node()
        .put(
            world.oracle.keys.get(key),
            value,
            write.required,
            write.deadlineNanos,
            write,
            node.nowNanos());
    world.oracle.noticeGiven(node);
    if (leads && write.refusal == null && node.asked.contains(write)) {
      world.tally.note(Happening.WRITE_HELD);
    }
  }

  private int drawQuorum() {
    int followers = world.plan.followers();
    return world.random.nextInt(50) == 0 ? followers + 1 : world.random.nextInt(followers + 1);
  }

  private long drawTimeoutNanos() {
    return switch (world.random.nextInt(4)) {
      case 0 -> Plan.MILLI;
      case 1 -> 4 * Plan.MILLI;
      case 2 -> 20 * Plan.MILLI;
      default -> 100 * Plan.MILLI;
    };
  }

  /** Says which request it came with, and is of any size. */
  private byte[] value() {
    String text = "value " + requests + " ".repeat(world.random.nextInt(80));
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
