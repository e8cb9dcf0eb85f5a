package io.quorate.loadgen;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.charts.Sweep;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class OpenLoopTest {
  private static final Duration TIMEOUT = Duration.ofSeconds(5);
  private static final long PAUSE_MILLIS = 1_000;
  private static final int RATE = 1_000;
  private static final int WRITES = 3_500;

  private final HttpClient client = new HttpClient();
  private final PausingNode node = new PausingNode();
  private final WriteLog log = new WriteLog(Workload.uniform(1, 10, 16));
  private final PassRecording recording = new PassRecording();

  @AfterEach
  void close() {
    client.close();
    node.close();
  }

  /**
   * A request that is due t after the pause began waits for 1 s - t: of 1,000 requests a second 900
   * wait for more than 0.1 s, 500 for more than 0.5 s, 100 for more than 0.9 s. How many more do,
   * until all is caught up, is for the machine to say: but 2,000 come after the pause, and 500
   * before it.
   */
  @Test
  void aPauseOfOneSecondIsSeenByEveryRequestThatWasDueInIt() {
    node.pauseAtRequest(500, PAUSE_MILLIS);
    RunEnd end = open(100, RATE, Quota.ofWrites(WRITES));
    assertPauseSeen();
    Histogram latencies = recording.writes().histogram();
    assertThat(latencies.getMaxValue()).isGreaterThan(950_000_000L);
    assertThat(end.cutShort()).isNull();
    assertThat(node.requests()).isEqualTo(WRITES);
  }

  @Test
  void onOneConnectionThePauseIsTheSame() {
    node.pauseAtRequest(500, PAUSE_MILLIS);
    open(1, RATE, Quota.ofWrites(WRITES));
    assertPauseSeen();
  }

  private void assertPauseSeen() {
    Histogram latencies = recording.writes().histogram();
    assertThat(latencies.getTotalCount()).isEqualTo(WRITES);
    assertThat(longerThan(latencies, 100)).isBetween(850L, 2_000L);
    assertThat(longerThan(latencies, 500)).isBetween(460L, 1_600L);
    assertThat(longerThan(latencies, 900)).isBetween(80L, 1_200L);
  }

  @Test
  void aClosedLoopOmitsAllButOneOfThem() {
    node.pauseAtRequest(500, PAUSE_MILLIS);
    Traffic.Shape shape = shape(1);
    try (Traffic traffic = new Traffic(client, shape, log)) {
      traffic.closed(Quota.ofWrites(WRITES), recording).join();
    }
    Histogram latencies = recording.writes().histogram();
    assertThat(longerThan(latencies, 900)).isEqualTo(1);
    assertThat(latencies.getValueAtPercentile(99.9)).isLessThan(500_000_000L);
  }

  /** A machine that stands still for a moment is given more runs. */
  @Test
  void nodesThatKeepUpReachTheRate() {
    RunEnd end = open(20, 500, Quota.lasting(Duration.ofSeconds(1)));
    assertThat(recording.count()).isEqualTo(499);
    assertThat(end.seconds()).isBetween(0.9, 1.0 + TIMEOUT.toSeconds());
    assertThat(recording.late().histogram().getTotalCount()).isEqualTo(499);
    for (int more = 0; more < 5 && Boolean.FALSE.equals(end.rateReached()); more++) {
      end = open(20, 500, Quota.lasting(Duration.ofSeconds(1)));
    }
    assertThat(end.rateReached()).isTrue();
  }

  @Test
  void nodesThatCannotKeepUpDoNotAndNoRequestIsLeftOut() {
    node.answerAfter(4_000_000);
    RunEnd end = open(2, RATE, Quota.lasting(Duration.ofSeconds(1)));
    assertThat(recording.count()).isEqualTo(999);
    Histogram latencies = recording.writes().histogram();
    assertThat(end.rateReached()).isFalse();
    assertThat(latencies.getMaxValue()).isGreaterThan(TimeUnit.MILLISECONDS.toNanos(800));
    assertThat(recording.late().histogram().getValueAtPercentile(50))
        .as("the wait for a connection is not the generator's own lateness")
        .isLessThan(TimeUnit.MILLISECONDS.toNanos(500));
  }

  private RunEnd open(int lanes, double rate, Quota quota) {
    try (Traffic traffic = new Traffic(client, shape(lanes), log)) {
      ArrivalSchedule schedule = new ArrivalSchedule(Sweep.Arrivals.CONSTANT, rate, 1);
      return traffic.open(schedule, quota, recording).join();
    }
  }

  private Traffic.Shape shape(int lanes) {
    return new Traffic.Shape(node.url(), List.of(), lanes, Mix.WRITES, 1, TIMEOUT);
  }

  private static long longerThan(Histogram nanos, long millis) {
    return nanos.getTotalCount()
        - nanos.getCountBetweenValues(0, TimeUnit.MILLISECONDS.toNanos(millis));
  }
}
