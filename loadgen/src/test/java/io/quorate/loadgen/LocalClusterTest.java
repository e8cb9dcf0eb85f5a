package io.quorate.loadgen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LocalClusterTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  private final HttpClient client = new HttpClient();
  private final StopSignal stop = new StopSignal();

  @TempDir private Path directory = Path.of("");

  @AfterEach
  void close() {
    client.close();
  }

  @Test
  void nodesRunUntilTheClusterIsClosed() throws Refusal, IOException {
    List<Long> pids;
    try (LocalCluster cluster = start(null)) {
      pids = cluster.nodes().stream().map(NodeProcess::pid).toList();
      assertThat(pids).hasSize(3).allMatch(LocalClusterTest::runs);
      assertThat(cluster.followers()).hasSize(2).doesNotContain(cluster.leader());
      assertThat(cluster.ended()).isNull();
      assertThat(new StatusReader(client).ownLeader(cluster.leader()).isLeader()).isTrue();
      await()
          .atMost(LIMIT)
          .until(() -> Files.readString(directory.resolve("leader.log")).contains("MIN_DELAY_MS"));
    }
    assertThat(pids).noneMatch(LocalClusterTest::runs);
    assertThat(Files.readString(directory.resolve("leader.log"), StandardCharsets.UTF_8))
        .contains("MIN_DELAY_MS is 0.25");
  }

  @Test
  void aNodeThatEndsIsNamedWithItsLastLine() throws Refusal {
    try (LocalCluster cluster = start(null)) {
      ProcessHandle.of(cluster.nodes().get(1).pid()).orElseThrow().destroyForcibly();
      await().atMost(LIMIT).until(() -> cluster.ended() != null);
      assertThat(cluster.ended()).startsWith("follower-2 ended with status 137, its last line: ");
    }
  }

  @Test
  void aNodeThatDoesNotStartIsTheReasonAndNothingIsLeftRunning() {
    long before = ProcessHandle.current().children().count();
    assertThatThrownBy(() -> start(FakeNodeMain.REFUSING))
        .isInstanceOf(Refusal.class)
        .hasMessage("leader did not start: port 4711 is in use");
    assertThat(ProcessHandle.current().children().count()).isEqualTo(before);
  }

  @Test
  void anOwnLeaderThatIsSilentIsAFailureAndNotBadInput() {
    assertThatThrownBy(() -> start(FakeNodeMain.SILENT))
        .hasMessageContaining(" does not answer: ")
        .asInstanceOf(InstanceOfAssertFactories.type(Refusal.class))
        .extracting(Refusal::exitStatus)
        .isEqualTo(Refusal.FAILED);
  }

  @Test
  void eachNodeKeepsItsDataInADirectoryOfItsOwn() throws Refusal {
    Path data = directory.resolve("made/for/it");
    try (LocalCluster cluster = start("3", Map.of("FSYNC", "never"), data)) {
      assertThat(cluster.nodes()).extracting(NodeProcess::name).contains("node-0", "node-2");
      assertThat(data).isDirectory();
      for (int node = 0; node <= 2; node++) {
        Path log = directory.resolve("node-" + node + ".log");
        String own = "DATA_DIR is " + data.resolve("node-" + node);
        await().atMost(LIMIT).until(() -> Files.readString(log).contains("FSYNC is never"));
        assertThat(log).content().contains(own, "MIN_DELAY_MS is 0.25");
      }
    }
  }

  @Test
  void nodeThatLedLastIsFoundAsTheLeader() throws Refusal, IOException {
    Path data = directory.resolve("data");
    try (LocalCluster cluster = start(FakeNodeMain.LED_LAST, Map.of(), data)) {
      assertThat(Files.readString(directory.resolve("node-2.log")))
          .contains("listening on " + cluster.leader());
      assertThat(cluster.followers()).hasSize(2).doesNotContain(cluster.leader());
    }
  }

  private LocalCluster start(@Nullable String writeQuorum) throws Refusal {
    return start(writeQuorum, Map.of(), null);
  }

  private LocalCluster start(
      @Nullable String writeQuorum, Map<String, String> variables, @Nullable Path data)
      throws Refusal {
    DelayRange delays = new DelayRange(0.25, 1);
    LocalCluster.Shape shape =
        new LocalCluster.Shape(
            2, writeQuorum, delays, LocalCluster.ANY_PORT, directory, variables, data);
    PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
    return LocalCluster.start(
        shape,
        client,
        new Surroundings(nowhere, false, stop, NodeCommand.of(FakeNodeMain.class.getName())));
  }

  private static boolean runs(long pid) {
    return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
  }
}
