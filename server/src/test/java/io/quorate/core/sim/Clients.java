package io.quorate.core.sim;

import io.quorate.core.Condition;
import io.quorate.core.EntityTags;
import io.quorate.core.Entry;
import io.quorate.core.WriteRequest;
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
      } else if (choice < 90) {
        world.anyNode().readLocal(key);
      } else {
        SimNode any = world.anyNode();
        any.run(() -> world.oracle.ownReads.read(any));
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
    Condition condition = value == null ? Condition.NONE : drawCondition(node, key);
    ClientWrite write =
        new ClientWrite(
            world.oracle,
            node,
            key,
            value,
            condition,
            drawQuorum(),
            node.nowNanos() + drawTimeoutNanos());
    node.asked.add(write);
    asked.add(write);
    boolean leads = node.node().leader() != null;
    node.node()
        .put(
            new WriteRequest(
                world.oracle.keys.get(key),
                value,
                condition,
                write.required,
                write.deadlineNanos,
                write),
            node.nowNanos());
    world.oracle.noticeGiven(node);
    if (leads && write.refusal == null && node.asked.contains(write)) {
      boolean free = condition.equals(Condition.NONE);
      world.tally.note(free ? Happening.WRITE_HELD : Happening.CONDITION_WAITED);
    }
  }

  /** Of one write in four, which as often holds as not. */
  private Condition drawCondition(SimNode node, int key) {
    int choice = world.random.nextInt(20);
    if (choice == 0) {
      return new Condition(null, EntityTags.ANY);
    } else if (choice == 1) {
      return new Condition(EntityTags.ANY, null);
    }
    Entry seen = choice < 5 ? node.node().store().newest(world.oracle.keys.get(key)) : null;
    if (seen == null) {
      return Condition.NONE;
    }
    EntityTags tags = new EntityTags(false, List.of(seen.token()));
    return choice < 4 ? new Condition(tags, null) : new Condition(null, tags);
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
