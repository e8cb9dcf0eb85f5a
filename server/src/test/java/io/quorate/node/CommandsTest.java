package io.quorate.node;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.quorate.core.Key;
import io.quorate.core.Leadership;
import io.quorate.core.Mutation;
import io.quorate.core.Reign;
import io.quorate.core.StateHead;
import io.quorate.core.VersionRanges;
import io.quorate.log.SnapshotFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** What the command line does besides running a node: one line, and a status. */
final class CommandsTest {

  private static final String PROBLEM =
      "{\"type\":\"about:blank\",\"x\":{\"detail\":\"not this\"},\"detail\":\"2 of 4 grants\"}";

  /** Stands for a node: what it was asked, and what it answers. */
  private final List<String> asked = new CopyOnWriteArrayList<>();

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private HttpServer node = create();
  private volatile int status = 200;
  private volatile String body = "{\"id\":\"f0\",\"epoch\":4}";

  private static HttpServer create() {
    try {
      return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException failed) {
      throw new IllegalStateException(failed);
    }
  }

  @TempDir private Path directory = Path.of("");

  @BeforeEach
  void serve() {
    node.createContext(
        "/",
        exchange -> {
          asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
          byte[] bytes = body.getBytes(UTF_8);
          if (status == 307 && asked.size() == 1) {
            exchange.getResponseHeaders().add("Location", url() + "/there");
            exchange.sendResponseHeaders(307, bytes.length);
          } else {
            exchange.sendResponseHeaders(status == 307 ? 200 : status, bytes.length);
          }
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    node.start();
  }

  @AfterEach
  void stop() {
    node.stop(0);
  }

  private String url() {
    return "http://127.0.0.1:" + node.getAddress().getPort();
  }

  private int run(String... arguments) {
    CommandLine line = Arguments.line();
    line.setOut(new PrintWriter(out, true));
    line.setErr(new PrintWriter(err, true));
    return line.execute(arguments);
  }

  private void assertRefused(String... parts) {
    assertThat(out.toString()).isEmpty();
    assertThat(err.toString().lines()).hasSize(1);
    assertThat(err.toString()).contains(parts);
  }

  @Test
  void promoteAsksTheNodeAndPrintsItsAnswer() {
    assertThat(run("promote", url() + "/", "--force", "--timeout", "5s")).isZero();
    assertThat(asked).containsExactly("POST /v1/promote?force=true&timeout=5s");
    assertThat(out.toString()).isEqualTo(body + System.lineSeparator());
    assertThat(err.toString()).isEmpty();
    assertThat(run("promote", url())).isZero();
    assertThat(asked).last().isEqualTo("POST /v1/promote");
  }

  @Test
  void switchoverNamesItsTargetEncoded() {
    assertThat(run("switchover", url(), "http://f1:80")).isZero();
    assertThat(asked).containsExactly("POST /v1/switchover?to=http%3A%2F%2Ff1%3A80");
  }

  @Test
  void requestIsSentOnToTheLeader() {
    status = 307;
    assertThat(run("switchover", url(), "f1")).isZero();
    assertThat(asked).containsExactly("POST /v1/switchover?to=f1", "POST /there");
  }

  @ParameterizedTest
  @CsvSource({"409, 1", "503, 1", "400, 2"})
  void refusalIsItsDetailAndAStatus(int answered, int exit) {
    status = answered;
    body = PROBLEM;
    assertThat(run("promote", url())).isEqualTo(exit);
    assertRefused("2 of 4 grants");
    assertThat(err.toString()).doesNotContain("{", "not this");
  }

  @Test
  void answerOfSomethingElseIsOneLine() {
    status = 404;
    body = "<html>\nnot\nhere";
    assertThat(run("promote", url())).isEqualTo(1);
    assertRefused("answered with status 404: <html> not here");
  }

  @Test
  void nodeThatDoesNotAnswerIsOneLine() throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    assertThat(run("promote", "http://127.0.0.1:" + port)).isEqualTo(1);
    assertRefused("http://127.0.0.1:" + port + " does not answer");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "promote | URL",
        "promote ftp://a | URL: got \"ftp://a\"; takes an http URL without a path",
        "promote http://a:1/x | URL: got \"http://a:1/x\"; takes",
        "promote http://a:1 --froce | --froce",
        "switchover http://a:1 | TO",
        "promote http://a:1 --timeout x | --timeout: got \"x\"; takes a number with its unit",
        "promote http://a:1 --timeout= | --timeout: got \"\"; takes a number with its unit",
        "promote http://a:1 --timeout 0s | --timeout: got \"0s\"; takes",
        "promote http://a:1 --timeout 30 | --timeout: got \"30\"; takes",
        "promote http://a:1 --timeout 3601s | --timeout: got \"3601s\"; takes",
        "switchover http://a:1 b --timeout 1.5s | --timeout: got \"1.5s\"; takes",
        "switchover http://a:1 b --timeout | --timeout",
        "switchover a b | LEADER_URL: got \"a\"; takes an http URL",
        "verify | PATH",
        "verify no/such/file | PATH: got \"no/such/file\"; takes a data directory or a snapshot",
        "restore | FILE",
        "restore no/such/file --data-dir x | FILE: got \"no/such/file\"; takes a snapshot file",
        "restore . --data-dir x | FILE: got \".\"; takes a snapshot file",
        "restore pom.xml | --data-dir",
        "restore /dev/null --data-dir x | FILE: got \"/dev/null\"; takes a snapshot file",
        "demote | demote",
      })
  void wrongInputIsOneLineAndEndsWithTwo(String arguments, String said) {
    assertThat(run(arguments.split(" "))).isEqualTo(2);
    assertRefused(said);
  }

