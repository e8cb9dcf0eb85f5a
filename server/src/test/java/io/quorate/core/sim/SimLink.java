package io.quorate.core.sim;

import io.quorate.core.Append;
import io.quorate.core.Follower;
import io.quorate.core.Hello;
import io.quorate.core.Life;
import io.quorate.core.Mutation;
import io.quorate.core.Report;
import io.quorate.core.SnapshotChunk;
import io.quorate.core.VersionRanges;
import io.quorate.core.sim.PromiseBroken.Promise;
import io.quorate.core.sim.SimNetwork.Direction;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One leader process's link to one follower: delays each mutation by a lag of its own, sends what
 * is due as one batch, lets several requests be under way, and gives up on each after the link
 * timeout.
 */
final class SimLink {

  private static final class Request {
    final long session;
    boolean over;

    Request(long session) {
      this.session = session;
    }
  }

  private record Lagging(long dueNanos, Mutation mutation) {}

  private final SimLeader home;
  private final SimWorld world;
  private final SimFollower target;
  private final List<Lagging> lagging = new ArrayList<>();

  /** Handed over in this session and not acknowledged: version to bytes. */
  private final TreeMap<Long, Integer> handed = new TreeMap<>();

  private long handedBytes;
  private long session;
  private @Nullable Life life;
  private @Nullable Request hello;
  private long helloNumber;
  private @Nullable Request chunkRequest;
  private boolean snapshotUnderWay;

  /** Whether this session has ended a snapshot before its end, and has done nothing else yet. */
  private boolean snapshotInterrupted;

  private int snapshots;

  /** The last answer to a question in this session. */
  @Nullable Report standing;

  SimLink(SimLeader home, SimWorld world, SimFollower target) {
    this.home = home;
    this.world = world;
    this.target = target;
  }

  void openSession(long newSession) {
    if (newSession <= session) {
      throw new PromiseBroken(Promise.OUTBOX, "session " + newSession + " after " + session);
    }
    session = newSession;
    lagging.clear();
    handed.clear();
    handedBytes = 0;
    life = null;
    snapshotInterrupted = snapshotUnderWay;
    snapshotUnderWay = false;
    standing = null;
  }

  void hello(long number, Hello message) {
    requireOver(hello, "hello");
    snapshotInterrupted = false;
    helloNumber = number;
    Request request = new Request(session);
    hello = request;
    transmit(
        request,
        follower -> follower.onHello(message),
        (from, report) -> {
          if (!request.over && request.session == session && number == helloNumber) {
            standing = report;
            world.oracle.leaderHears(from);
          }
          request.over = true;
          noteAcknowledged(report);
          home.leader().onHelloReport(target.index, number, report, world.timeline.nowNanos());
        });
  }

  void append(Life meant, Mutation mutation) {
    if (life != null && !life.equals(meant)) {
      throw new PromiseBroken(Promise.OUTBOX, "two lives in one session");
    }
    life = meant;
    long lagNanos = world.drawLagNanos();
    lagging.add(new Lagging(world.timeline.nowNanos() + lagNanos, mutation));
    handed.put(mutation.version(), mutation.sizeBytes());
    handedBytes += mutation.sizeBytes();
    checkWindow(mutation);
    world.timeline.after(lagNanos, () -> home.run(this::sendDue));
  }

  private void checkWindow(Mutation latest) {
    if (handed.size() == world.plan.limits().windowVersions()) {
      world.tally.note(Happening.WINDOW_FULL);
    }
    if (handed.size() > world.plan.limits().windowVersions()
        || handedBytes - latest.sizeBytes() > world.plan.limits().windowBytes()) {
      throw new PromiseBroken(
          Promise.LIMITS,
          handed.size()
              + " mutations, "
              + handedBytes
              + " bytes in the window of f"
              + target.index
              + ": "
              + handed);
    }
  }

  private void sendDue() {
    Life meant = life;
    List<Mutation> batch = new ArrayList<>();
    Iterator<Lagging> each = lagging.iterator();
    while (each.hasNext()) {
      Lagging next = each.next();
      if (next.dueNanos() <= world.timeline.nowNanos()) {
        batch.add(next.mutation());
        each.remove();
      }
    }
    if (meant == null || batch.isEmpty()) {
      return;
    }
    Append message = home.leader().append(meant, SimEncoder.asSent(home.leader(), batch));
    home.noteFloor(message.tombstoneFloor());
    transmit(
        new Request(session),
        follower -> take(follower, message),
        (from, report) -> {
          noteAcknowledged(report);
          home.leader().onAppendReport(target.index, report, world.timeline.nowNanos());
        });
  }

