package io.quorate.node;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Whatever level is logged, and whatever goes wrong, no value is in the log. */
final class NoValueLoggedTest {

  private static final String VALUE = "a-value-that-is-nobodys-business";

  private static final Logger ROOT = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);

  private static final class Listening extends AppenderBase<ILoggingEvent> {
    private final List<String> events = new CopyOnWriteArrayList<>();

    @Override
    protected void append(ILoggingEvent event) {
      String thrown =
          event.getThrowableProxy() == null
              ? ""
              : ThrowableProxyUtil.asString(event.getThrowableProxy());
      events.add(event.getFormattedMessage() + "\n" + thrown);
    }

    boolean heard(String text) {
      return events.stream().anyMatch(event -> event.contains(text));
    }
  }

  private final Listening listening = new Listening();
  private final Level level = ROOT.getLevel();

  @BeforeEach
  void listen() {
    listening.setContext(ROOT.getLoggerContext());
    listening.start();
    ROOT.addAppender(listening);
    ROOT.setLevel(Level.TRACE);
  }

  @AfterEach
  void unlisten() {
    ROOT.setLevel(level);
    ROOT.detachAppender(listening);
  }

  @Test
  void valuesStayOutOfTheLog(@TempDir Path disks) throws Exception {
    try (SmallCluster cluster = new SmallCluster(disks)) {
      String leader = cluster.leader();
      cluster.send("PUT", leader, "/v1/kv/k?w=all", VALUE);
      cluster.send("PUT", leader, "/v1/kv/k?w=9", VALUE);
      cluster.send("PUT", leader, "/v1/kv/k", VALUE.repeat(100));
      cluster.send("PUT", cluster.follower(), "/v1/kv/k", VALUE);
      cluster.send("PATCH", leader, "/v1/config", VALUE);
      cluster.send("POST", leader, "/v1/replication/append", VALUE);
      cluster.send("POST", leader, "/v1/replication/" + "nothing", VALUE);
      sendAndLeave(
          leader, "PUT /v1/kv/k HTTP/1.1\r\nHost: h\r\nContent-Length: 999\r\n\r\n" + VALUE);
      sendAndLeave(leader, VALUE + "\r\n\r\n");
      assertThat(cluster.get(leader, "/v1/kv/k").body()).isEqualTo(VALUE);
      cluster.get(leader, "/v1/convergence");
      cluster.send("DELETE", leader, "/v1/kv/k", "");
    }
    assertThat(listening.heard("leading with epoch 1")).isTrue();
    assertThat(listening.heard(VALUE)).isFalse();
  }

  private static void sendAndLeave(String node, String text) throws IOException {
    URI url = URI.create(node);
    try (Socket socket = new Socket(url.getHost(), url.getPort())) {
      socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
      socket.getOutputStream().flush();
    }
  }

  @Test
  void aValueInAMessageOrInAnExceptionIsHeard() {
    LoggerFactory.getLogger("planted").trace("got {}", VALUE);
    assertThat(listening.heard(VALUE)).isTrue();
    listening.events.clear();
    LoggerFactory.getLogger("planted").warn("failed", new IllegalStateException(VALUE));
    assertThat(listening.heard(VALUE)).isTrue();
  }
}
