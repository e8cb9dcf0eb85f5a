package io.quorate.loadgen;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class MainTest {
  private final FakeNode first = FakeNode.follower();
  private final FakeNode second = FakeNode.follower();
  private final FakeNode leader = FakeNode.leader(first, second);
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private static final String NO_LAG = "{\"min_delay_ms\":0.0,\"max_delay_ms\":0.0}";
  private static final String OWN_LAG = "{\"min_delay_ms\":0.1,\"max_delay_ms\":1.0}";
  private static final String NO_WARMUP = "--warmup-limit=0s";

  private final StopSignal stop = new StopSignal();

  @TempDir private Path directory = Path.of("");

  @AfterEach
  void close() {
    leader.close();
    first.close();
    second.close();
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
    assertThat(err.toString(StandardCharsets.UTF_8)).isEmpty();
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
    assertThat(leader.patches).containsExactly(NO_LAG, OWN_LAG, NO_LAG, OWN_LAG);
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
  void aLagThatCannotBeSetEndsTheSweepAndSaysSo() {
    leader.patchStatus = 400;
    assertThat(sweep("--writes", "5", NO_WARMUP, "--baseline")).isEqualTo(1);
    assertThat(printed()).contains("incomplete: PATCH /v1/config", "lag was not set back");
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
    assertThat(run(List.of("compare", results, results, "--fail-over=0.5"))).isEqualTo(3);
    assertThat(printed()).contains("REGRESSION: light w=1 write: p50 is 1.00 times A's");
    assertThat(run(List.of("compare", results, results))).isEqualTo(0);
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
            "light*         1 write", ResultTable.CUT_SHORT, "incomplete: stopped by the user");
    assertThat(Files.readString(directory.resolve("out/sweep.json")))
        .containsOnlyOnce("\"histogram_file\"")
        .doesNotContain("\"complete\" : true");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--writes ten | --writes: got 'ten', takes a whole number from 1 to 10000000",
        "--writes 0 | --writes: got '0', takes",
        "--warmup-limit 1 | --warmup-limit: got '1', takes a time",
        "--rate 0 | --rate: got '0', takes requests per second",
        "--rate 5/m | --rate: got '5/m', takes requests per second",
        "--rate 5 --arrivals random | --arrivals: got 'random', takes constant, poisson",
        "--arrivals poisson | --arrivals: got 'poisson', takes nothing without --rate",
        "--duration 5 | --duration: got '5', takes a time",
        "--writes 5 --duration 5s | --writes: got '5', takes nothing together with --duration",
        "--reads 1.5 | --reads: got '1.5', takes a number from 0",
        "--reads 1 | --reads: got '1', takes less than 1",
        "--read-from nodes | --read-from: got 'nodes', takes leader, followers, both",
        "--keys-distribution even | --keys-distribution: got 'even', takes uniform, zipfian",
        "--theta 0.5 | --theta: got '0.5', takes nothing without",
        "--keys-distribution zipfian --theta 1 | --theta: got '1', takes a number",
        "--value-bytes 64-16 | --value-bytes: got '64-16', takes a whole number",
        "--value-bytes 8-x | --value-bytes: got '8-x', takes a whole number",
        "--rounds 0 | --rounds: got '0', takes a whole number",
        "--baseline --no-baseline | --baseline: stands beside --no-baseline",
        "compare nowhere.json nowhere.json | nowhere.json: no such file; expected a sweep's results",
        "compare pom.xml pom.xml --fail-over x | --fail-over: got 'x', takes a number",
        "compare pom.xml pom.xml | pom.xml",
        "compare pom.xml | Missing required parameter",
        "drive | Missing required option: '--url=URL'",
        "drive --url x | --url: got 'x', takes a URL",
        "--keys 0 | --keys: got '0', takes a whole number from 1",
        "--connections 0 | --connections: got '0', takes",
        "--value-bytes 7 | --value-bytes: got '7', takes a whole number from 8",
        "--followers 0 | --followers: got '0', takes",
        "--quorums 1-6 | --quorums: got '1-6', takes write quorums from 1",
        "--quorums 3-2 | --quorums: got '3-2', takes",
        "--quorums 0 | --quorums: got '0', takes",
        "--quorums x | --quorums: got 'x', takes",
        "--min-delay-ms NaN | --min-delay-ms: got 'NaN', takes milliseconds",
        "--min-delay-ms 2 --max-delay-ms 1 | --min-delay-ms: got '2', takes at most",
        "cluster --min-delay-ms 2 --max-delay-ms 1 | --min-delay-ms: got '2', takes at most",
        "--timeout 5 | --timeout: got '5', takes a time",
        "--timeout 0s | --timeout: got '0s', takes a time",
        "--seed x | --seed: got 'x', takes",
        "--leader ftp://x | --leader: got 'ftp://x', takes a URL",
        "--leader http://x/y | --leader: got 'http://x/y', takes a URL",
        "--leader http://h:1 --followers 3 | --followers: got '3', takes nothing together with",
        "--leader http://h:1 --min-delay-ms 1 | --min-delay-ms: got '1', takes nothing together",
        "--nonsense | --nonsense",
        "--writes | --writes",
        "swep | swep",
        "--writes 5 cluster | --writes: stands before 'cluster'",
        "cluster --port 65535 | --port: got '65535', takes",
        "cluster --write-quorum 6 | --write-quorum: got '6', takes",
        "delays --writes 0 | --writes: got '0', takes",
      })
  void badInputIsOneLineAndEndsWithTwo(String arguments, String line) {
    assertThat(run(List.of(arguments.split(" ")))).isEqualTo(2);
    assertRefused(line);
  }

  @Test
  void aLeaderThatDoesNotAnswerIsBadInput() throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    assertThat(run(List.of("sweep", "--leader", "http://127.0.0.1:" + port))).isEqualTo(2);
    assertRefused("--leader: http://127.0.0.1:" + port + " does not answer");
  }

  @Test
  void anotherApiIsBadInput() {
    leader.status = "<html>\nhello</html>";
    assertThat(sweep()).isEqualTo(2);
    assertRefused(
        "--leader: "
            + leader.url()
            + " is not a node of Quorate: GET /v1/status was answered with status 200: <html>");
  }

  @Test
  void aFollowerIsBadInputAndItsLeaderIsNamed() {
    assertThat(run(List.of("--leader", first.url().toString()))).isEqualTo(2);
    assertRefused(
        "--leader: "
            + first.url()
            + " is a follower, not a leader: its leader is http://127.0.0.1:1");
  }

  @Test
  void aLeaderThatAnswersNothingIsBadInput() {
    leader.status = FakeNode.NO_ANSWER;
    assertThat(sweep()).isEqualTo(2);
    assertRefused("--leader: " + leader.url() + " does not answer");
  }

  @Test
  void quorumsAreThoseOfTheLeaderAndNotOfAnOwnCluster() {
    assertThat(sweep("--quorums", "1-60")).isEqualTo(2);
    assertRefused(
        "--quorums: got '1-60', takes write quorums from 1 to the number of followers, here 2");
    err.reset();
    assertThat(sweep("--quorums", "x")).isEqualTo(2);
    assertRefused(
        "--quorums: got 'x', takes write quorums from 1 to the number of followers, here 2");
    FakeNode[] many = Stream.generate(FakeNode::follower).limit(51).toArray(FakeNode[]::new);
    try (FakeNode leaderOfMany = FakeNode.leader(many)) {
      List<String> flags = List.of("--writes=1", NO_WARMUP, "--connections=1", "--quorums=51");
      List<String> arguments =
          new ArrayList<>(List.of("--leader", "" + leaderOfMany.url(), "--out", "" + directory));
      arguments.addAll(flags);
      assertThat(run(arguments)).as(err.toString(StandardCharsets.UTF_8)).isZero();
    } finally {
      List.of(many).forEach(FakeNode::close);
    }
  }

  @Test
  void aQuorumAboveTheFollowersIsBadInput() {
    assertThat(sweep("--quorums", "1-3")).isEqualTo(2);
    assertRefused("--quorums: got '1-3', takes write quorums from 1 to the number of followers");
    assertThat(leader.writes.get()).isZero();
  }

  @Test
  void aLeaderWithoutFollowersIsBadInput() {
    try (FakeNode alone = FakeNode.leader()) {
      assertThat(run(List.of("--leader", alone.url().toString()))).isEqualTo(2);
    }
    assertRefused("--leader: ");
    assertRefused("has no followers");
  }

  @Test
  void anOutThatIsAFileIsBadInput() throws IOException {
    Path file = Files.createFile(directory.resolve("file"));
    assertThat(run(List.of("--leader", leader.url().toString(), "--out", file.toString())))
        .isEqualTo(2);
    assertRefused("--out: got '" + file + "', takes a directory");
  }

  @Test
  void anOutThatHoldsAnEarlierSweepIsBadInputAndStaysAsItIs() throws IOException {
    assertThat(sweep("--writes", "5", NO_WARMUP)).isZero();
    Path earlier = directory.resolve("out");
    byte[] results = Files.readAllBytes(earlier.resolve("sweep.json"));
    long writes = leader.writes.get();
    assertThat(sweep("--writes", "5", NO_WARMUP)).isEqualTo(2);
    assertRefused("--out: got '" + earlier + "', takes a new or empty directory; this one holds");
    assertRefused("an earlier sweep");
    assertThat(leader.writes.get()).isEqualTo(writes);
    assertThat(earlier.resolve("sweep.json")).hasBinaryContent(results);
  }

  @Test
  void anOutThatHoldsOtherFilesIsBadInput() throws IOException {
    Files.createFile(Files.createDirectories(directory.resolve("out")).resolve("notes"));
    assertThat(sweep()).isEqualTo(2);
    assertRefused("takes a new or empty directory; this one holds other files");
  }

  @Test
  void aPortInUseIsOneLineAndEndsWithOne() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = taken.getLocalPort();
      assertThat(run(List.of("cluster", "--followers", "1", "--port", "" + port))).isEqualTo(1);
      assertRefused("port " + port + " is in use");
    }
  }

  @Test
  void helpShowsDefaultsAndTheOtherCommands() {
    assertThat(run(List.of("--help"))).isZero();
    assertThat(printed().replaceAll("\\s+", " "))
        .contains("cluster", "delays", "drive", "(default 10000, unless");
  }

  @ParameterizedTest
  @ValueSource(strings = {"sweep", "cluster", "delays", "drive", "compare"})
  void helpIsNoWiderThanAHundredColumns(String command) {
    assertThat(run(List.of(command, "--help"))).isZero();
    assertThat(printed().lines()).isNotEmpty().allMatch(line -> line.length() <= 100);
  }

  private int sweep(String... flags) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--leader",
                leader.url().toString(),
                "--out",
                directory.resolve("out").toString(),
                "--keys",
                "20",
                "--seed",
                "11"));
    arguments.addAll(List.of(flags));
    return run(arguments);
  }

  private int run(List<String> arguments) {
    PrintStream printing = new PrintStream(out, true, StandardCharsets.UTF_8);
    Surroundings surroundings = new Surroundings(printing, false, stop, List.of("false"));
    return Main.run(
        arguments.toArray(String[]::new),
        surroundings,
        new PrintStream(err, true, StandardCharsets.UTF_8));
  }

  private String printed() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private void assertRefused(String line) {
    String refusal = err.toString(StandardCharsets.UTF_8);
    assertThat(refusal).contains(line);
    assertThat(refusal.lines()).hasSize(1);
  }
}