  private Report take(Follower follower, Append message) {
    LifeWatch watch = target.life();
    Report report = follower.onAppend(message);
    if (report.verdict() == Report.Verdict.ACCEPTED) {
      for (Mutation mutation : message.mutations()) {
        if (watch.skips(world.oracle.keys.indexOf(mutation.key()), mutation.version())) {
          world.tally.note(Happening.SKIPPED_OLDER);
        }
        watch.noteReceived(mutation.version());
      }
    }
    return report;
  }

  private void noteAcknowledged(Report report) {
    if (report.life().equals(life) && report.verdict() == Report.Verdict.ACCEPTED) {
      VersionRanges acknowledged = report.acknowledged();
      for (int range = 0; range < acknowledged.size(); range++) {
        for (long v = acknowledged.first(range); v <= acknowledged.last(range); v++) {
          unhand(v);
        }
      }
      while (!handed.isEmpty() && handed.firstKey() <= report.appliedVersion()) {
        unhand(handed.firstKey());
      }
    }
  }

  private void unhand(long version) {
    Integer bytes = handed.remove(version);
    handedBytes -= bytes == null ? 0 : bytes;
  }

  void snapshot(SnapshotChunk chunk) {
    requireOver(chunkRequest, "chunk");
    if (chunk.number() == 0) {
      if (snapshotInterrupted) {
        world.tally.note(Happening.SNAPSHOT_RESTARTED);
      }
      snapshotUnderWay = true;
      snapshots++;
    }
    Ledger ledger = world.oracle.ledger();
    boolean underWrites = chunk.last() && ledger != null && ledger.given() > chunk.version();
    Request request = new Request(session);
    chunkRequest = request;
    transmit(
        request,
        follower -> follower.onSnapshot(chunk),
        (from, report) -> {
          if (chunk.last() && request.session == session) {
            snapshotUnderWay = false;
            if (underWrites && report.verdict() == Report.Verdict.ACCEPTED) {
              world.tally.note(Happening.SNAPSHOT_UNDER_WRITES);
            }
          }
          request.over = true;
          noteAcknowledged(report);
          home.leader().onSnapshotReport(target.index, chunk, report, world.timeline.nowNanos());
        });
  }

  private void requireOver(@Nullable Request earlier, String what) {
    if (earlier != null && !earlier.over && earlier.session == session) {
      throw new PromiseBroken(
          Promise.OUTBOX, "a second " + what + " under way to f" + target.index);
    }
  }

  private void transmit(
      Request request, Function<Follower, Report> ask, BiConsumer<LifeWatch, Report> hear) {
    BiConsumer<LifeWatch, Report> answer =
        (from, report) ->
            world.network.send(
                target.index,
                Direction.TO_LEADER,
                () -> home.run(() -> deliver(request, from, report, hear)));
    Runnable refuse =
        () -> world.network.send(target.index, Direction.TO_LEADER, () -> fail(request));
    world.network.send(
        target.index, Direction.TO_FOLLOWER, () -> target.receive(ask, answer, refuse));
    world.timeline.after(Plan.LINK_TIMEOUT_NANOS, () -> fail(request));
  }

  private void deliver(
      Request request, LifeWatch from, Report report, BiConsumer<LifeWatch, Report> hear) {
    if (request.session != session) {
      world.tally.note(Happening.LATE_ANSWER);
    }
    if (world.oracle.isLeft(from)) {
      world.tally.note(Happening.LATE_ANSWER_OF_LEFT_LIFE);
    }
    world.oracle.completions.reportBegins(target.index);
    hear.accept(from, report);
    world.oracle.completions.reportEnds();
    request.over = true;
  }

  private void fail(Request request) {
    home.run(
        () -> {
          if (!request.over && request.session == session) {
            request.over = true;
            home.leader().onLost(target.index, session, world.timeline.nowNanos());
          }
        });
  }

  /**
   * Bounds the ranges beyond a follower's prefix: each hole between them is a mutation in some
   * window, of this session, of the one before, or beside a snapshot that was not completed.
   */
  void checkFollower() {
    int ranges = target.life().rangesAbove();
    if (ranges > (snapshots + 2) * (world.plan.limits().windowVersions() + 1)) {
      throw new PromiseBroken(
          Promise.LIMITS, ranges + " ranges beyond the prefix of f" + target.index);
    }
  }
}
