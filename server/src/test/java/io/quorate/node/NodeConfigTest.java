package io.quorate.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorate.http.HttpOptions;
import io.quorate.log.Fsync;
import io.quorate.log.LogSettings;
import io.quorate.replication.Role;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NodeConfigTest {

  private static final String FIVE = "http://a:1,http://b:1,http://c:1,http://d:1,http://e:1";

  @Test
  void nothingGivenIsAFollowerOnPort8080() throws WrongVariableException {
    NodeConfig config = NodeConfig.read(new Environment(Map.of()));
    assertThat(config.role()).isEqualTo(Role.FOLLOWER);
    assertThat(config.port()).isEqualTo(8080);
    assertThat(config.bindAddress()).isEqualTo("0.0.0.0");
    assertThat(config.settings().writeTimeoutNanos()).isEqualTo(TimeUnit.SECONDS.toNanos(5));
  }

  @Test
  void emptyMeansNotGiven() throws WrongVariableException {
    assertThat(NodeConfig.read(new Environment(Map.of("PORT", " "))).port()).isEqualTo(8080);
  }

  @ParameterizedTest
  @CsvSource({"majority, 3", "all, 5", "0, 0", "2, 2", "5, 5"})
  void quorumIsANumberOrAWord(String given, int expected) throws WrongVariableException {
    assertThat(leader("WRITE_QUORUM", given).settings().writeQuorum()).isEqualTo(expected);
  }

  @Test
  void clientsAreGivenTheTimeAndTheRoomThatIsSaid() throws WrongVariableException {
    HttpOptions http =
        leader(
                "IDLE_TIMEOUT_MS", "5",
                "HEADER_TIMEOUT_MS", "6",
                "BODY_TIMEOUT_MS", "7",
                "ANSWER_TIMEOUT_MS", "8",
                "MAX_REQUESTS", "9",
                "MAX_ANSWER_BYTES", "2000")
            .http();
    assertThat(http.timeouts())
        .isEqualTo(new HttpOptions.Timeouts(5_000_000, 6_000_000, 7_000_000, 8_000_000));
    assertThat(http.maxRequests()).isEqualTo(9);
    assertThat(http.maxAnswerBytes()).isEqualTo(2000);
    assertThat(leader().http().timeouts()).isEqualTo(HttpOptions.Timeouts.DEFAULT);
  }

  @Test
  void withoutADataDirectoryAllIsInMemory() throws WrongVariableException {
    NodeConfig config = leader();
    assertThat(config.dataDirectory()).isEmpty();
    assertThat(NodeRun.keeping(config)).startsWith("keeps its data in memory only: ");
  }

  @ParameterizedTest
  @CsvSource({
    "always, may lose: nothing that was acknowledged",
    "interval:50ms, may lose: when the machine stops without warning",
    "never, may lose: when the machine stops without warning",
  })
  void oneLineSaysWhereDataIsAndWhatMayBeLost(String fsync, String loss)
      throws WrongVariableException {
    NodeConfig config = leader("DATA_DIR", "/data/n0", "FSYNC", fsync);
    assertThat(config.dataDirectory()).contains(Path.of("/data/n0"));
    assertThat(NodeRun.keeping(config))
        .startsWith("keeps its data in /data/n0, FSYNC=" + fsync + "; ")
        .contains(loss)
        .doesNotContain("\n");
  }

  @Test
  void logIsForcedAlwaysUnlessItSaysOtherwise() throws WrongVariableException {
    assertThat(leader().log()).isEqualTo(LogSettings.DEFAULT);
    NodeConfig config =
        leader(
            "FSYNC",
            "interval:2s",
            "SEGMENT_BYTES",
            "2101248",
            "SNAPSHOT_BYTES",
            "8192",
            "MAX_VALUE_BYTES",
            "2048");
    assertThat(config.log())
        .isEqualTo(new LogSettings(Fsync.interval(2_000_000_000L), 2_101_248, 8192));
  }

  @ParameterizedTest
  @CsvSource({"0, 2097152", "16384, 2129920", "1048576, 4194304", "16777216, 35651584"})
  void halfASegmentTakesABatchAndTheLargestValue(String valueBytes, int least)
      throws WrongVariableException {
    assertThat(leader("MAX_VALUE_BYTES", valueBytes, "SEGMENT_BYTES", "" + least).log())
        .extracting(LogSettings::segmentBytes)
        .isEqualTo(least);
    assertThat(leader("MAX_VALUE_BYTES", valueBytes).log()).isEqualTo(LogSettings.DEFAULT);
    String tooSmall = "" + (least - 1);
    assertThatThrownBy(() -> leader("MAX_VALUE_BYTES", valueBytes, "SEGMENT_BYTES", tooSmall))
        .isInstanceOf(WrongVariableException.class)
        .hasMessage(
            "SEGMENT_BYTES: got \"%s\"; takes 2 x (1048576 + MAX_VALUE_BYTES) to 1073741824",
            tooSmall);
  }

  @Test
  void valueThatIsTooLargeIsRefusedByItsOwnName() {
    assertThatThrownBy(() -> leader("MAX_VALUE_BYTES", "33554432"))
        .isInstanceOf(WrongVariableException.class)
        .hasMessageStartingWith("MAX_VALUE_BYTES: got \"33554432\"; takes ");
  }

  @Test
  void directoryThatIsNoPathIsRefused() {
    assertThatThrownBy(() -> leader("DATA_DIR", "a\0b"))
        .isInstanceOf(WrongVariableException.class)
        .hasMessageStartingWith("DATA_DIR: got ");
  }

  @Test
  void leaseIsAsLongAsTheLinkTimeoutUnlessItIsGiven() throws WrongVariableException {
    assertThat(leader().leaseNanos()).isEqualTo(2_000_000_000L);
    assertThat(leader("LINK_TIMEOUT_MS", "300").leaseNanos()).isEqualTo(300_000_000L);
    assertThat(leader("LEASE_MS", "700", "LINK_TIMEOUT_MS", "300").leaseNanos())
        .isEqualTo(700_000_000L);
    assertThatThrownBy(() -> leader("LINK_TIMEOUT_MS", "1"))
        .hasMessageStartingWith("LINK_TIMEOUT_MS: ");
  }

  @ParameterizedTest
  @CsvSource({"1, 2", "2, 3", "majority, 4"})
  void quorumBetweenNoneAndTheLeastIsRefused(String quorum, String least) {
    assertThatThrownBy(() -> leader("WRITE_QUORUM", quorum, "MIN_WRITE_QUORUM", least))
        .isInstanceOf(WrongVariableException.class)
        .hasMessageStartingWith("WRITE_QUORUM: got \"" + quorum + "\"; takes ")
        .hasMessageContaining("MIN_WRITE_QUORUM");
  }

  @ParameterizedTest
  @CsvSource({"0, 4", "4, 4", "all, 5", "majority, 3"})
  void quorumOfNobodyOrOfTheLeastAndMoreIsTaken(String quorum, int least)
      throws WrongVariableException {
    NodeConfig config = leader("WRITE_QUORUM", quorum, "MIN_WRITE_QUORUM", "" + least);
    assertThat(config.minWriteQuorum()).isEqualTo(least);
  }

  @Test
  void leaseIsRenewedSeveralTimesWithinItHoweverShort() throws WrongVariableException {
    NodeConfig config =
        NodeConfig.read(new Environment(Map.of("ROLE", "leader", "LEASE_MS", "100")));
    assertThat(config.limits().helloNanos()).isEqualTo(config.leaseNanos() / 4);
  }

  @Test
  void leaderWithoutFollowersConfirmsAlone() throws WrongVariableException {
    NodeConfig config = NodeConfig.read(new Environment(Map.of("ROLE", "leader")));
    assertThat(config.settings().writeQuorum()).isZero();
    assertThat(config.followerUrls()).isEmpty();
  }

  @Test
  void delaysTakeDecimals() throws WrongVariableException {
    NodeConfig config = leader("MIN_DELAY_MS", "0.1", "MAX_DELAY_MS", "1.0");
    assertThat(config.settings().minDelayNanos()).isEqualTo(100_000);
    assertThat(config.settings().maxDelayNanos()).isEqualTo(1_000_000);
  }

  @Test
  void slashAtTheEndOfAUrlIsDropped() throws WrongVariableException {
    NodeConfig config = leader("FOLLOWER_URLS", "http://f:81/ , http://g");
    assertThat(config.followerUrls())
        .containsExactly(URI.create("http://f:81"), URI.create("http://g"));
  }

  @ParameterizedTest
  @CsvSource({
    "ROLE, boss",
    "PORT, 65536",
    "PORT, -1",
    "PORT, eighty",
    "PORT, +80",
    "WRITE_QUORUM, 6",
    "WRITE_QUORUM, -1",
    "WRITE_QUORUM, most",
    "MIN_WRITE_QUORUM, 0",
    "MIN_WRITE_QUORUM, 6",
    "MIN_WRITE_QUORUM, majority",
    "LEASE_MS, 49",
    "LEASE_MS, 1s",
    "FSYNC, sometimes",
    "FSYNC, interval:0ms",
    "FSYNC, interval:50",
    "SEGMENT_BYTES, 4096",
    "SEGMENT_BYTES, 1073741825",
    "SEGMENT_BYTES, 4194303",
    "SNAPSHOT_BYTES, 4095",
    "MIN_DELAY_MS, 1e3",
    "MIN_DELAY_MS, -1",
    "MAX_DELAY_MS, 60001",
    "WRITE_TIMEOUT_MS, 0",
    "LINK_TIMEOUT_MS, 1",
    "HEADER_TIMEOUT_MS, 0",
    "BODY_TIMEOUT_MS, 3600001",
    "ANSWER_TIMEOUT_MS, 3",
    "IDLE_TIMEOUT_MS, x",
    "MAX_REQUESTS, 0",
    "MAX_ANSWER_BYTES, 1023",
    "FOLLOWER_URLS, https://a:1",
    "FOLLOWER_URLS, a:1",
    "FOLLOWER_URLS, 'http://b:1,a:1'",
    "FOLLOWER_URLS, http://a:1/path",
    "FOLLOWER_URLS, 'http://a:1,http://a:1'",
    "FOLLOWER_URLS, 'http://a:1,,http://b:1'",
    "NODE_URL, nowhere",
    "ADVERTISE_URL, http://",
    "BACKLOG_BYTES, 12",
    "TRANSPORT, carrier pigeon",
    "TEST_DOOR, ajar",
    "EVENT_LOOPS, 0",
    "NODE_ID, two words",
    "NODE_ID, no/host",
    "NODE_ID, no-port",
    "BIND_ADDRESS, no.such.host.invalid",
    "MAX_STORE_BYTES, many"
  })
  void wrongValueIsRefusedNamingVariableAndValue(String name, String value) {
    assertThatThrownBy(() -> leader(name, value))
        .isInstanceOf(WrongVariableException.class)
        .hasMessageStartingWith(name + ": got \"" + value + "\"; takes ")
        .hasMessageNotContaining("\n");
  }

  @Test
  void lineThatRefusesIsOneWhateverCame() {
    assertThatThrownBy(() -> leader("PORT", "80\n80"))
        .hasMessage("PORT: got \"80?80\"; takes 0 to 65535");
  }

  @Test
  void greatestDelayBelowTheLeastIsRefused() {
    assertThatThrownBy(() -> leader("MIN_DELAY_MS", "2", "MAX_DELAY_MS", "1"))
        .isInstanceOf(WrongVariableException.class)
        .hasMessageStartingWith("MAX_DELAY_MS: got \"1\"");
  }

  @Test
  void nodeIdOfAnyKindIsTakenWhereAUrlSaysHowItIsReached() throws WrongVariableException {
    NodeConfig config = leader("NODE_ID", "rack-7/leader", "NODE_URL", "http://10.0.0.7:8080");
    assertThat(config.nodeId()).contains("rack-7/leader");
  }

  @Test
  void leastDelayAloneIsRefusedByItsOwnName() {
    assertThatThrownBy(() -> leader("MIN_DELAY_MS", "0.1"))
        .isInstanceOf(WrongVariableException.class)
        .hasMessageStartingWith("MIN_DELAY_MS: got \"0.1\"; takes milliseconds from 0 to MAX_");
  }

  private static NodeConfig leader(String... pairs) throws WrongVariableException {
    Map<String, String> values = new HashMap<>(Map.of("ROLE", "leader", "FOLLOWER_URLS", FIVE));
    for (int i = 0; i < pairs.length; i += 2) {
      values.put(pairs[i], pairs[i + 1]);
    }
    return NodeConfig.read(new Environment(values));
  }
}
