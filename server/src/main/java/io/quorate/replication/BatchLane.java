package io.quorate.replication;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.EventLoop;
import io.quorate.core.Leader;
import io.quorate.core.Life;
import io.quorate.core.Mutation;
import io.quorate.core.MutationBytes;
import io.quorate.metrics.DurationCounts;
import io.quorate.replication.DelayedMutations.Due;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The writes on their way to one follower: each waits out its own delay, then all that is due goes
 * in one batch. Owned by the leader's loop.
 *
 * <p>With lag, a batch goes out as soon as a connection is free, each connection carrying one
 * request at a time, so that later writes overtake earlier ones. Without lag only one batch is
 * under way: the next fills meanwhile, and while each turn of the loop still brings more, for a few
 * turns.
 */
final class BatchLane {

  private static final int MAX_BATCH_MUTATIONS = 1024;
  private static final int MOST_TURNS_FILLED = 4;

  /** How a batch is sent. */
  interface Sender {

    /** Sends an append; the body is released. */
    void send(ByteBuf body, Progress progress);
  }

  /** What becomes of a batch; a batch that is lost hears no more. */
  interface Progress {

    /** The bytes were handed to the socket. */
    void sent();

    /**
     * The follower has answered, and the core has its report.
     *
     * @param nowNanos when the answer was taken up, before the core had it
     */
    void answered(long nowNanos);
  }

  private final EventLoop loop;
  private final Supplier<Leader> leader;
  private final BatchEncoder encoder;
  private final InjectedDelay delay;
  private final int maxBatches;
  private final Sender sender;
  private final Consumer<Throwable> failed;
  private final RoundTrips roundTrips = new RoundTrips();

  private final DelayedMutations waiting;

  /** Those whose delay is over. With {@link #waiting} bounded by the core's window. */
  private final ArrayDeque<Due> due = new ArrayDeque<>();

  /** Grows with each {@link #startOver}: answers from before no longer count. */
  private long start;

  private @Nullable Life life;
  private int batchesUnderWay;
  private boolean flushScheduled;

  /** Turns of the loop for which the next batch was left to grow. At most the most. */
  private int turnsFilled;

  /** How many were due when it was looked last. */
  private int dueBefore;

  BatchLane(
      EventLoop loop,
      Supplier<Leader> leader,
      BatchEncoder encoder,
      InjectedDelay delay,
      int maxBatches,
      Sender sender,
      Consumer<Throwable> failed) {
    this.loop = loop;
    this.leader = leader;
    this.encoder = encoder;
    this.delay = delay;
    this.maxBatches = maxBatches;
    this.sender = sender;
    this.failed = failed;
    this.waiting = new DelayedMutations(loop, System::nanoTime, delay, due, this::flush);
  }

  /** Drops all that is not sent yet. The batches under way are given up. */
  void startOver() {
    start++;
    waiting.clear();
    due.clear();
    batchesUnderWay = 0;
  }

  void append(Life meant, List<Mutation> write) {
    life = meant;
    long now = System.nanoTime();
    if (!delay.isOn()) {
      due.add(new Due(write, now));
      scheduleFlush();
      return;
    }
    waiting.add(write, now);
  }

  /**
   * Whether the batch grew since it was looked last and may grow in the next turn of the loop,
   * which takes up what clients have sent by now and waits for nothing. A few turns at most.
   */
  private boolean isFilling() {
    boolean filling =
        !delay.isOn()
            && batchesUnderWay == 0
            && due.size() > dueBefore
            && turnsFilled < MOST_TURNS_FILLED;
    dueBefore = filling ? due.size() : 0;
    turnsFilled = filling ? turnsFilled + 1 : 0;
    return filling;
  }

  /** Sends once everything that comes due in this turn of the loop has done so. */
  private void scheduleFlush() {
    if (!flushScheduled) {
      flushScheduled = true;
      loop.execute(this::flush);
    }
  }

  private void flush() {
    if (isFilling()) {
      flushScheduled = true;
      loop.schedule(this::flush, 0, TimeUnit.NANOSECONDS);
      return;
    }
    flushScheduled = false;
    Life meant = life;
    try {
      while (meant != null && !due.isEmpty() && batchesUnderWay < (delay.isOn() ? maxBatches : 1)) {
        send(meant, takeBatch());
      }
    } catch (RuntimeException | OutOfMemoryError noBuffer) {
      failed.accept(noBuffer);
    }
  }

  private List<Due> takeBatch() {
    List<Due> batch = new ArrayList<>(Math.min(due.size(), MAX_BATCH_MUTATIONS));
    int mutations = 0;
    long bytes = 0;
    while (!due.isEmpty() && mutations < MAX_BATCH_MUTATIONS && bytes < LiveNode.BATCH_BYTES) {
      Due next = due.remove();
      batch.add(next);
      for (Mutation mutation : next.write()) {
        mutations++;
        bytes += mutation.sizeBytes();
      }
    }
    return batch;
  }

  private void send(Life meant, List<Due> batch) {
    List<Mutation> mutations = new ArrayList<>(batch.size());
    int bytes = ReplicationFormat.APPEND_HEAD_BYTES + Integer.BYTES;
    for (Due next : batch) {
      for (Mutation mutation : next.write()) {
        mutations.add(mutation);
        bytes += MutationBytes.sizeBytes(mutation);
      }
    }
    ByteBuf body = ByteBufAllocator.DEFAULT.buffer(bytes);
    try {
      ReplicationFormat.writeAppendHead(body, leader.get().append(meant, mutations));
      encoder.encode(mutations, body);
    } catch (RuntimeException | OutOfMemoryError failure) {
      body.release();
      throw failure;
    }
    batchesUnderWay++;
    sender.send(body, new Batch(batch));
  }

  /** How long its batches took. */
  NodeStatus.RoundTrip roundTrip() {
    return roundTrips.summary();
  }

  DurationCounts roundTrips() {
    return roundTrips.counts();
  }

  /** One batch under way. */
  private final class Batch implements Progress {
    private final List<Due> writes;
    private final long started = start;
    private boolean sent;
    private long sentNanos;

    Batch(List<Due> writes) {
      this.writes = writes;
    }

    @Override
    public void sent() {
      sent = true;
      sentNanos = System.nanoTime();
      if (delay.isOn()) {
        for (Due write : writes) {
          delay.handedOver(write.dueNanos(), sentNanos);
        }
      }
    }

    @Override
    public void answered(long nowNanos) {
      if (sent) {
        roundTrips.answered(sentNanos, nowNanos);
      }
      if (started == start) {
        batchesUnderWay--;
        scheduleFlush();
      }
    }
  }
}
