package io.quorate.core;

import io.quorate.jmh.Expect;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A write's way through the leader's core: given, handed over for each follower, acknowledged by
 * every one of them, confirmed by a majority. Counted per write, the reports that the followers
 * make included; without batches, bytes and HTTP. 64-byte values, 100 keys.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class AcknowledgementBenchmark {

  private static final int BATCH = 16;
  private static final int KEYS = 100;

  /** How many followers the leader has. */
  @Param({"1", "3", "5", "9"})
  public int followers;

  private final List<Key> keys = new ArrayList<>();
  private final byte[] value = new byte[64];
  private final CountingWaiter waiter = new CountingWaiter();
  private MetLeader met;
  private Leader leader;
  private int required;

  /** Meets the followers, and checks that a majority confirms and less does not. */
  @Setup
  public void meet() {
    for (int i = 0; i < KEYS; i++) {
      keys.add(Key.of("key-" + i));
    }
    met = new MetLeader(followers, (follower, life, write) -> {});
    leader = met.leader();
    required = followers / 2 + 1;
    give();
    for (int follower = 0; follower < followers; follower++) {
      Expect.equal(follower < required ? 0L : 1L, waiter.confirmed);
      leader.onAppendReport(
          follower, met.report(follower, 1, new VersionRanges().add(1)), System.nanoTime());
    }
    Expect.equal(1L, waiter.confirmed);
  }

  /** Every write was confirmed, and nothing has piled up. */
  @TearDown
  public void expectAllConfirmed() {
    met.expectNothingPending();
    Expect.equal(leader.lastVersion(), waiter.confirmed);
  }

  /** Each write alone in its report. */
  @Benchmark
  public long oneByOne() {
    give();
    long version = leader.lastVersion();
    report(version, new VersionRanges().add(version));
    return waiter.confirmed;
  }

  /** Batches of 16, in order, as they travel without lag. */
  @Benchmark
  @OperationsPerInvocation(BATCH)
  public long batch() {
    long first = leader.lastVersion() + 1;
    for (int i = 0; i < BATCH; i++) {
      give();
    }
    report(leader.lastVersion(), new VersionRanges().add(first, leader.lastVersion()));
    return waiter.confirmed;
  }

  /** Of 16 writes the last arrives first, each in a report of its own, as lag may have it. */
  @Benchmark
  @OperationsPerInvocation(BATCH)
  public long overtaken() {
    long before = leader.lastVersion();
    for (int i = 0; i < BATCH; i++) {
      give();
    }
    for (int i = BATCH; i > 1; i--) {
      report(before, new VersionRanges().add(before + i));
    }
    report(before + BATCH, new VersionRanges().add(before + 1));
    return waiter.confirmed;
  }

  private void give() {
    long now = System.nanoTime();
    Key key = keys.get((int) (leader.lastVersion() % KEYS));
    leader.put(
        new WriteRequest(
            key, value, Condition.NONE, required, now + TimeUnit.MINUTES.toNanos(1), waiter),
        now);
  }

  private void report(long appliedVersion, VersionRanges acknowledged) {
    for (int follower = 0; follower < followers; follower++) {
      Report report = met.report(follower, appliedVersion, acknowledged);
      leader.onAppendReport(follower, report, System.nanoTime());
    }
  }

  private static final class CountingWaiter implements Waiter {
    private long confirmed;

    @Override
    public void answered(Write write, Answer answer) {
      Expect.equal(Answer.CONFIRMED, answer);
      confirmed++;
    }

    @Override
    public void refused(Refusal refusal) {
      throw new IllegalStateException(refusal.toString());
    }
  }
}
