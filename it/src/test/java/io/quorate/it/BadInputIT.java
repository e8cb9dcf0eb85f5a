package io.quorate.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a node and the load generator say to what they cannot take: one line, and a status. */
final class BadInputIT {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ROLE | boss | leader or follower",
        "PORT | 70000 | 0 to 65535",
        "FOLLOWER_URLS | ftp://127.0.0.1 | http URLs",
        "WRITE_QUORUM | 3 | majority or all",
        "MIN_DELAY_MS | -1 | milliseconds",
        "MAX_DELAY_MS | 0.05 | MIN_DELAY_MS",
        "WRITE_TIMEOUT_MS | soon | 1 to 3600000",
        "TEST_DOOR | perhaps | true or false"
      })
  void wrongVariableIsOneLineThatNamesItWhatItGotAndWhatItTakes(
      String variable, String got, String takes) throws Exception {
    Map<String, String> variables = new HashMap<>();
    variables.put("ROLE", "leader");
    variables.put("PORT", "0");
    variables.put("FOLLOWER_URLS", "http://127.0.0.1:1,http://127.0.0.1:2");
    variables.put("MIN_DELAY_MS", "0.1");
    variables.put("MAX_DELAY_MS", "1");
    variables.put(variable, got);

    JarRun run = JarRun.of(Jars.SERVER, variables);

    assertOneLine(run, 2);
    assertThat(run.err()).startsWith(variable + ":").contains(got, takes);
  }

  @Test
  void leaderThatIsItsOwnFollowerIsOneLineAndStatusTwo() throws Exception {
    String itself = "http://127.0.0.1:" + FreePorts.next();

    JarRun run =
        JarRun.of(
            Jars.SERVER,
            Map.of(
                "ROLE",
                "leader",
                "BIND_ADDRESS",
                "127.0.0.1",
                "PORT",
                itself.substring(itself.lastIndexOf(':') + 1),
                "FOLLOWER_URLS",
                itself));

    assertOneLine(run, 2);
    assertThat(run.err()).startsWith("FOLLOWER_URLS:").contains(itself, "this node's own");
  }

  @Test
  void directoryThatIsAFileIsOneLineAndStatusOne(@TempDir Path directory) throws Exception {
    Path file = Files.createFile(directory.resolve("file"));

    JarRun run = JarRun.of(Jars.SERVER, Map.of("PORT", "0", "DATA_DIR", file.toString()));

    assertOneLine(run, 1);
    assertThat(run.err())
        .startsWith("DATA_DIR: " + file + " cannot be used: ")
        .contains("takes a directory")
        .doesNotContain("Exception");
  }

  @Test
  void portInUseIsOneLineAndStatusOne() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(taken.getLocalPort());

      JarRun run = JarRun.of(Jars.SERVER, Map.of("BIND_ADDRESS", "127.0.0.1", "PORT", port));

      assertOneLine(run, 1);
      assertThat(run.err())
          .contains("127.0.0.1:" + port)
          .containsIgnoringCase("in use")
          .startsWith("BIND_ADDRESS and PORT: ");
    }
  }

  @Test
  void argumentThatANodeDoesNotKnowIsOneLineAndStatusTwo() throws Exception {
    JarRun run = JarRun.of(Jars.SERVER, Map.of(), "--port=80");

    assertOneLine(run, 2);
    assertThat(run.err()).contains("--port=80");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--writes | 0",
        "--quorums | 4-9",
        "--leader | ftp://127.0.0.1",
        "--max-delay-ms | -1"
      })
  void wrongFlagOfTheSweepIsOneLineThatNamesItWhatItGotAndWhatItTakes(String flag, String got)
      throws Exception {
    JarRun run = JarRun.of(Jars.LOADGEN, Map.of(), flag, got);

    assertOneLine(run, 2);
    assertThat(run.err()).contains(flag, got, "takes");
  }

  private static void assertOneLine(JarRun run, int exitStatus) {
    assertThat(run.exitStatus()).as(run.printed()).isEqualTo(exitStatus);
    assertThat(run.out()).isEmpty();
    assertThat(run.err().lines()).as(run.err()).hasSize(1);
  }
}
