package io.quorate.loadgen;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quorate.charts.Sweep;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class ClosedLoopTest {
  private static final Duration LIMIT = Duration.ofSeconds(5);

  private final HttpClient client = new HttpClient();
  private final FakeNode follower = FakeNode.follower();
  private final FakeNode leader = FakeNode.leader(follower);
  private final WriteLog log = new WriteLog(Workload.uniform(1, 8, 16));
  private volatile boolean released;
  private final PassRecording recording = new PassRecording();

  @AfterEach
  void close() {
    client.close();
    leader.close();
    follower.close();
  }

  @Test
  void everyConfirmedWriteHasALatency() {
    try (Traffic traffic = traffic(leader.url(), 3)) {
      assertThat(run(traffic, 50).join().seconds()).isPositive();
    }
    Histogram histogram = recording.writes().histogram();
    assertThat(histogram.getTotalCount()).isEqualTo(50);
    assertThat(histogram.getMinValue()).isPositive();
    assertThat(recording.count()).isEqualTo(50);
    assertThat(recording.failed()).isZero();
    assertThat(leader.writes.get()).isEqualTo(50);
    assertThat(leader.lastWriteTarget).contains("?w=1&timeout=5000ms");
  }

  @Test
  void failedWritesAreCountedByStatusAndHaveNoLatency() {
    leader.writeStatus =
        number ->
            switch ((int) number % 10) {
              case 0 -> 504;
              case 1, 2 -> 503;
              default -> 200;
            };
    try (Traffic traffic = traffic(leader.url(), 2)) {
      run(traffic, 40).join();
    }
    assertThat(recording.writes().failuresByKind())
        .containsOnly(entry("503", 8L), entry("504", 4L));
    assertThat(recording.writes().histogram().getTotalCount()).isEqualTo(28);
    assertThat(log.unconfirmedWrites()).isEqualTo(12);
  }

  @Test
  void aServerThatCannotBeReachedCountsAsNoAnswer() throws IOException {
    try (Traffic traffic = traffic(freeUrl(), 1)) {
      run(traffic, 3).join();
    }
    assertThat(recording.writes().failuresByKind()).containsOnlyKeys("no answer");
    assertThat(recording.failed()).isEqualTo(3);
    assertThat(recording.writes().histogram().getTotalCount()).isZero();
  }

  @Test
  void aServerThatAcceptsAndNeverAnswersCountsAsNoAnswer() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        Traffic traffic =
            new Traffic(
                client,
                new Traffic.Shape(
                    new NodeUrl("127.0.0.1", silent.getLocalPort()),
                    List.of(),
                    1,
                    Mix.WRITES,
                    1,
                    LIMIT,
                    Duration.ofMillis(200)),
                log)) {
      run(traffic, 2).join();
    }
    assertThat(recording.writes().failuresByKind()).containsEntry("no answer", 2L);
  }

  @Test
  void aLoadThatLastsATimeEndsAfterIt() {
    try (Traffic traffic = traffic(leader.url(), 2)) {
      Quota quota = Quota.lasting(Duration.ofMillis(150));
      assertThat(traffic.closed(quota, recording).join().seconds()).isBetween(0.15, 5.0);
    }
    assertThat(recording.count()).isPositive();
  }

  @Test
  void readsGoWhereTheyShouldAreRecordedApartAndMayFindNothing() {
    Mix mix = new Mix(0.5, Sweep.ReadFrom.FOLLOWERS);
    Traffic.Shape shape =
        new Traffic.Shape(leader.url(), List.of(follower.url()), 2, mix, 1, LIMIT);
    try (Traffic traffic = new Traffic(client, shape, log)) {
      run(traffic, 50).join();
    }
    assertThat(recording.writes().count()).isEqualTo(50);
    assertThat(recording.reads().count()).isBetween(20L, 120L).isEqualTo(follower.reads.get());
    assertThat(leader.reads.get()).isZero();
    assertThat(recording.failed()).isZero();
    assertThat(follower.notFound.get()).as("reads of keys not yet written").isPositive();
  }

  @Test
  void whatIsUnderWayAtTheEndStaysUnconfirmed() {
    leader.writeStatus =
        number -> {
          if (number == 7) {
            await().atMost(LIMIT).until(() -> released);
          }
          return 200;
        };
    Traffic traffic = traffic(leader.url(), 1);
    run(traffic, 1_000_000);
    await().atMost(LIMIT).until(() -> leader.writes.get() == 7);
    traffic.close();
    released = true;
    assertThat(log.unconfirmedWrites()).isEqualTo(1);
  }

  @Test
  void closingEndsTheWritesInTheMiddle() {
    Traffic traffic = traffic(leader.url(), 2);
    var run = run(traffic, 1_000_000);
    await().atMost(LIMIT).until(() -> recording.count() > 20);
    traffic.close();
    long afterClose = leader.writes.get();
    await()
        .during(Duration.ofMillis(200))
        .atMost(LIMIT)
        .until(() -> leader.writes.get() <= afterClose + 2);
    assertThat(run).isNotDone();
    assertThat(recording.failed()).isEqualTo(2);
  }

  private Traffic traffic(NodeUrl node, int lanes) {
    return new Traffic(
        client, new Traffic.Shape(node, List.of(), lanes, Mix.WRITES, 1, LIMIT), log);
  }

  private CompletableFuture<RunEnd> run(Traffic traffic, long writes) {
    return traffic.closed(Quota.ofWrites(writes), recording);
  }

  private static NodeUrl freeUrl() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return new NodeUrl("127.0.0.1", free.getLocalPort());
    }
  }
}
