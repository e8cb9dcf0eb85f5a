package io.quorate.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The jars as they are handed out, run as {@code java -jar}. */
final class PackagedJarsIT {

  /** Of the contract, and those that came with the node. */
  private static final List<String> VARIABLES =
      List.of(
          "ROLE",
          "PORT",
          "BIND_ADDRESS",
          "NODE_ID",
          "FOLLOWER_URLS",
          "WRITE_QUORUM",
          "MIN_DELAY_MS",
          "MAX_DELAY_MS",
          "WRITE_TIMEOUT_MS",
          "NODE_URL",
          "ADVERTISE_URL",
          "LINK_TIMEOUT_MS",
          "DATA_DIR",
          "FSYNC",
          "MIN_WRITE_QUORUM",
          "LEASE_MS",
          "SEGMENT_BYTES",
          "SNAPSHOT_BYTES",
          "LINK_CONNECTIONS",
          "BACKLOG_BYTES",
          "MAX_VALUE_BYTES",
          "MAX_WAITING_WRITES",
          "MAX_PENDING_BYTES",
          "MAX_UNCONFIRMED_WRITES",
          "MAX_TOMBSTONES",
          "MAX_CONNECTIONS",
          "MAX_REQUESTS",
          "MAX_ANSWER_BYTES",
          "MAX_WATCHES",
          "WATCH_HEARTBEAT_MS",
          "HEADER_TIMEOUT_MS",
          "BODY_TIMEOUT_MS",
          "ANSWER_TIMEOUT_MS",
          "IDLE_TIMEOUT_MS",
          "EVENT_LOOPS",
          "TRANSPORT",
          "STOP_TIMEOUT_MS",
          "EXIT_ON_STDIN_CLOSE",
          "TEST_DOOR");

  @RegisterExtension private final Nodes nodes = new Nodes();

  @Test
  void serverHelpListsEveryVariableWithWhatItTakesAndItsDefault() throws Exception {
    JarRun run = JarRun.of(Jars.SERVER, Map.of(), "--help");

    assertThat(run.exitStatus()).isZero();
    assertThat(run.printed()).doesNotContain("WARNING");
    List<String> lines = run.out().lines().toList();
    for (String variable : VARIABLES) {
      int line = indexOfLineOf(lines, variable);
      assertThat(line).as("line of %s in%n%s", variable, run.out()).isNotNegative();
      assertThat(lines.get(line + 1)).contains("takes ", "default ");
    }
  }

  private static int indexOfLineOf(List<String> lines, String variable) {
    for (int line = 0; line < lines.size(); line++) {
      if (lines.get(line).startsWith("  " + variable + " ")) {
        return line;
      }
    }
    return -1;
  }

  @Test
  void loadgenHelpListsItsFlagsAndWarnsOfNothing() throws Exception {
    JarRun run = JarRun.of(Jars.LOADGEN, Map.of(), "--help");

    assertThat(run.exitStatus()).isZero();
    assertThat(run.printed()).doesNotContain("WARNING");
    assertThat(run.out())
        .contains("--leader", "--writes", "--quorums", "--connections", "--keys", "--value-bytes");
  }

  @Test
  void serverTakesTheNativeTransportWhereThereIsOneAndWarnsOfNothing() {
    assertThat(transportOfANodeToldTo("auto")).isEqualTo(nativeTransport());
  }

  @Test
  void serverTakesNioWhenItIsToldTo() {
    assertThat(transportOfANodeToldTo("nio")).isEqualTo("nio");
  }

  private String transportOfANodeToldTo(String transport) {
    ProcessNode node =
        nodes.process("follower", Map.of("ROLE", "follower", "TRANSPORT", transport));
    String taken = node.client().status().path("transport").asText();
    node.askToStop();
    assertThat(node.awaitExit()).isZero();
    assertThat(node.printed()).contains("listening on").doesNotContain("WARNING");
    return taken;
  }

  /** Netty's epoll comes for Linux on these processors. */
  private static String nativeTransport() {
    boolean linux = System.getProperty("os.name").toLowerCase(Locale.ROOT).equals("linux");
    boolean built = List.of("amd64", "aarch64", "riscv64").contains(System.getProperty("os.arch"));
    return linux && built ? "epoll" : "nio";
  }
}
