package io.quorate.loadgen;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sweeps of a cluster that only looks like one, and the other commands on their results. */
final class SweepCommandTest {
  private static final String NO_LAG = "{\"min_delay_ms\":0.0,\"max_delay_ms\":0.0}";
  private static final String OWN_LAG = "{\"min_delay_ms\":0.1,\"max_delay_ms\":1.0}";
  private static final String NO_WARMUP = Commands.NO_WARMUP;

  private final Commands commands = new Commands();
  private final FakeNode leader = commands.leader;
  private final StopSignal stop = commands.stop;

  @TempDir private Path directory = Path.of("");

  @AfterEach
  void close() {
    commands.close();
  }

  @Test
  void aSweepThatIsConfirmedAndConvergesEndsWithZero() throws IOException {
    assertThat(sweep("--writes", "30", NO_WARMUP)).isZero();
    assertThat(printed())
        .contains(
            "light          1 write",
            "loaded         2 write",
            "proof: converged; 3 nodes, 20 keys")
        .doesNotContain("\u001b");
    assertThat(commands.complaints()).isEmpty();
    assertThat(leader.writes.get()).isEqualTo(4 * 30);
    assertThat(Files.readString(directory.resolve("out/sweep.json")))
        .contains("\"timeout_ms\" : 5000,", "\"schema\" : 2,");
    assertThat(Files.readString(directory.resolve("out/light-w1-write.hgrm")))
        .contains("Percentile", "Total count    =           30");
  }

  @Test
  void oneUnconfirmedWriteEndsWithOne() {
    leader.writeStatus = number -> number == 50 ? 504 : 200;
    assertThat(sweep("--writes", "30", NO_WARMUP)).isEqualTo(1);
    assertThat(printed()).contains("not confirmed: w=1 loaded: writes {504=1}", "proof: converged");
  }

  @Test
  void oneUnconfirmedWriteOfTheWarmUpEndsWithOne() {
    leader.writeStatus = number -> number == 3 ? 429 : 200;
    assertThat(sweep("--writes", "5", "--warmup-limit", "50ms", "--quorums", "2")).isEqualTo(1);
    assertThat(printed()).contains("not confirmed: warm-up: writes {429=1}");
  }

  @Test
  void aFollowerThatDiffersEndsWithOne() {
    leader.convergence = "{\"converged\":false,\"reason\":\"they differ\",\"followers\":[]}";
    assertThat(sweep("--writes", "5", NO_WARMUP)).isEqualTo(1);
    assertThat(printed()).contains("NOT CONVERGED", "they differ");
  }

  @Test
  void aClusterThatConfirmsNothingAnyMoreEndsTheSweepAndKeepsWhatWasMeasured() {
    leader.writeStatus = number -> number <= 520 ? 200 : 503;
    assertThat(sweep("--writes", "500", NO_WARMUP, "--timeout", "100ms", "--connections", "1"))
        .isEqualTo(1);
    assertThat(printed())
        .contains(
            "light          1 write",
            "loaded*        1 write",
            "incomplete: w=1 loaded: no request was answered")
        .doesNotContain("proof");
    assertThat(directory.resolve("out/light-w1-write.hgrm")).exists();
  }

  @Test
  void aPassWithoutAConfirmedWriteHasNoLatency() throws IOException {
    leader.writeStatus = number -> 503;
    assertThat(sweep("--writes", "5", NO_WARMUP, "--quorums", "1")).isEqualTo(1);
    assertThat(printed())
        .containsPattern("w=1 light +5 of 5  0/s  p50 - ms  p99 - ms  5 failed")
        .containsPattern("light +1 write( +-){6} +0 +5")
        .doesNotContain("0.000");
    assertThat(Files.readString(directory.resolve("out/sweep.json")))
        .contains("\"latency\" : null");
  }

  @Test
  void aBaselineSetsTheLagToZeroInEachRoundAndBack() throws IOException {
    assertThat(sweep("--writes", "5", NO_WARMUP, "--rounds", "2", "--baseline")).isZero();
    assertThat(leader.patches)
        .containsExactly(NO_LAG, OWN_LAG, NO_LAG, OWN_LAG, NO_LAG, OWN_LAG, NO_LAG, OWN_LAG);
    assertThat(leader.writes.get()).isEqualTo(2 * (4 + 2) * 5);
    assertThat(printed()).contains("light no lag   2 write", "least", "most", ResultTable.ROUNDS);
    assertThat(directory.resolve("out/light-nolag-w2-write.hgrm")).exists();
  }

  @Test
  void aRunningClusterIsLeftAsItIsUnlessABaselineIsAskedFor() {
    assertThat(sweep("--writes", "5", NO_WARMUP)).isZero();
    assertThat(leader.patches).isEmpty();
  }

  @Test
  void theLagIsSetBackWhenTheUserStopsABaseline() {
    leader.writeStatus =
        number -> {
          if (!leader.patches.isEmpty()) {
            stop.request();
            LockSupport.parkNanos(100_000_000);
          }
          return 200;
        };
    assertThat(sweep("--writes", "20", NO_WARMUP, "--quorums=1", "--baseline")).isEqualTo(1);
    assertThat(leader.patches).containsExactly(NO_LAG, OWN_LAG);
    assertThat(printed()).contains("incomplete: stopped by the user");
  }

