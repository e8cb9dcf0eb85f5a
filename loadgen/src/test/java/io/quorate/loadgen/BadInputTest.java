package io.quorate.loadgen;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the commands refuse, in one line, before any load is sent; and what their help says. */
final class BadInputTest {
  private static final String NO_WARMUP = Commands.NO_WARMUP;

  private final Commands commands = new Commands();
  private final FakeNode leader = commands.leader;
  private final FakeNode first = commands.first;

  @TempDir private Path directory = Path.of("");

  @AfterEach
  void close() {
    commands.close();
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
        "cluster --fsync always | --fsync: got 'always', takes nothing without --data-dir",
        "cluster --data-dir x --fsync daily | --fsync: got 'daily', takes always, never",
        "cluster --data-dir pom.xml | --data-dir: got 'pom.xml', takes a directory",
        "cluster --data-dir x --port 0 | --data-dir: got 'x', takes nothing together with --port 0",
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
    commands.forgetComplaints();
    assertThat(sweep("--quorums", "x")).isEqualTo(2);
    assertRefused(
        "--quorums: got 'x', takes write quorums from 1 to the number of followers, here 2");
    FakeNode[] many = Stream.generate(FakeNode::follower).limit(51).toArray(FakeNode[]::new);
    try (FakeNode leaderOfMany = FakeNode.leader(many)) {
      List<String> flags = List.of("--writes=1", NO_WARMUP, "--connections=1", "--quorums=51");
      List<String> arguments =
          new ArrayList<>(List.of("--leader", "" + leaderOfMany.url(), "--out", "" + directory));
      arguments.addAll(flags);
      assertThat(run(arguments)).as(commands.complaints()).isZero();
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
    return commands.sweep(directory.resolve("out"), flags);
  }

  private int run(List<String> arguments) {
    return commands.run(arguments);
  }

  private String printed() {
    return commands.printed();
  }

  private void assertRefused(String line) {
    assertThat(commands.complaints()).contains(line);
    assertThat(commands.complaints().lines()).hasSize(1);
  }
}
