package io.quorate.replication;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.CorruptedFrameException;
import io.quorate.core.GrantRequest;
import io.quorate.core.Leader;
import io.quorate.core.Leadership;
import io.quorate.core.Life;
import io.quorate.core.Mutation;
import io.quorate.core.Node;
import io.quorate.core.Pull;
import io.quorate.core.Report;
import io.quorate.core.SnapshotChunk;
import io.quorate.metrics.DurationCounts;
import io.quorate.replication.ReplicationFormat.HelloMessage;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The link from one that leads, or asks to, to another node: requests out, reports back to the
 * core. Owned by the core's loop.
 */
final class FollowerLink {

  private static final Logger LOG = LoggerFactory.getLogger(FollowerLink.class);

  private static final long CLOSED = -1;

  private final int follower;
  private final URI url;
  private final EventLoop loop;
  private final Node core;
  private final LinkPool pool;
  private final InjectedDelay delay;
  private final BatchLane batches;
  private final long timeoutNanos;

  private long session = 1;
  private String nodeId;
  private long sentBytes;

  /** Why it is out of reach; null when it is not. */
  private @Nullable String loss;

  FollowerLink(
      int follower,
      URI url,
      EventLoop loop,
      Node core,
      Supplier<Leader> leading,
      LinkPool pool,
      BatchEncoder encoder,
      InjectedDelay delay,
      int maxBatches,
      long timeoutNanos) {
    this.follower = follower;
    this.url = url;
    this.loop = loop;
    this.core = core;
    this.pool = pool;
    this.delay = delay;
    this.batches =
        new BatchLane(
            loop, leading, encoder, delay, maxBatches, this::sendBatch, this::couldNotSend);
    this.timeoutNanos = timeoutNanos;
    this.nodeId = url.getAuthority();
  }

  /** What the follower calls itself, or host and port of its URL before it has said. */
  String nodeId() {
    return nodeId;
  }

  /** Why the follower is out of reach; null when it is not. */
  @Nullable String loss() {
    return loss;
  }

  URI url() {
    return url;
  }

  InjectedDelay delay() {
    return delay;
  }

  /** Bytes of requests on this link since it was made. */
  long sentBytes() {
    return sentBytes;
  }

  /** Of the batches sent on this link since the leadership began. */
  NodeStatus.RoundTrip roundTrip() {
    return batches.roundTrip();
  }

  /** The same batches, by bucket. */
  DurationCounts roundTrips() {
    return batches.roundTrips();
  }

  /** Drops what is not sent yet, and all connections: the next resolve the follower's name anew. */
  void openSession(long newSession) {
    session = newSession;
    batches.startOver();
    pool.closeAll();
  }

  void append(Life life, List<Mutation> write) {
    batches.append(life, write);
  }

  private void sendBatch(ByteBuf body, BatchLane.Progress progress) {
    post(
        ReplicationFormat.APPEND,
        body,
        progress::sent,
        (report, now) -> {
          core.onAppendReport(follower, report, now);
          progress.answered(now);
        });
  }

  void hello(long helloNumber, HelloMessage message) {
    post(
        ReplicationFormat.HELLO,
        body -> ReplicationFormat.writeHello(body, message),
        (report, now) -> core.onHelloReport(follower, helloNumber, report, now));
  }

  void grant(long number, GrantRequest request) {
    post(
        ReplicationFormat.GRANT,
        body -> ReplicationFormat.writeGrant(body, request),
        (report, now) -> core.onGrantReport(follower, number, report, now));
  }

  void pull(long number, Pull pull) {
    ByteBuf body = ByteBufAllocator.DEFAULT.buffer();
    ReplicationFormat.writePull(body, pull);
    sentBytes += body.readableBytes();
    pool.send(ReplicationFormat.PULL, body, new PullExchange(session, number));
  }

  void invite(Leadership ending) {
    post(
        ReplicationFormat.INVITE,
        body -> ReplicationFormat.writeInvite(body, ending),
        (report, now) -> {
          if (report.verdict() != Report.Verdict.ACCEPTED) {
            core.onInviteRefused(now);
          }
        });
  }

  /** A chunk is delayed like a mutation. */
  void snapshot(SnapshotChunk chunk) {
    long opened = session;
    loop.schedule(
        () -> {
          if (opened == session) {
            sendChunk(chunk);
          }
        },
        delay.isOn() ? delay.drawNanos() : 0,
        TimeUnit.NANOSECONDS);
  }

