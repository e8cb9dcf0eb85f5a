package io.quorate.core.sim;

import io.quorate.core.Refusal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes and reads at random moments, on few keys. */
final class Clients {

  private final SimWorld world;
  private long asked;
  private boolean stopped;

  /** Of the leader process that runs now, those it accepted. */
  private final List<ClientWrite> accepted = new ArrayList<>();

  Clients(SimWorld world) {
    this.world = world;
    world.timeline.after(Plan.MILLI, this::next);
  }

  void stop() {
    stopped = true;
  }

  /** The leader process has ended: nobody will be answered. */
  void leaderCrashed() {
    accepted.clear();
  }

  /** Accepted writes without an answer. */
  long unanswered() {
    return accepted.stream().filter(write -> write.answer == null).count();
  }

  private void next() {
    if (stopped) {
      return;
    }
    int requests = world.random.nextInt(40) == 0 ? world.random.nextInt(10, 70) : 1;
    for (int i = 0; i < requests; i++) {
      int key = world.random.nextInt(world.plan.keys());
      int choice = world.random.nextInt(100);
      if (choice < 60 || requests > 1) {
        world.leader.run(() -> write(key));
      } else if (choice < 80) {
        world.leader.run(() -> world.oracle.readConfirmed(world.leader.leader(), key));
      } else {
        int follower = world.random.nextInt(world.followers.size());
        world.followers.get(follower).readLocal(world.oracle.keys.get(key));
      }
    }
    world.timeline.after(1 + world.random.nextLong(2 * world.plan.writeEveryNanos()), this::next);
  }

  private void write(int key) {
    asked++;
    byte @Nullable [] value = world.random.nextInt(4) == 0 ? null : value();
    long deadlineNanos = world.timeline.nowNanos() + drawTimeoutNanos();
    Ledger ledger = world.oracle.ledger();
    ClientWrite write =
        new ClientWrite(
            world.oracle,
            key,
            value,
            drawQuorum(),
            deadlineNanos,
            ledger == null ? 0 : ledger.given() + 1);
    world
        .leader
        .leader()
        .put(
            world.oracle.keys.get(key),
            value,
            write.required,
            deadlineNanos,
            write,
            world.timeline.nowNanos());
    Refusal refusal = write.refusal;
    if (refusal != null) {
      noteRefusal(refusal.kind());
    } else if (ledger == null) {
      throw new PromiseBroken(
          PromiseBroken.Promise.OTHER_LEADERSHIP, "accepted by one who does not lead: " + write);
    } else {
      ledger.add(write);
      accepted.add(write);
      world.trace(() -> "given " + write);
    }
  }

  private void noteRefusal(Refusal.Kind kind) {
    world.tally.note(
        switch (kind) {
          case NOT_LEADING, MOVED -> Happening.REFUSED_NOT_LEADING;
          case IMPOSSIBLE_QUORUM -> Happening.REFUSED_IMPOSSIBLE_QUORUM;
          case TOO_FEW_CONNECTED -> Happening.REFUSED_TOO_FEW_CONNECTED;
          case TOO_MANY_WAITING -> Happening.REFUSED_TOO_MANY_WAITING;
          case STORE_FULL, DISK_FULL -> Happening.REFUSED_STORE_FULL;
        });
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
    String text = "value " + asked + " ".repeat(world.random.nextInt(80));
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
