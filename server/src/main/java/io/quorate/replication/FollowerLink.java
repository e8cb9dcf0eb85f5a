package io.quorate.replication;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.CorruptedFrameException;
import io.quorate.core.Leader;
import io.quorate.core.Life;
import io.quorate.core.Mutation;
import io.quorate.core.Report;
import io.quorate.core.SnapshotChunk;
import io.quorate.replication.ReplicationFormat.HelloMessage;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The link from the leader to one follower: waits out each mutation's delay, then sends all that is
 * due in one batch. Owned by the leader's loop.
 *
 * <p>With lag, a batch goes out as soon as a connection is free, each connection carrying one
 * request at a time, so that later writes overtake earlier ones. Without lag only one batch is
 * under way: the next fills meanwhile.
 */
final class FollowerLink {

  private static final Logger LOG = LoggerFactory.getLogger(FollowerLink.class);

  private static final int MAX_BATCH_MUTATIONS = 1024;
  private static final int MAX_BATCH_BYTES = 1 << 20;

  /** A digest reads every stored byte. */
  private static final long ASK_TIMEOUT_NANOS = TimeUnit.SECONDS.toNanos(60);

  /** A mutation whose delay is over. */
  private record Due(Mutation mutation, long dueNanos) {}

  private final int follower;
  private final EventLoop loop;
  private final Leader leader;
  private final LinkPool pool;
  private final BatchEncoder encoder;
  private final InjectedDelay delay;
  private final int maxConnections;
  private final URI url;
  private final long timeoutNanos;

  /** Bounded by the window of the core. */
  private final ArrayDeque<Due> due = new ArrayDeque<>();

  private long session;
  private @Nullable Life life;
  private int batchesUnderWay;
  private boolean flushScheduled;
  private String nodeId;
  private boolean lossLogged;

  FollowerLink(
      int follower,
      URI url,
      EventLoop loop,
      Leader leader,
      LinkPool pool,
      BatchEncoder encoder,
      InjectedDelay delay,
      int maxConnections,
      long timeoutNanos) {
    this.follower = follower;
    this.url = url;
    this.loop = loop;
    this.leader = leader;
    this.pool = pool;
    this.encoder = encoder;
    this.delay = delay;
    this.maxConnections = maxConnections;
    this.timeoutNanos = timeoutNanos;
    this.nodeId = url.getAuthority();
  }

  /** What the follower calls itself, or host and port of its URL before it has said. */
  String nodeId() {
    return nodeId;
  }

  URI url() {
    return url;
  }

  InjectedDelay delay() {
    return delay;
  }

  /** Drops what is not sent yet, and all connections: the next resolve the follower's name anew. */
  void openSession(long newSession) {
    session = newSession;
    due.clear();
    batchesUnderWay = 0;
    pool.closeAll();
  }

  void append(Life meant, Mutation mutation) {
    life = meant;
    long now = System.nanoTime();
    if (!delay.isOn()) {
      due.add(new Due(mutation, now));
      scheduleFlush();
      return;
    }
    long delayNanos = delay.drawNanos();
    long opened = session;
    Due waiting = new Due(mutation, now + delayNanos);
    loop.schedule(
        () -> {
          if (opened == session) {
            due.add(waiting);
            scheduleFlush();
          }
        },
        delayNanos,
        TimeUnit.NANOSECONDS);
  }

  /** Sends once everything that comes due in this turn of the loop has done so. */
  private void scheduleFlush() {
    if (!flushScheduled) {
      flushScheduled = true;
      loop.execute(this::flush);
    }
  }

  private void flush() {
    flushScheduled = false;
    Life meant = life;
    while (meant != null && !due.isEmpty() && mayPost()) {
      sendBatch(meant, takeBatch());
    }
  }

  private boolean mayPost() {
    return batchesUnderWay < (delay.isOn() ? maxConnections : 1);
  }

  private List<Due> takeBatch() {
    List<Due> batch = new ArrayList<>(Math.min(due.size(), MAX_BATCH_MUTATIONS));
    long bytes = 0;
    while (!due.isEmpty() && batch.size() < MAX_BATCH_MUTATIONS && bytes < MAX_BATCH_BYTES) {
      Due next = due.remove();
      batch.add(next);
      bytes += next.mutation().sizeBytes();
    }
    return batch;
  }