  private void sendChunk(SnapshotChunk chunk) {
    post(
        ReplicationFormat.SNAPSHOT,
        body -> ReplicationFormat.writeSnapshot(body, chunk),
        (report, now) -> core.onSnapshotReport(follower, chunk, report, now));
  }

  private void post(String path, Consumer<ByteBuf> writer, BiConsumer<Report, Long> onReport) {
    try {
      ByteBuf body = ByteBufAllocator.DEFAULT.buffer();
      writer.accept(body);
      post(path, body, FollowerLink::notMeasured, onReport);
    } catch (RuntimeException | OutOfMemoryError noBuffer) {
      couldNotSend(noBuffer);
    }
  }

  private void post(String path, ByteBuf body, Runnable sent, BiConsumer<Report, Long> onReport) {
    sentBytes += body.readableBytes();
    pool.send(path, body, new ReportExchange(session, sent, onReport));
  }

  private void lost(long opened, Throwable cause) {
    if (session == CLOSED) {
      return;
    }
    if (opened == session) {
      String message = String.valueOf(cause.getMessage());
      if (loss == null) {
        LOG.info("follower {} is out of reach: {}", nodeId, message);
      }
      loss = "is out of reach: " + message;
    }
    core.onLost(follower, opened, System.nanoTime());
  }

  /** What could not even be sent counts as lost, once the core is done with what it is at. */
  private void couldNotSend(Throwable cause) {
    Fatal.check(cause);
    long opened = session;
    loop.execute(() -> lost(opened, cause));
  }

  /** How late a request other than a batch was sent is of no interest. */
  private static void notMeasured() {}

  /** A request of one session that the follower answers with a report. */
  private final class ReportExchange implements LinkConnection.Exchange {
    private final long opened;
    private final Runnable sent;
    private final BiConsumer<Report, Long> onReport;

    ReportExchange(long opened, Runnable sent, BiConsumer<Report, Long> onReport) {
      this.opened = opened;
      this.sent = sent;
      this.onReport = onReport;
    }

    @Override
    public long timeoutNanos() {
      return timeoutNanos;
    }

    @Override
    public void sent() {
      sent.run();
    }

    @Override
    public void answered(int status, ByteBuf body) {
      ReportFormat.NodeReport message;
      try {
        message = ReportFormat.read(body);
      } catch (CorruptedFrameException notAReport) {
        failed(new IllegalStateException("answered " + status + " without a report", notAReport));
        return;
      }
      if (session == CLOSED) {
        return;
      }
      nodeId = message.nodeId();
      if (loss != null) {
        LOG.info("follower {} is back", nodeId);
        loss = null;
      }
      onReport.accept(message.report(), System.nanoTime());
    }

    @Override
    public void failed(Throwable cause) {
      lost(opened, cause);
    }
  }

  /** A part of what the node holds is asked for. */
  private final class PullExchange implements LinkConnection.Exchange {
    private final long opened;
    private final long number;

    PullExchange(long opened, long number) {
      this.opened = opened;
      this.number = number;
    }

    @Override
    public long timeoutNanos() {
      return timeoutNanos;
    }

    @Override
    public void sent() {}

    @Override
    public void answered(int status, ByteBuf body) {
      SnapshotChunk chunk;
      try {
        chunk = status == 200 ? ReplicationFormat.readSnapshot(body) : null;
      } catch (CorruptedFrameException notAChunk) {
        failed(new IllegalStateException("answered a pull without a chunk", notAChunk));
        return;
      }
      if (session != CLOSED) {
        core.onPulled(follower, number, chunk, System.nanoTime());
      }
    }

    @Override
    public void failed(Throwable cause) {
      lost(opened, cause);
    }
  }

  /** Asks the follower for something beside replication; the answer is copied. */
  CompletableFuture<byte[]> ask(String path, ByteBuf body) {
    CompletableFuture<byte[]> asked = new CompletableFuture<>();
    pool.send(path, body, new AskExchange(asked));
    return asked;
  }

  /** Fails what has waited longer than it may. */
  void expire(long nowNanos) {
    pool.expire(nowNanos);
  }

  /** Nothing more is sent, and nothing heard. */
  void close() {
    session = CLOSED;
    batches.startOver();
    pool.closeAll();
  }
}
