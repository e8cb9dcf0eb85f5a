package io.quorate.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.quorate.core.Condition;
import io.quorate.core.Key;
import io.quorate.core.Refusal;
import io.quorate.core.Waiter;
import io.quorate.core.Write;
import io.quorate.core.WriteRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A real leader's links over loopback, with a lag wide enough that this machine's own delays do not
 * matter.
 */
class InjectedLagTest {

  private static final long MIN_DELAY_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
  private static final long MAX_DELAY_NANOS = TimeUnit.MILLISECONDS.toNanos(300);
  private static final int WRITES = 400;
  private static final long SEED = 20_240_607;

  private final MultiThreadIoEventLoopGroup loops =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final AtomicInteger confirmed = new AtomicInteger();
  private final long[] givenNanos = new long[WRITES + 1];
  private RecordingFollower one;
  private RecordingFollower other;
  private LeaderReplica leader;

  @BeforeEach
  void start() {
    EventLoop loop = (EventLoop) loops.next();
    one = new RecordingFollower(loop, 1);
    other = new RecordingFollower(loop, 2);
    Settings settings =
        new Settings(2, MIN_DELAY_NANOS, MAX_DELAY_NANOS, TimeUnit.SECONDS.toNanos(30));
    LoopbackNode leading =
        new LoopbackNode(loop, "leader", SEED, (path, body) -> {})
            .lead(List.of(one.node, other.node), settings);
    await().until(leading::serves);
    leader = leading.leader();
    await().until(() -> one.node.isLevel() && other.node.isLevel());
    for (int write = 1; write <= WRITES; write++) {
      givenNanos[write] = System.nanoTime();
      leader.write(
          new WriteRequest(
              Key.of("k" + write % 10),
              new byte[] {1},
              Condition.NONE,
              2,
              System.nanoTime() + settings.writeTimeoutNanos(),
              new Counter()));
    }
    await().atMost(Duration.ofSeconds(30)).until(() -> confirmed.get() == WRITES);
  }

  @AfterEach
  void stop() {
    loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
  }

  @Test
  void laterWriteOvertakesAnEarlierOneOnOneLink() {
    assertThat(overtakings(one.arrivals)).isGreaterThan(WRITES / 10);
    assertThat(overtakings(other.arrivals)).isGreaterThan(WRITES / 10);
    assertThat(leader.store().keys()).isEqualTo(10);
  }

  @Test
  void overtakingsOfAnOrderedLinkAreNone() {
    assertThat(overtakings(List.of(1L, 2L, 3L))).isZero();
  }

  /**
   * All writes are given within a few milliseconds, so that the order of arrival is that of the
   * delays.
   */
  @Test
  void delaysOfTwoFollowersAreIndependent() {
    List<Double> orderAtOne = places(one);
    assertThat(correlation(orderAtOne, places(other))).isBetween(-0.25, 0.25);
    assertThat(correlation(orderAtOne, orderAtOne)).isGreaterThan(0.99);
  }

  @Test
  void nothingArrivesBeforeTheLeastDelay() {
    for (int version = 1; version <= WRITES; version++) {
      long arrived = one.arrivedNanos.getOrDefault((long) version, 0L);
      assertThat(arrived - givenNanos[version]).isGreaterThanOrEqualTo(MIN_DELAY_NANOS);
    }
  }

  /** Each of two followers is the later one for about half of the writes. */
  @Test
  void quorumOfAllIsCompletedByWhomeverTheLagHoldsLonger() {
    List<NodeStatus.QuorumCompletions> completions = Objects.requireNonNull(status().completions());
    assertThat(completions).hasSize(1);
    NodeStatus.QuorumCompletions ofBoth = completions.get(0);
    assertThat(ofBoth.required()).isEqualTo(2);
    assertThat(ofBoth.writes()).isEqualTo(WRITES);
    assertThat(ofBoth.followers())
        .extracting(NodeStatus.QuorumCompletions.Completed::id)
        .containsExactly("f1", "f2");
    assertThat(ofBoth.followers())
        .allSatisfy(follower -> assertThat(follower.count()).isBetween(120L, 280L));
  }

  @Test
  void roundTripsLeaveTheLagOut() {
    double meanLagMicros = (MIN_DELAY_NANOS + MAX_DELAY_NANOS) / 2_000.0;
    assertThat(status().followers())
        .hasSize(2)
        .allSatisfy(
            follower -> {
              assertThat(follower.roundTrip().count()).isBetween(10L, (long) WRITES);
              assertThat(follower.roundTrip().p50Micros()).isBetween(1.0, meanLagMicros / 3);
            });
  }

  private NodeStatus status() {
    return leader.status().toCompletableFuture().join();
  }

  /** At which place of the order of arrival each version came, by version. */
  private static List<Double> places(RecordingFollower follower) {
    List<Double> places = new ArrayList<>();
    for (long version = 1; version <= WRITES; version++) {
      places.add((double) follower.arrivals.indexOf(version));
    }
    return places;
  }

  private static long overtakings(List<Long> arrivals) {
    long newest = 0;
    long overtaken = 0;
    for (long version : arrivals) {
      overtaken += version < newest ? 1 : 0;
      newest = Math.max(newest, version);
    }
    return overtaken;
  }

  /** Pearson's correlation coefficient. */
  private static double correlation(List<Double> xs, List<Double> ys) {
    double meanX = xs.stream().mapToDouble(x -> x).average().orElseThrow();
    double meanY = ys.stream().mapToDouble(y -> y).average().orElseThrow();
    double covariance = 0;
    double varianceX = 0;
    double varianceY = 0;
    for (int i = 0; i < xs.size(); i++) {
      double x = xs.get(i) - meanX;
      double y = ys.get(i) - meanY;
      covariance += x * y;
      varianceX += x * x;
      varianceY += y * y;
    }
    return covariance / Math.sqrt(varianceX * varianceY);
  }

  private final class Counter implements Waiter {
    @Override
    public void answered(Write write, Answer answer) {
      if (answer == Answer.CONFIRMED) {
        confirmed.incrementAndGet();
      }
    }

    @Override
    public void refused(Refusal refusal) {}
  }
}