  private void sendBatch(Life meant, List<Due> batch) {
    List<Mutation> mutations = new ArrayList<>(batch.size());
    for (Due next : batch) {
      mutations.add(next.mutation());
    }
    ByteBuf head = ByteBufAllocator.DEFAULT.buffer();
    ReplicationFormat.writeAppendHead(head, leader.append(meant, mutations));
    ByteBuf body =
        ByteBufAllocator.DEFAULT
            .compositeBuffer(2)
            .addComponent(true, head)
            .addComponent(true, encoder.encode(mutations));
    long opened = session;
    batchesUnderWay++;
    pool.send(ReplicationFormat.APPEND, body, new BatchExchange(batch, opened));
  }

  /** One batch under way. */
  private final class BatchExchange implements LinkConnection.Exchange {
    private final List<Due> batch;
    private final long opened;

    BatchExchange(List<Due> batch, long opened) {
      this.batch = batch;
      this.opened = opened;
    }

    @Override
    public long timeoutNanos() {
      return timeoutNanos;
    }

    @Override
    public void sent() {
      if (delay.isOn()) {
        long now = System.nanoTime();
        for (Due sent : batch) {
          delay.handedOver(sent.dueNanos(), now);
        }
      }
    }

    @Override
    public void answered(int status, ByteBuf body) {
      if (opened == session) {
        batchesUnderWay--;
      }
      onReport(opened, body, (report, now) -> leader.onAppendReport(follower, report, now));
      scheduleFlush();
    }

    @Override
    public void failed(Throwable cause) {
      lost(opened, cause);
    }
  }

  void hello(long helloNumber, HelloMessage message) {
    ByteBuf body = ByteBufAllocator.DEFAULT.buffer();
    ReplicationFormat.writeHello(body, message);
    post(
        ReplicationFormat.HELLO,
        body,
        (report, now) -> leader.onHelloReport(follower, helloNumber, report, now));
  }

  /** A chunk is delayed like a mutation. */
  void snapshot(SnapshotChunk chunk) {
    long opened = session;
    loop.schedule(
        () -> {
          if (opened == session) {
            ByteBuf body = ByteBufAllocator.DEFAULT.buffer();
            ReplicationFormat.writeSnapshot(body, chunk);
            post(
                ReplicationFormat.SNAPSHOT,
                body,
                (report, now) -> leader.onSnapshotReport(follower, chunk, report, now));
          }
        },
        delay.isOn() ? delay.drawNanos() : 0,
        TimeUnit.NANOSECONDS);
  }

  private void post(String path, ByteBuf body, BiConsumer<Report, Long> onReport) {
    long opened = session;
    pool.send(
        path,
        body,
        new LinkConnection.Exchange() {
          @Override
          public long timeoutNanos() {
            return timeoutNanos;
          }

          @Override
          public void answered(int status, ByteBuf answer) {
            onReport(opened, answer, onReport);
          }

          @Override
          public void failed(Throwable cause) {
            lost(opened, cause);
          }
        });
  }

  /** Asks the follower for something beside replication; the answer is copied. */
  CompletableFuture<byte[]> ask(String path, ByteBuf body) {
    CompletableFuture<byte[]> asked = new CompletableFuture<>();
    pool.send(
        path,
        body,
        new LinkConnection.Exchange() {
          @Override
          public long timeoutNanos() {
            return ASK_TIMEOUT_NANOS;
          }

          @Override
          public void answered(int status, ByteBuf answer) {
            if (status == 200) {
              asked.complete(Bytes.readBytes(answer, answer.readableBytes()));
            } else {
              asked.completeExceptionally(new IllegalStateException("answered " + status));
            }
          }

          @Override
          public void failed(Throwable cause) {
            asked.completeExceptionally(cause);
          }
        });
    return asked;
  }

  private void onReport(long opened, ByteBuf body, BiConsumer<Report, Long> deliver) {
    ReplicationFormat.NodeReport message;
    try {
      message = ReplicationFormat.readReport(body);
    } catch (CorruptedFrameException notAReport) {
      lost(opened, notAReport);
      return;
    }
    nodeId = message.nodeId();
    lossLogged = false;
    deliver.accept(message.report(), System.nanoTime());
  }

  private void lost(long opened, Throwable cause) {
    if (opened == session && !lossLogged) {
      lossLogged = true;
      LOG.info("follower {} is out of reach: {}", nodeId, String.valueOf(cause.getMessage()));
    }
    leader.onLost(follower, opened, System.nanoTime());
  }

  /** Fails what has waited longer than it may. */
  void expire(long nowNanos) {
    pool.expire(nowNanos);
  }

  void close() {
    pool.closeAll();
  }
}
