package io.quorate.core.sim;

import io.quorate.core.Append;
import io.quorate.core.GrantRequest;
import io.quorate.core.Hello;
import io.quorate.core.Leader;
import io.quorate.core.Leadership;
import io.quorate.core.Life;
import io.quorate.core.Mutation;
import io.quorate.core.Node;
import io.quorate.core.Pull;
import io.quorate.core.Report;
import io.quorate.core.SnapshotChunk;
import io.quorate.core.StateHead;
import io.quorate.core.VersionRanges;
import io.quorate.core.sim.PromiseBroken.Promise;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One process's link to another node: delays each mutation by a lag of its own, sends what is due
 * as one batch, lets several requests be under way, and gives up on each after the link timeout.
 */
final class SimLink {

  private static final class Request {
    final long session;
    boolean over;

    Request(long session) {
      this.session = session;
    }
  }

  private record Lagging(long dueNanos, List<Mutation> write) {}

  private final SimNode home;
  private final int boot;
  private final SimWorld world;
  private final SimNode target;
  private final int peer;
  private final List<Lagging> lagging = new ArrayList<>();

  /** Handed over in this session and not acknowledged: version to bytes. */
  private final TreeMap<Long, Integer> handed = new TreeMap<>();

  private long handedBytes;
  private long session = 1;
  private boolean closed;
  private @Nullable Life life;

  /** A hello, a request for a grant, or for what the node holds. */
  private @Nullable Request question;

  private long questionNumber;
  private @Nullable Request chunkRequest;
  private boolean snapshotUnderWay;

  /** Whether this session has ended a snapshot before its end, and has done nothing else yet. */
  private boolean snapshotInterrupted;

  private int snapshots;

  /** The last answer to a hello in this session. */
  @Nullable Report standing;

  SimLink(SimNode home, SimWorld world, SimNode target, int peer) {
    this.home = home;
    this.boot = home.boot();
    this.world = world;
    this.target = target;
    this.peer = peer;
  }

  /** What it still brings back is not waited for. */
  void close() {
    closed = true;
    lagging.clear();
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
    snapshotInterrupted = false;
    Request request = asks(number);
    String url = SimNode.url(home.index);
    this.<Report>transmit(
        request,
        (node, answer) ->
            node.onHello(message, url, home.membership(target.index), answer, target.nowNanos()),
        target::answers,
        report -> {
          if (!request.over && request.session == session && number == questionNumber) {
            standing = report;
            world.oracle.leaderHears(home, target, report);
          }
          request.over = true;
          noteAcknowledged(report);
          home.node().onHelloReport(peer, number, report, home.nowNanos());
        });
  }

  void grant(long number, GrantRequest message) {
    Request request = asks(number);
    this.<Report>transmit(
        request,
        (node, answer) -> node.onGrant(message, answer, target.nowNanos()),
        report -> {
          target.answers(report);
          target.watch().answersGrant(message.candidate(), report);
        },
        report -> {
          request.over = true;
          home.node().onGrantReport(peer, number, report, home.nowNanos());
        });
  }

  void pull(long number, Pull message) {
    Request request = asks(number);
    this.<@Nullable SnapshotChunk>transmit(
        request,
        (node, answer) -> node.onPull(message, answer),
        chunk -> {},
        chunk -> {
          request.over = true;
          if (chunk != null) {
            world.tally.note(Happening.STATE_PULLED);
          }
          home.node().onPulled(peer, number, chunk, home.nowNanos());
        });
  }

  void invite(Leadership leadership) {
    this.<Report>transmit(
        new Request(session),
        (node, answer) -> node.onInvite(leadership, answer, target.nowNanos()),
        report -> {},
        report -> {
          if (report.verdict() != Report.Verdict.ACCEPTED) {
            home.node().onInviteRefused(home.nowNanos());
          }
        });
  }

  private Request asks(long number) {
    requireOver(question, "question");
    Request request = new Request(session);
    question = request;
    questionNumber = number;
    return request;
  }

  void append(Life meant, List<Mutation> write) {
    if (life != null && !life.equals(meant)) {
      throw new PromiseBroken(Promise.OUTBOX, "two lives in one session");
    }
    life = meant;
    long lagNanos = world.drawLagNanos();
    lagging.add(new Lagging(world.timeline.nowNanos() + lagNanos, write));
    int writeBytes = 0;
    for (Mutation mutation : write) {
      handed.put(mutation.version(), mutation.sizeBytes());
      writeBytes += mutation.sizeBytes();
    }
    handedBytes += writeBytes;
    checkWindow(write.size(), writeBytes);
    world.timeline.after(lagNanos, () -> atHome(this::sendDue));
  }

  /** It is not parted by the window's end. */
  private void checkWindow(int latest, int latestBytes) {
    if (handed.size() >= world.plan.limits().windowVersions()) {
      world.tally.note(Happening.WINDOW_FULL);
    }
    if (handed.size() - latest >= world.plan.limits().windowVersions()
        || handedBytes - latestBytes > world.plan.limits().windowBytes()) {
      throw new PromiseBroken(
          Promise.LIMITS,
          handed.size() + " mutations, " + handedBytes + " bytes in the window: " + handed);
    }
  }

