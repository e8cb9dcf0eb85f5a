package io.quorate.core.sim;

import io.quorate.core.FollowerView;
import io.quorate.core.Hello;
import io.quorate.core.Leader;
import io.quorate.core.Leadership;
import io.quorate.core.Life;
import io.quorate.core.Mutation;
import io.quorate.core.Outbox;
import io.quorate.core.Report;
import io.quorate.core.SnapshotChunk;
import io.quorate.core.Token;
import io.quorate.core.WriteView;
import io.quorate.core.sim.PromiseBroken.Promise;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One leader process, the core behind a simulated shell. */
final class SimLeader implements Outbox {

  private final SimWorld world;
  private final Leader leader;
  private final List<SimLink> links = new ArrayList<>();
  private final Mailbox mailbox = new Mailbox();
  private boolean running = true;
  private long noticedFloor;

  SimLeader(SimWorld world) {
    this.world = world;
    List<String> names = new ArrayList<>();
    for (SimFollower follower : world.followers) {
      names.add("f" + follower.index);
      links.add(new SimLink(this, world, follower));
    }
    world.oracle.leaderStarted();
    this.leader =
        new Leader(
            names, world.random.nextLong(), world.plan.startQuorum(), world.plan.limits(), this);
    world.timeline.after(Plan.TICK_NANOS, this::tick);
  }

  Leader leader() {
    return leader;
  }

  Mailbox mailbox() {
    return mailbox;
  }

  boolean isRunning() {
    return running;
  }

  boolean leads() {
    return running && leader.obstacle().isEmpty();
  }

  /** Does it on the leader's loop, when that is there. */
  void run(Runnable task) {
    if (running) {
      mailbox.run(
          () -> {
            task.run();
            noticeLeadership();
            world.oracle.checkLeader(leader);
          });
    }
  }

  void crash() {
    running = false;
    mailbox.discard();
  }

  private void tick() {
    if (!running) {
      return;
    }
    run(
        () -> {
          leader.tick(world.timeline.nowNanos());
          checkLimits();
        });
    world.timeline.after(Plan.TICK_NANOS, this::tick);
  }

  private void checkLimits() {
    for (FollowerView view : leader.followers(world.timeline.nowNanos())) {
      if (view.inFlight() < 0 || view.inFlight() > world.plan.limits().windowVersions()) {
        throw new PromiseBroken(Promise.LIMITS, "in flight: " + view.inFlight());
      }
    }
    for (SimLink link : links) {
      link.checkFollower();
    }
    checkBacklog();
  }

  /**
   * What is remembered though confirmed is in the backlog. The newest is kept whatever its size.
   */
  private void checkBacklog() {
    long bytes = 0;
    long last = leader.lastVersion();
    for (long version = last - 1; version > 0; version--) {
      WriteView write = leader.write(new Token(leader.leadership().epoch(), version));
      if (write == null) {
        break;
      }
      bytes += write.confirmed() ? write.mutation().sizeBytes() : 0;
    }
    if (bytes > world.plan.limits().backlogBytes()) {
      throw new PromiseBroken(Promise.LIMITS, "backlog of " + bytes + " bytes");
    }
  }

  private void noticeLeadership() {
    Leadership leadership = leader.leadership();
    if (world.oracle.ledger() == null && !leadership.equals(Leadership.NONE)) {
      List<@Nullable Report> standings = new ArrayList<>();
      links.forEach(link -> standings.add(link.standing));
      world.oracle.leadershipBegan(leadership, standings);
    }
  }

  /** A floor above what a follower ever passed: the limit on tombstones has struck. */
  void noteFloor(long floor) {
    if (floor <= noticedFloor) {
      return;
    }
    noticedFloor = floor;
    for (SimFollower follower : world.followers) {
      if (floor > world.furthestApplied(follower)) {
        world.tally.note(Happening.TOMBSTONE_DROPPED_EARLY);
        return;
      }
    }
  }

  @Override
  public void openSession(int follower, long session) {
    noticeLeadership();
    world.trace(() -> "f" + follower + ": session " + session);
    links.get(follower).openSession(session);
  }

  @Override
  public void hello(int follower, long helloNumber, Hello hello) {
    noticeLeadership();
    noteFloor(hello.tombstoneFloor());
    links.get(follower).hello(helloNumber, hello);
  }

  @Override
  public void append(int follower, Life life, Mutation mutation) {
    links.get(follower).append(life, mutation);
  }

  @Override
  public void snapshot(int follower, SnapshotChunk chunk) {
    world.trace(
        () ->
            "f"
                + follower
                + ": snapshot "
                + chunk.attempt()
                + " at "
                + chunk.version()
                + ", chunk "
                + chunk.number()
                + (chunk.last() ? ", the last" : ""));
    links.get(follower).snapshot(chunk);
  }
}