  @Test
  void aLagThatCannotBeSetBackAfterAStopIsToldWithWhatUndoesIt() {
    leader.patchStatus = number -> number == 1 ? 200 : 503;
    leader.writeStatus =
        number -> {
          if (!leader.patches.isEmpty()) {
            stop.request();
            LockSupport.parkNanos(100_000_000);
          }
          return 200;
        };
    assertThat(sweep("--writes", "20", NO_WARMUP, "--quorums=1", "--baseline")).isEqualTo(1);
    assertThat(printed()).contains("LAG WAS NOT SET BACK", undo());
  }

  private String undo() {
    return "-d '" + OWN_LAG + "' " + leader.url() + "/v1/config";
  }

  @Test
  void aLagThatCannotBeSetEndsTheSweepAndSaysSo() {
    leader.patchStatus = number -> 400;
    assertThat(sweep("--writes", "5", NO_WARMUP, "--baseline")).isEqualTo(1);
    assertThat(printed()).contains("incomplete: PATCH /v1/config", "LAG WAS NOT SET BACK", undo());
  }

  @Test
  void anOpenLoopIsMeasuredInThatModeAlone() throws IOException {
    assertThat(sweep("--writes=100", NO_WARMUP, "--rate=1000/s", "--quorums=1", "--reads=0.5"))
        .isZero();
    assertThat(printed())
        .contains("open loop, 1000/s, poisson arrivals", "the generator itself sent late by")
        .containsPattern("open +1 write")
        .containsPattern("open +1 read")
        .doesNotContain("light", "loaded", "RATE NOT REACHED");
    assertThat(Files.readString(directory.resolve("out/sweep.json")))
        .contains("\"mode\" : \"open\"", "\"rate_reached\" : true")
        .doesNotContain("\"mode\" : \"closed\"");
  }

  @Test
  void aRateThatIsNotReachedIsToldAndTheProofDecides() throws IOException {
    leader.writeStatus =
        number -> {
          LockSupport.parkNanos(5_000_000);
          return 200;
        };
    assertThat(sweep("--duration=1s", NO_WARMUP, "--rate=1000", "--quorums=1", "--connections=1"))
        .isZero();
    assertThat(printed()).contains("RATE NOT REACHED: open w=1 write: asked for 1000/s");
    assertThat(Files.readString(directory.resolve("out/sweep.json")))
        .contains("\"rate_reached\" : false");
  }

  @Test
  void whoCompletedAQuorumIsTheDifferenceOverTheMeasuredWrites() throws IOException {
    leader.completions =
        () ->
            "\"completions\":[{\"w\":1,\"writes\":0,\"followers\":[{\"id\":\"f\",\"count\":"
                + (1_000 + leader.writes.get())
                + "}]}],";
    assertThat(sweep("--writes=30", NO_WARMUP, "--quorums=1")).isZero();
    assertThat(printed()).contains("w=1   f 100.0 %");
    assertThat(Files.readString(directory.resolve("out/sweep.json")))
        .containsPattern("\"count\" : 30,\\s+\"share\"");
  }

  @Test
  void aSweepComparedWithItselfHasNoRegressionAndOneHeldToHalfOfItselfHas() {
    assertThat(sweep("--writes=2000", NO_WARMUP, "--quorums=1", "--connections=2")).isZero();
    String results = directory.resolve("out/sweep.json").toString();
    Path charts = directory.resolve("charts");
    assertThat(run(List.of("compare", results, results, "--fail-over=1.2", "--out=" + charts)))
        .isZero();
    assertThat(printed()).contains("B/A", "charts in " + charts).doesNotContain("REGRESSION");
    assertThat(charts).isDirectoryContaining(file -> file.toString().endsWith(".svg"));
    assertThat(run(List.of("compare", results, results, "--fail-over=0.5", "--out=" + charts)))
        .isEqualTo(3);
    assertThat(printed()).contains("REGRESSION: light w=1 write: p50 is 1.00 times A's");
    assertThat(run(List.of("compare", results, results, "--out=" + charts))).isZero();
  }

  @Test
  void aDriveReadsOrWritesAsFastAsItGoes() {
    for (String operation : List.of("GET", "PUT")) {
      List<String> arguments =
          new ArrayList<>(
              List.of(
                  "drive",
                  "--url=" + leader.url(),
                  "--duration=200ms",
                  "--warmup=50ms",
                  "--keys=3"));
      if (operation.equals("PUT")) {
        arguments.add("--put");
      }
      assertThat(run(arguments)).as(printed()).isZero();
      assertThat(printed())
          .containsPattern("closed loop, " + operation + ": [1-9]\\d* requests/s, p50 .* 0 failed");
    }
    assertThat(leader.reads.get()).isPositive();
    assertThat(leader.notFound.get()).isZero();
  }

  @Test
  void aStopByTheUserKeepsWhatWasMeasured() throws IOException {
    leader.writeStatus =
        number -> {
          if (number == 20) {
            stop.request();
          }
          return 200;
        };
    assertThat(sweep("--writes", "1000000", NO_WARMUP)).isEqualTo(1);
    assertThat(printed())
        .contains(
            "light*         1 write",
            ResultTable.CUT_SHORT,
            "writes {no answer before the end=1}",
            "incomplete: stopped by the user");
    assertThat(Files.readString(directory.resolve("out/sweep.json")))
        .containsOnlyOnce("\"histogram_file\"")
        .doesNotContain("\"complete\" : true");
  }

  private int sweep(String... flags) {
    return commands.sweep(directory.resolve("out"), flags);
  }

  private int run(List<String> arguments) {
    return commands.run(arguments);
  }

  private String printed() {
    return commands.printed();
  }
}
