package io.quorate.core.sim;

import io.quorate.core.Disk;
import io.quorate.core.Entry;
import io.quorate.core.Key;
import io.quorate.core.Leadership;
import io.quorate.core.Membership;
import io.quorate.core.Mutation;
import io.quorate.core.NodeState;
import io.quorate.core.Reign;
import io.quorate.core.Replay;
import io.quorate.core.SnapshotHead;
import io.quorate.core.StateHead;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The disk of one incarnation: what it was told, of which all through {@link #settled} outlives a
 * crash. Beside it, a state made of nothing but what is settled: what the node would be if it
 * crashed now.
 */
final class SimDisk implements Disk {

  /** What was kept is the same state, however a process that reads it is configured. */
  private static final long OTHER_LIMIT = 1;

  /** A copy of the state in the making: its head, and the entries as they were somewhat later. */
  private record Copy(StateHead head, long position, List<Mutation> held) {}

  private final SimWorld world;
  private final SimNode node;
  private final NodeState shadow;
  private final Replay toShadow;

  private @Nullable Copy kept;

  /** What was told after {@link #before}. */
  private final List<Consumer<Replay>> records = new ArrayList<>();

  private long before;
  private long settled;

  /** Grows with each crash: what was under way then never ends. */
  private int crashes;

  private boolean forcing;
  private boolean fails;
  private long roomBytes = Long.MAX_VALUE;
  private @Nullable Copy copying;

  /** A copy that is complete counts once all through here is settled. */
  private long copiedAt;

  SimDisk(SimWorld world, SimNode node) {
    this.world = world;
    this.node = node;
    this.shadow = new NodeState(OTHER_LIMIT);
    this.toShadow = shadow.replay();
  }

  /** What the node would be if it crashed now. */
  NodeState shadow() {
    return shadow;
  }

  @Override
  public long position() {
    return before + records.size();
  }

  @Override
  public long roomBytes() {
    return roomBytes;
  }

  void setRoomBytes(long bytes) {
    roomBytes = bytes;
  }

  /** Nothing is wrong with it any more. */
  void mend() {
    fails = false;
    roomBytes = Long.MAX_VALUE;
  }

  /** The next force fails, and the process with it. */
  void failNext() {
    fails = true;
  }

  /** What is not settled is lost, or all but its beginning is. */
  void crash() {
    crashes++;
    forcing = false;
    fails = false;
    copying = null;
    long unsettled = position() - settled;
    long survives =
        settled + (world.random.nextBoolean() ? 0 : world.random.nextLong(unsettled + 1));
    if (survives > settled) {
      world.tally.note(Happening.TORN);
    }
    if (survives < position()) {
      world.tally.note(Happening.UNSETTLED_LOST);
      records.subList((int) (survives - before), records.size()).clear();
    }
    settle(survives);
  }

  /** All that is kept, told to the state of a process that begins. */
  NodeState load() {
    NodeState state = new NodeState(world.plan.limits().backlogBytes());
    Replay replay = state.replay();
    Copy base = kept;
    if (base != null) {
      world.tally.note(Happening.RECOVERED_FROM_COPY);
      replay.head(base.head());
      base.held().forEach(replay::held);
    }
    records.forEach(each -> each.accept(replay));
    state.attach(this);
    return state;
  }

  /** Copies the state, part by part, while changes go on. */
  @SuppressWarnings("ReferenceEquality") // the same copy, not one that is alike
  void beginCopy(NodeState state) {
    if (state.isInstalling() || copying != null) {
      return;
    }
    Copy copy = new Copy(state.head(), position(), new ArrayList<>());
    copying = copy;
    int present = crashes;
    world.timeline.after(
        world.random.nextLong(10 * Plan.MILLI),
        () -> {
          copyHalf(copy, state, 0);
          world.timeline.after(
              world.random.nextLong(10 * Plan.MILLI),
              () -> {
                if (copying == copy && present == crashes) {
                  copyHalf(copy, state, 1);
                  copiedAt = position();
                  publish();
                }
              });
        });
    copiedAt = Long.MAX_VALUE;
  }

  private void copyHalf(Copy copy, NodeState state, int half) {
    for (Map.Entry<Key, Entry> held : state.store().entries()) {
      if ((held.getKey().hashCode() & 1) == half) {
        copy.held().add(held.getValue().toMutation(held.getKey()));
      }
    }
    if (half == 1) {
      copy.held().addAll(state.store().receiptsNow());
    }
  }

  private void publish() {
    Copy copied = copying;
    if (copied != null && settled >= copiedAt) {
      kept = copied;
      copying = null;
      records.subList(0, (int) (copied.position() - before)).clear();
      before = copied.position();
    }
  }

  private void told(Consumer<Replay> record) {
    records.add(record);
    if (!forcing) {
      forcing = true;
      later(world.random.nextLong(100 * Plan.MICRO), this::force);
    }
  }

  /** What was held until then may go with it. */
  private void toldLeaving(Consumer<Replay> record) {
    told(
        replay -> {
          world.oracle.noteQuorums();
          record.accept(replay);
        });
  }

  private void later(long nanos, Runnable action) {
    int present = crashes;
    world.timeline.after(
        nanos,
        () -> {
          if (present == crashes) {
            action.run();
          }
        });
  }

  private void force() {
    long through = position();
    later(1 + world.random.nextLong(world.plan.settleNanos()), () -> forced(through));
  }

  private void forced(long through) {
    if (fails) {
      world.tally.note(Happening.FORCE_FAILED);
      world.trace(() -> "n" + node.index + ": a force failed");
      node.crashAndReturn();
      return;
    }
    settle(through);
    node.run(() -> node.node().onSettled(through, node.nowNanos()));
    if (position() > through) {
      force();
    } else {
      forcing = false;
    }
  }

  private void settle(long through) {
    while (settled < through) {
      records.get((int) (settled - before)).accept(toShadow);
      settled++;
    }
    publish();
  }

  @Override
  public void stored(Mutation mutation) {
    told(replay -> replay.stored(mutation));
  }

  @Override
  public void storedTogether(List<Mutation> write) {
    told(replay -> replay.storedTogether(write));
  }

  @Override
  public void skipped(long version) {
    told(replay -> replay.skipped(version));
  }

  @Override
  public void granted(Leadership leadership) {
    told(replay -> replay.granted(leadership));
  }

  @Override
  public void collected(long tombstoneFloor) {
    told(replay -> replay.collected(tombstoneFloor));
  }

  @Override
  public void installBegun(SnapshotHead head) {
    toldLeaving(replay -> replay.installBegun(head));
  }

  @Override
  public void shown(Mutation mutation) {
    told(replay -> replay.shown(mutation));
  }

  @Override
  public void wentInPlace() {
    told(Replay::wentInPlace);
  }

  @Override
  public void chunkTaken(int number) {
    told(replay -> replay.chunkTaken(number));
  }

  @Override
  public void installed() {
    told(Replay::installed);
  }

  @Override
  public void entered(Reign reign) {
    toldLeaving(replay -> replay.entered(reign));
  }

  @Override
  public void membership(Membership membership) {
    told(replay -> replay.membership(membership));
  }
}
