package io.quorate.core.sim;

import io.quorate.core.Change;
import io.quorate.core.Condition;
import io.quorate.core.EntityTags;
import io.quorate.core.Entry;
import io.quorate.core.Receipt;
import io.quorate.core.WriteRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes and reads at random moments, on few keys. */
final class Clients {

  private static final int MOST_MARKED = 12;

  private final SimWorld world;
  private long requests;
  private boolean stopped;
  private final List<ClientRequest> asked = new ArrayList<>();

  /** The latest of those that may be repeated, as they were asked for first. */
  private final List<ClientRequest> marked = new ArrayList<>();

  Clients(SimWorld world) {
    this.world = world;
    world.timeline.after(Plan.MILLI, this::next);
  }

  void stop() {
    stopped = true;
  }

  /** Requests without an answer at nodes that still run since they were asked. */
  long unanswered() {
    asked.removeIf(request -> request.isOver() || !isThere(request));
    return asked.size();
  }

  private static boolean isThere(ClientRequest request) {
    return request.node.isRunning() && request.node.boot() == request.boot;
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

  /** Asks for something new, or again for what was marked. */
  private void write(SimNode node, int key) {
    if (!marked.isEmpty() && world.random.nextInt(12) == 0) {
      repeat(node, marked.get(world.random.nextInt(marked.size())));
      return;
    }
    requests++;
    List<Change> changes = drawChanges(node, key);
    WriteRequest.@Nullable Once once =
        world.random.nextInt(6) == 0
            ? new WriteRequest.Once("r" + requests, new Receipt.Payload(requests, 0))
            : null;
    ClientRequest request =
        new ClientRequest(world, node, changes, once, drawQuorum(), drawDeadline(node));
    ask(node, request);
    if (once != null) {
      marked.add(request);
      if (marked.size() > MOST_MARKED) {
        marked.remove(0);
      }
      repeatSoon(node, request);
    }
  }

  private void ask(SimNode node, ClientRequest request) {
    node.asked.add(request);
    asked.add(request);
    boolean leads = node.node().leader() != null;
    node.node().put(request.asked(), node.nowNanos());
    world.oracle.noticeGiven(node);
    if (leads && request.once == null && node.asked.contains(request)) {
      boolean free =
          request.changes.stream().allMatch(each -> each.condition().equals(Condition.NONE));
      world.tally.note(free ? Happening.WRITE_HELD : Happening.CONDITION_WAITED);
    }
  }

  /** At once, where it was asked for; and later, wherever it is thought to be led from then. */
  private void repeatSoon(SimNode node, ClientRequest first) {
    if (world.random.nextInt(3) == 0) {
      repeat(node, first);
    }
    if (world.random.nextBoolean()) {
      world.timeline.after(
          world.random.nextLong(120 * Plan.MILLI),
          () -> {
            SimNode leader = world.leader();
            if (!stopped && leader != null) {
              leader.run(() -> repeat(leader, first));
            }
          });
    }
  }

  /** The same again; or, by mistake, the same mark with something else. */
  private void repeat(SimNode node, ClientRequest first) {
    WriteRequest.Once once = first.once;
    if (once == null || !node.isRunning()) {
      return;
    }
    boolean same = world.random.nextInt(8) > 0;
    requests++;
    ask(
        node,
        new ClientRequest(
            world,
            node,
            same ? first.changes : drawChanges(node, world.random.nextInt(world.plan.keys())),
            same ? once : new WriteRequest.Once(once.id(), new Receipt.Payload(requests, 0)),
            first.required,
            drawDeadline(node)));
  }

  /** Of one key, or of several. */
  private List<Change> drawChanges(SimNode node, int first) {
    int all = world.plan.keys();
    int count =
        world.random.nextInt(7) == 0
            ? world.random.nextInt(2, Math.min(Plan.MOST_KEYS, all) + 1)
            : 1;
    List<Change> changes = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      changes.add(drawChange(node, (first + i) % all, count == 1 ? 80 : 8));
    }
    return changes;
  }

  private Change drawChange(SimNode node, int key, int mostPadding) {
    byte @Nullable [] value = world.random.nextInt(4) == 0 ? null : value(mostPadding);
    boolean ends = value != null && world.random.nextInt(5) == 0;
    return new Change(
        world.oracle.keys.get(key),
        value,
        value == null ? Condition.NONE : drawCondition(node, key),
        ends ? world.random.nextLong(1, world.random.nextBoolean() ? 20 : 150) : 0);
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

  private long drawDeadline(SimNode node) {
    return node.nowNanos() + drawTimeoutNanos();
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
  private byte[] value(int mostPadding) {
    String text = "value " + requests + " ".repeat(world.random.nextInt(mostPadding));
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
