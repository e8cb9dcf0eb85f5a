package io.quorate.core;

import io.quorate.jmh.Expect;
import java.util.ArrayDeque;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The real leader with followers that it has met and that stream. What it hands over for them goes
 * to the benchmark, which reports in their place. Its backlog is full after some 8,000 writes of 64
 * bytes, and from then on of constant size.
 */
public final class MetLeader implements Outbox {

  /** Takes what the leader hands over. */
  public interface Handover {

    /** See {@link Outbox#append}. */
    void append(int follower, Life life, List<Mutation> write);
  }

  private static final long HELLO_NANOS = 1_000;
  private static final LeaderLimits LIMITS =
      new LeaderLimits(
          1L << 30,
          1L << 20,
          1024,
          1L << 24,
          16,
          1024,
          1L << 24,
          1 << 16,
          16,
          100,
          600_000,
          1L << 60,
          HELLO_NANOS,
          HELLO_NANOS);

  /** It asks around, begins to lead, and then each follower has to follow it. */
  private static final int ROUNDS_TO_MEET = 4;

  private final List<Follower> followers;
  private final Handover handover;
  private final Leader leader;
  private final ArrayDeque<Runnable> hellos = new ArrayDeque<>();
  private long nowNanos = System.nanoTime();

  public MetLeader(int followers, Handover handover) {
    this.followers =
        IntStream.range(0, followers)
            .mapToObj(i -> new Follower(new Life(i + 1, i + 1), new NodeState(1 << 20), 1, 0, 0, 0))
            .toList();
    this.handover = handover;
    List<String> names = IntStream.range(0, followers).mapToObj(i -> "f" + i).toList();
    leader =
        Leader.inMemory(
            new NodeState(1 << 20),
            new Life(0, 1),
            names,
            42,
            followers,
            1,
            LIMITS,
            new LeaderClock(0, 0),
            this,
            new Numbers());
    for (int round = 0; round < ROUNDS_TO_MEET; round++) {
      nowNanos += HELLO_NANOS;
      leader.tick(nowNanos);
      for (Runnable hello = hellos.poll(); hello != null; hello = hellos.poll()) {
        hello.run();
      }
    }
    for (FollowerView follower : leader.followers(nowNanos)) {
      Expect.equal(FollowerState.STREAMING, follower.state());
    }
  }

  public Leader leader() {
    return leader;
  }

  /** That a follower has applied all through {@code appliedVersion}, and acknowledges these. */
  public Report report(int follower, long appliedVersion, VersionRanges acknowledged) {
    return new Report(
        Report.Verdict.ACCEPTED,
        followers.get(follower).life(),
        leader.leadership(),
        appliedVersion,
        appliedVersion,
        acknowledged);
  }

  /** All that was given is confirmed, and acknowledged by everyone: nothing piles up. */
  public void expectNothingPending() {
    Expect.equal(leader.lastVersion(), leader.confirmedVersion());
    for (FollowerView follower : leader.followers(nowNanos)) {
      Expect.equal(leader.lastVersion(), follower.acknowledgedVersion());
    }
  }

  @Override
  public void open(List<String> urls) {}

  @Override
  public void close() {}

  @Override
  public void grant(int follower, long number, GrantRequest request) {}

  @Override
  public void pull(int follower, long number, Pull pull) {}

  @Override
  public void invite(int follower, Leadership leadership) {}

  @Override
  public void openSession(int follower, long session) {}

  @Override
  public void hello(int follower, long helloNumber, Hello hello) {
    Report report = followers.get(follower).onHello(hello, nowNanos);
    hellos.add(() -> leader.onHelloReport(follower, helloNumber, report, nowNanos));
  }

  @Override
  public void append(int follower, Life life, List<Mutation> write) {
    handover.append(follower, life, write);
  }

  @Override
  public void snapshot(int follower, SnapshotChunk chunk) {
    throw new IllegalStateException("a follower that streams was sent a snapshot");
  }
}