  private void sendDue() {
    Life meant = life;
    Leader leader = home.node().leader();
    List<Mutation> batch = new ArrayList<>();
    Iterator<Lagging> each = lagging.iterator();
    while (each.hasNext()) {
      Lagging next = each.next();
      if (next.dueNanos() <= world.timeline.nowNanos()) {
        batch.addAll(next.write());
        each.remove();
      }
    }
    if (closed || meant == null || leader == null || batch.isEmpty()) {
      return;
    }
    Append message = leader.append(meant, SimEncoder.asSent(leader, batch));
    world.oracle.together.sent(message);
    LimitWatch.noteFloor(world, home, message.tombstoneFloor());
    this.<Report>transmit(
        new Request(session),
        (node, answer) -> {
          target.watch().noteSkipped(message);
          node.onAppend(message, answer, target.nowNanos());
        },
        report -> target.watch().answersAppend(message, report),
        report -> {
          noteAcknowledged(report);
          home.node().onAppendReport(peer, report, home.nowNanos());
        });
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
    } else if (!snapshotUnderWay) {
      world.tally.note(Happening.SNAPSHOT_RESUMED);
      snapshotUnderWay = true;
    }
    Ledger ledger = world.oracle.ledgerOf(home);
    boolean underWrites = chunk.last() && ledger != null && ledger.given() > chunk.version();
    Request request = new Request(session);
    chunkRequest = request;
    this.<Report>transmit(
        request,
        (node, answer) -> {
          world.oracle.noteQuorums();
          node.onSnapshot(chunk, answer, target.nowNanos());
        },
        target::answers,
        report -> {
          if (chunk.last() && request.session == session) {
            snapshotUnderWay = false;
            if (report.verdict() == Report.Verdict.ACCEPTED) {
              world.tally.note(
                  chunk.head().isWhole()
                      ? Happening.SNAPSHOT_WHOLE
                      : Happening.SNAPSHOT_DIFFERENCE);
              if (underWrites) {
                world.tally.note(Happening.SNAPSHOT_UNDER_WRITES);
              }
            }
          }
          request.over = true;
          noteAcknowledged(report);
          home.node().onSnapshotReport(peer, chunk, report, home.nowNanos());
        });
  }

  private void requireOver(@Nullable Request earlier, String what) {
    if (earlier != null && !earlier.over && earlier.session == session) {
      throw new PromiseBroken(Promise.OUTBOX, "a second " + what + " under way to " + target);
    }
  }

  /**
   * Sends a request.
   *
   * @param ask what is done where it arrives
   * @param answered what is looked at when that node answers
   * @param hear what is done here with the answer
   */
  private <T> void transmit(
      Request request, BiConsumer<Node, Consumer<T>> ask, Consumer<T> answered, Consumer<T> hear) {
    Consumer<T> answer =
        value -> {
          answered.accept(value);
          NodeWatch from = target.watch();
          world.network.send(
              target.index, home.index, () -> atHome(() -> deliver(request, from, value, hear)));
        };
    Runnable arrives =
        () -> {
          if (target.isRunning()) {
            target.run(() -> ask.accept(target.node(), answer));
          } else {
            world.network.send(target.index, home.index, () -> fail(request));
          }
        };
    world.network.send(home.index, target.index, arrives);
    world.timeline.after(Plan.LINK_TIMEOUT_NANOS, () -> fail(request));
  }

  private <T> void deliver(Request request, NodeWatch from, T value, Consumer<T> hear) {
    if (request.session != session || closed) {
      world.tally.note(Happening.LATE_ANSWER);
    }
    if (from != target.watchOrNull()) {
      world.tally.note(Happening.LATE_ANSWER_OF_LEFT_LIFE);
    }
    if (value instanceof Report report && report.verdict() == Report.Verdict.OTHER_LIFE) {
      world.tally.note(Happening.OTHER_LIFE_MET);
    }
    world.oracle.reportBegins(home, peer);
    hear.accept(value);
    world.oracle.reportEnds();
    request.over = true;
  }

  private void fail(Request request) {
    atHome(
        () -> {
          if (!closed && !request.over && request.session == session) {
            request.over = true;
            home.node().onLost(peer, session, home.nowNanos());
          }
        });
  }

  /** Does it on the loop of the process that this link is of. */
  private void atHome(Runnable task) {
    if (home.isRunning() && home.boot() == boot) {
      home.run(task);
    }
  }

  /**
   * Bounds the ranges beyond a follower's prefix: each hole between them is a mutation in some
   * window, of this session, of the one before, or beside a snapshot that was not completed.
   */
  void checkFollower() {
    if (target.isRunning() && target.node().leader() == null) {
      StateHead head = target.node().state().head();
      boolean entered = head.reign().leadership().equals(home.leader().leadership());
      int ranges = entered ? head.appliedAbove().size() : 0;
      if (ranges > (snapshots + 3) * (world.plan.limits().windowVersions() + Plan.MOST_KEYS)) {
        throw new PromiseBroken(Promise.LIMITS, ranges + " ranges beyond the prefix of " + target);
      }
    }
  }

  @Override
  public String toString() {
    return target.toString();
  }
}
