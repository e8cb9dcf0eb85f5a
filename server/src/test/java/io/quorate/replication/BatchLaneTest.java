package io.quorate.replication;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.channel.embedded.EmbeddedChannel;
import io.quorate.core.Cores;
import io.quorate.core.Key;
import io.quorate.core.Leader;
import io.quorate.core.LeaderLimits;
import io.quorate.core.Life;
import io.quorate.core.Mutation;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What a lane measures of its batches, sent by a test. */
final class BatchLaneTest {

  private static final long ROUND_TRIP_NANOS = TimeUnit.SECONDS.toNanos(20);

  private final EmbeddedChannel channel = new EmbeddedChannel();
  private final List<BatchLane.Progress> sent = new ArrayList<>();
  private final List<Throwable> failures = new ArrayList<>();
  private final Leader leader =
      Cores.alone(
          new LeaderLimits(
              1 << 20, 1 << 20, 10, 1 << 20, 10, 10, 1 << 20, 1 << 20, 10, 100, 600_000, 1, 1, 1));
  private final BatchLane lane =
      new BatchLane(
          channel.eventLoop(),
          () -> leader,
          new BatchEncoder(() -> leader),
          new InjectedDelay(new SplittableRandom(1), new Settings(1, 0, 0, 1)),
          1,
          this::take,
          failures::add);

  /** Of each batch sent, how many mutations it has. */
  private final List<Integer> sizes = new ArrayList<>();

  private void take(ByteBuf body, BatchLane.Progress progress) {
    sizes.add(body.getInt(ReplicationFormat.APPEND_HEAD_BYTES));
    body.release();
    sent.add(progress);
  }

  private void append(long version) {
    lane.append(new Life(1, 1), List.of(new Mutation(Key.of("k"), new byte[] {1}, 1, version)));
  }

  /** Hands the lane one more in each turn of the loop, through {@code last}. */
  private void appendEachTurn(long version, long last) {
    append(version);
    if (version < last) {
      channel
          .eventLoop()
          .schedule(() -> appendEachTurn(version + 1, last), 0, TimeUnit.NANOSECONDS);
    }
  }

  private void runTurns(int turns) {
    for (int turn = 0; turn < turns; turn++) {
      channel.runPendingTasks();
    }
  }

  /** Has the lane send what it was handed, and returns the latest batch. */
  private BatchLane.Progress sendOne(long version) {
    append(version);
    channel.runPendingTasks();
    assertThat(failures).isEmpty();
    return sent.get(sent.size() - 1);
  }

  @Test
  void roundTripIsFromTheSocketToTheAnswerOncePerBatch() {
    append(1);
    BatchLane.Progress batch = sendOne(2);
    long beforeNanos = System.nanoTime();
    batch.sent();
    batch.answered(beforeNanos + ROUND_TRIP_NANOS);
    NodeStatus.RoundTrip measured = lane.roundTrip();
    assertThat(sent).hasSize(1);
    assertThat(measured.count()).isOne();
    assertThat(measured.maxMicros()).isBetween(10e6, 20.02e6);
  }

  @Test
  void batchWithoutAnAnswerIsNotMeasured() {
    sendOne(1).sent();
    lane.startOver();
    sendOne(2);
    assertThat(sent).hasSize(2);
    assertThat(lane.roundTrip().count()).isZero();
  }

  @Test
  void answerBeforeTheBatchIsSentIsNotMeasured() {
    sendOne(1).answered(System.nanoTime());
    assertThat(lane.roundTrip().count()).isZero();
    sendOne(2);
    assertThat(sent).hasSize(2);
  }

  @Test
  void batchIsLeftToGrowForAFewTurnsAndNoMore() {
    appendEachTurn(1, 40);
    runTurns(60);
    assertThat(sizes).singleElement().satisfies(size -> assertThat(size).isBetween(3, 8));
  }

  @Test
  void nextBatchFillsWhileOneIsUnderWay() {
    sendOne(1);
    appendEachTurn(2, 40);
    runTurns(60);
    assertThat(sizes).containsExactly(1);
    sent.get(0).answered(System.nanoTime());
    runTurns(2);
    assertThat(sizes).containsExactly(1, 39);
  }

  @Test
  void batchThatGrowsNoMoreLeavesInTheSameTurn() {
    append(1);
    append(2);
    channel.runPendingTasks();
    assertThat(sizes).containsExactly(2);
  }
}
