package io.quorate.node;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
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
        "switchover a b | LEADER_URL: got \"a\"; takes an http URL",
        "verify | PATH",
        "verify no/such/file | PATH: got \"no/such/file\"; takes a data directory or a snapshot",
        "restore | FILE",
        "restore no/such/file --data-dir x | FILE: got \"no/such/file\"; takes a snapshot file",
        "restore . --data-dir x | FILE: got \".\"; takes a snapshot file",
        "restore pom.xml | --data-dir",
        "demote | demote",
      })
  void wrongInputIsOneLineAndEndsWithTwo(String arguments, String said) {
    assertThat(run(arguments.split(" "))).isEqualTo(2);
    assertRefused(said);
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
}
