package io.quorate.loadgen;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class ClosedLoopTest {
  private static final Duration LIMIT = Duration.ofSeconds(5);

  private final HttpClient client = new HttpClient();
  private final FakeNode follower = FakeNode.follower();
  private final FakeNode leader = FakeNode.leader(follower);
  private final WriteLog log = new WriteLog(new Workload(1, 8, 16));
  private final Recording recording = new Recording();

  @AfterEach
  void close() {
    client.close();
    leader.close();
    follower.close();
  }

  @Test
  void everyConfirmedWriteHasALatency() {
    try (ClosedLoop loop = loop(leader.url(), 3)) {
      assertThat(loop.run(50, recording).join()).isPositive();
    }
    Histogram histogram = recording.histogram();
    assertThat(histogram.getTotalCount()).isEqualTo(50);
    assertThat(histogram.getMinValue()).isPositive();
    assertThat(recording.confirmedWrites()).isEqualTo(50);
    assertThat(recording.failedWrites()).isZero();
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
    try (ClosedLoop loop = loop(leader.url(), 2)) {
      loop.run(40, recording).join();
    }
    assertThat(recording.failuresByKind()).containsOnly(entry("503", 8L), entry("504", 4L));
    assertThat(recording.histogram().getTotalCount()).isEqualTo(28);
    assertThat(log.unconfirmedWrites()).isEqualTo(12);
  }

  @Test
  void aServerThatCannotBeReachedCountsAsNoAnswer() throws IOException {
    try (ClosedLoop loop = loop(freeUrl(), 1)) {
      loop.run(3, recording).join();
    }
    assertThat(recording.failuresByKind()).containsOnlyKeys("no answer");
    assertThat(recording.failedWrites()).isEqualTo(3);
    assertThat(recording.histogram().getTotalCount()).isZero();
  }

  @Test
  void aServerThatAcceptsAndNeverAnswersCountsAsNoAnswer() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        ClosedLoop loop =
            new ClosedLoop(
                client,
                new NodeUrl("127.0.0.1", silent.getLocalPort()),
                1,
                log,
                "1",
                LIMIT,
                Duration.ofMillis(200))) {
      loop.run(2, recording).join();
    }
    assertThat(recording.failuresByKind()).containsEntry("no answer", 2L);
  }

  @Test
  void closingEndsTheWritesInTheMiddle() {
    ClosedLoop loop = loop(leader.url(), 2);
    var run = loop.run(1_000_000, recording);
    await().atMost(LIMIT).until(() -> recording.confirmedWrites() > 20);
    loop.close();
    long afterClose = leader.writes.get();
    await()
        .during(Duration.ofMillis(200))
        .atMost(LIMIT)
        .until(() -> leader.writes.get() <= afterClose + 2);
    assertThat(run).isNotDone();
    assertThat(recording.failedWrites()).isZero();
  }

  private ClosedLoop loop(NodeUrl node, int connections) {
    return new ClosedLoop(client, node, connections, log, "1", LIMIT, LIMIT);
  }

  private static NodeUrl freeUrl() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return new NodeUrl("127.0.0.1", free.getLocalPort());
    }
  }
}
