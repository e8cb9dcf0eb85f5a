package io.quorate.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorate.loadgen.JsonObject;
import io.quorate.loadgen.NodeUrl;
import io.quorate.loadgen.Refusal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the rows of disks, restarts and catching up are made of. */
final class DurableRowsTest {
  private static final NodeUrl FOLLOWER = new NodeUrl("127.0.0.1", 9_001);

  @TempDir private Path directory = Path.of("");

  @Test
  void directoryInMemoryIsNoDiskAndTheUserIsToldWhatToDo() {
    assertThat(RealDisk.whyNone(directory, "tmpfs")).contains(directory.toString(), "--out");
    assertThat(RealDisk.whyNone(directory, "ext4")).isNull();
  }

  @Test
  void kindOfFileSystemHasAName() throws Exception {
    assertThat(RealDisk.kind(directory)).isNotEmpty();
    assertThatThrownBy(() -> RealDisk.kind(directory.resolve("absent")))
        .isInstanceOf(Refusal.class);
  }

  @Test
  void forceTakesTimeAndLeavesNothingBehind() throws Exception {
    assertThat(RealDisk.forceMillis(directory)).isPositive();
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void bytesAreThoseOfAllFilesBelow() throws Exception {
    Path below = Files.createDirectories(directory.resolve("one/two"));
    Files.write(directory.resolve("file"), new byte[10]);
    Files.write(below.resolve("file"), new byte[300]);
    assertThat(RealDisk.bytes(directory)).isEqualTo(310);
  }

  @Test
  void scratchBelowADirectoryGoesAndLeavesTheRest() throws Exception {
    Path other = Files.createFile(directory.resolve("other"));
    try (Scratch scratch = Scratch.below(directory)) {
      assertThat(scratch.directory()).hasParent(directory.toAbsolutePath());
      Files.createFile(scratch.directory().resolve("file"));
    }
    assertThat(directory).isDirectoryContaining(other::equals);
    try (var left = Files.list(directory)) {
      assertThat(left).hasSize(1);
    }
  }

  @Test
  void keysThatDidNotComeBackAreNoRestart() throws Exception {
    RestartRows.requireKeys(7, 7);
    assertThatThrownBy(() -> RestartRows.requireKeys(6, 7)).hasMessage("of 7 keys 6 came back");
  }

  @Test
  void stintIsAsLongAsWhatIsLeftTakesAndNeverLong() {
    assertThat(Filling.nextStintSeconds(1_000, 10_000, 1)).isEqualTo(1);
    assertThat(Filling.nextStintSeconds(25_000, 10_000, 1)).isEqualTo(2);
    assertThat(Filling.nextStintSeconds(1_000_000, 10_000, 4)).isEqualTo(4);
    assertThat(Filling.nextStintSeconds(0, 10_000, 4)).isEqualTo(1);
  }

  @Test
  void leaderTellsWhatItSentToEachFollower() throws Exception {
    JsonObject status =
        read(
            """
            {"followers": [{"url": "http://127.0.0.1:9000", "sent_bytes": 1},
                           {"url": "http://127.0.0.1:9001", "sent_bytes": 23}]}
            """);
    assertThat(CatchUpRows.sentBytes(status, FOLLOWER)).isEqualTo(23);
  }

  @Test
  void leaderThatTellsNoSentBytesIsNoMeasurement() throws Exception {
    JsonObject status = read("{\"followers\": [{\"url\": \"http://127.0.0.1:9001\"}]}");
    assertThatThrownBy(() -> CatchUpRows.sentBytes(status, FOLLOWER))
        .hasMessageContaining("no sent_bytes of http://127.0.0.1:9001");
    assertThatThrownBy(() -> CatchUpRows.sentBytes(read("{}"), FOLLOWER))
        .isInstanceOf(Refusal.class);
  }

  @Test
  void bytesSentAreThoseSinceThenEvenWhereTheCountBeganAnew() {
    assertThat(CatchUpRows.since(10, 35)).isEqualTo(25);
    assertThat(CatchUpRows.since(100, 35)).isEqualTo(35);
  }

  @Test
  void newestPostgresOfDebianIsTakenFirst() throws Exception {
    for (String version : List.of("9", "17", "15", "odd")) {
      Files.createDirectories(directory.resolve(version));
    }
    assertThat(Tool.newestFirst(directory))
        .containsExactly(
            directory.resolve("17/bin"), directory.resolve("15/bin"), directory.resolve("9/bin"));
    assertThat(Tool.newestFirst(directory.resolve("absent"))).isEmpty();
  }

  @Test
  void primaryWaitsForAnyOneOfItsStandbysWithItsDiskForced() {
    List<Integer> ports = List.of(5_000, 5_001, 5_002);
    assertThat(PostgresServers.settings(ports, 0))
        .contains(
            "port=5000",
            "fsync=on",
            "synchronous_commit=on",
            "synchronous_standby_names=ANY 1 (standby_1, standby_2)");
    assertThat(PostgresServers.settings(ports, 2))
        .contains("port=5002", "fsync=on")
        .anyMatch(setting -> setting.endsWith("application_name=standby_2"))
        .noneMatch(setting -> setting.startsWith("synchronous_standby_names"));
  }

  @Test
  void rootRunsPostgresAsItsOwnUserAndOthersAsThemselves() {
    List<String> command = List.of("postgres", "-D", "x");
    assertThat(new PostgresAccount(directory, false).of(command)).isEqualTo(command);
    assertThat(new PostgresAccount(directory, true).of(command))
        .startsWith("setpriv", "--reuid=postgres")
        .endsWith("--", "postgres", "-D", "x");
  }

  private static JsonObject read(String json) {
    return Objects.requireNonNull(JsonObject.read(json.getBytes(StandardCharsets.UTF_8)));
  }
}