  @Test
  void switchoverToNobodyIsNotAskedFor() {
    assertThat(run("switchover", url(), "")).isEqualTo(2);
    assertRefused("TO: got \"\"; takes the id or the URL of a follower");
    assertThat(asked).isEmpty();
  }

  @Test
  void lineThatRefusesIsOneWhateverCame() {
    assertThat(run("promote", url(), "--timeout", "1\n2")).isEqualTo(2);
    assertRefused("--timeout: got \"1?2\"");
  }

  @Test
  void wrongTimeoutIsNotAskedFor() {
    assertThat(run("promote", url(), "--timeout", "5")).isEqualTo(2);
    assertRefused("--timeout: got \"5\"");
    assertThat(asked).isEmpty();
  }

  @Test
  void helpOfEachCommandTellsWhatItTakes() {
    for (Map.Entry<String, String> command :
        Map.of(
                "promote", "--force",
                "switchover", "LEADER_URL",
                "verify", "PATH",
                "restore", "--data-dir")
            .entrySet()) {
      assertThat(run(command.getKey(), "--help")).isZero();
      assertThat(out.toString()).contains(command.getValue());
    }
    assertThat(run("--help")).isZero();
    assertThat(out.toString()).contains("DATA_DIR", "restore", "switchover");
  }

  @Test
  void snapshotIsRestoredAndVerified() throws IOException {
    Path file = Files.write(directory.resolve("snapshot"), snapshot());
    Path made = directory.resolve("data");
    assertThat(run("verify", "" + file)).isZero();
    assertThat(run("restore", "" + file, "--data-dir", "" + made)).isZero();
    assertThat(run("verify", "" + made)).isZero();
    assertThat(err.toString()).isEmpty();
    assertThat(out.toString().lines()).hasSize(3);
    assertThat(out.toString())
        .contains("restored 2 entries, through version 8 of epoch 4 to " + made);
  }

  @Test
  void directoryThatHoldsSomethingIsNotRestoredTo() throws IOException {
    Path file = Files.write(directory.resolve("snapshot"), snapshot());
    Path full = Files.createDirectory(directory.resolve("full"));
    Files.writeString(full.resolve("letter.txt"), "dear");
    assertThat(run("restore", "" + file, "--data-dir", "" + full)).isEqualTo(1);
    assertRefused("nothing was restored: ", full + " is not empty");
  }

  @Test
  void snapshotInTheDirectoryThatIsToBeMadeIsLeftThere() throws IOException {
    Path file = Files.write(directory.resolve("snapshot"), snapshot());
    Files.createFile(directory.resolve("restore.unfinished"));
    assertThat(run("restore", "" + file, "--data-dir", "" + directory)).isEqualTo(1);
    assertRefused("nothing was restored: ", file + " is in the directory that is to be made");
    assertThat(file).exists();
  }

  @Test
  void oneWrongBitInASnapshotIsFoundAndNothingIsRestored() throws IOException {
    byte[] bytes = snapshot();
    bytes[bytes.length / 2] ^= 1;
    Path file = Files.write(directory.resolve("snapshot"), bytes);
    Path made = directory.resolve("data");
    assertThat(run("restore", "" + file, "--data-dir", "" + made)).isEqualTo(1);
    assertRefused("nothing was restored: ", "snapshot", "byte ");
    assertThat(made).doesNotExist();
    assertThat(run("verify", "" + file)).isEqualTo(1);
    assertThat(run("verify", "" + directory)).isEqualTo(1);
    assertThat(err.toString().lines()).hasSize(3);
  }

  private static byte[] snapshot() throws IOException {
    Leadership leadership = new Leadership(4, 42);
    StateHead state =
        new StateHead(
            new Reign(leadership, 7, false, false, List.of()),
            leadership,
            8,
            8,
            new VersionRanges(),
            0,
            true,
            null);
    SnapshotFile.Writer writer = new SnapshotFile.Writer(new SnapshotFile.Head(1, 1, 0, state));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (WritableByteChannel to = Channels.newChannel(bytes)) {
      to.write(writer.bytes());
      writer.add(new Mutation(Key.of("a"), "1".getBytes(UTF_8), 7, 4));
      writer.add(new Mutation(Key.of("b"), null, 8, 4));
      to.write(writer.end(0));
    }
    return bytes.toByteArray();
  }
}
