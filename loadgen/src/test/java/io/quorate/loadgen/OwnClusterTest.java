package io.quorate.loadgen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Commands that start nodes of their own, here ones that only look like nodes. */
final class OwnClusterTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final StopSignal stop = new StopSignal();

  @TempDir private Path directory = Path.of("");

  @AfterEach
  void nothingIsLeftRunning() {
    assertThat(ProcessHandle.current().children()).noneMatch(ProcessHandle::isAlive);
  }

  @Test
  void aSweepStartsItsOwnClusterAndStopsItAfterwards() throws IOException {
    int status =
        run(
            "--followers",
            "2",
            "--writes",
            "20",
            "--warmup-limit",
            "1s",
            "--no-baseline",
            "--out",
            "" + directory);
    assertThat(printed()).contains("starting a leader and 2 followers", "proof: converged");
    assertThat(status).isZero();
    assertThat(Files.readString(directory.resolve("sweep.json"))).contains("\"complete\" : true");
    assertThat(directory.resolve("report.html")).isNotEmptyFile();
    assertThat(directory.resolve("nodes/leader.log")).isNotEmptyFile();
  }

  @ParameterizedTest
  @CsvSource({
    "--max-delay-ms, 0.05, 0.05, 0.05",
    "--max-delay-ms, 0, 0.0, 0.0",
    "--max-delay-ms, 7, 0.1, 7.0",
    "--min-delay-ms, 3, 3.0, 3.0",
    "--min-delay-ms, 0.3, 0.3, 1.0",
  })
  void oneDelayAloneMovesTheOtherWhereItMust(
      String flag, String given, String least, String greatest) throws IOException {
    int status =
        run(
            "--followers=1",
            "--writes=1",
            "--warmup-limit=0s",
            "--connections=1",
            flag,
            given,
            "--out",
            "" + directory);
    assertThat(status).as(printed()).isZero();
    assertThat(Files.readString(directory.resolve("nodes/leader.log")))
        .contains("MIN_DELAY_MS is " + least, "MAX_DELAY_MS is " + greatest);
  }

  @Test
  void aNodeThatDiesInTheMiddleEndsTheSweepAndKeepsWhatWasMeasured() throws IOException {
    CompletableFuture<Integer> sweep =
        CompletableFuture.supplyAsync(
            () ->
                run(
                    "--followers",
                    "2",
                    "--writes",
                    "2000",
                    "--warmup-limit",
                    "0s",
                    "--out",
                    "" + directory));
    await().atMost(LIMIT).until(() -> Files.exists(directory.resolve("light-w1-write.hgrm")));
    youngestChild().destroyForcibly();
    assertThat(sweep.orTimeout(20, TimeUnit.SECONDS).join()).isEqualTo(1);
    assertThat(printed()).contains("incomplete: leader ended with status 137");
    assertThat(Files.readString(directory.resolve("sweep.json")))
        .contains("\"complete\" : false", "\"light\"");
  }

  @Test
  void aClusterRunsUntilItIsStopped() {
    CompletableFuture<Integer> cluster =
        CompletableFuture.supplyAsync(() -> run("cluster", "--followers", "2", "--port", "0"));
    await().atMost(LIMIT).until(() -> printed().contains("Ctrl-C stops the cluster"));
    assertThat(printed())
        .containsPattern("leader +http://127.0.0.1:\\d+")
        .containsPattern("follower-2 +http://127.0.0.1:\\d+")
        .containsPattern("curl -X PUT -d hello 'http://127.0.0.1:\\d+/v1/kv/greeting\\?w=all'");
    youngestChild().destroyForcibly();
    await().atMost(LIMIT).until(() -> printed().contains("leader ended with status 137"));
    assertThat(cluster).isNotDone();
    stop.request();
    assertThat(cluster.join()).isZero();
  }

  @Test
  void delaysAreReadFromTheLeaderAtEachSettingAndLoad() {
    assertThat(run("delays", "--followers", "2", "--writes", "20")).isZero();
    assertThat(printed())
        .containsPattern("0.1 +idle +14 +2 +1.5 +2.0 +3.0")
        .containsPattern("1.0 +loaded +14 +2 +1.5 +2.0 +3.0");
  }

  /** The leader, which is started last. */
  private static ProcessHandle youngestChild() {
    return ProcessHandle.current()
        .children()
        .max(Comparator.comparingLong(ProcessHandle::pid))
        .orElseThrow();
  }

  private int run(String... arguments) {
    PrintStream printing = new PrintStream(out, true, StandardCharsets.UTF_8);
    return Main.run(
        arguments,
        new Surroundings(printing, false, stop, NodeCommand.of(FakeNodeMain.class.getName())),
        printing);
  }

  private String printed() {
    return out.toString(StandardCharsets.UTF_8);
  }
}
