package io.quorate.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Clients that do not take what is sent to them, over real sockets. */
final class UntakenAnswersTest {

  /** More than the buffers of both sockets hold. */
  private static final int LARGE = 12 << 20;

  private final Loopback loopback = new Loopback();
  private final TestLeader leader = new TestLeader(1);
  private final Wire beside = new Wire(leader, options(60_000, Long.MAX_VALUE));

  @AfterEach
  void stopLoops() {
    loopback.close();
  }

  private static HttpOptions options(long answerMillis, long answerBytes) {
    HttpOptions.Timeouts preset = HttpOptions.Timeouts.DEFAULT;
    return TestOptions.withMaxValueBytes(LARGE)
        .with(
            new HttpOptions.Timeouts(
                preset.idleNanos(),
                preset.headNanos(),
                preset.bodyNanos(),
                TimeUnit.MILLISECONDS.toNanos(answerMillis)),
            100,
            answerBytes);
  }

  private int serveLargeValue(HttpOptions options) {
    assertThat(beside.put("/v1/kv/k", "v".repeat(LARGE)).status()).isEqualTo(200);
    return loopback.serve(new HttpServer(options), leader);
  }

  @Test
  void clientThatTakesNothingIsCutOff() throws IOException {
    int port = serveLargeValue(options(200, Long.MAX_VALUE));
    try (Socket socket = Loopback.connect(port)) {
      Loopback.send(socket, Wire.request("GET", "/v1/kv/k", ""));
      await().until(() -> isCut(socket));
    }
  }

  /** Whether what we send is not taken any more. */
  private static boolean isCut(Socket socket) {
    try {
      Loopback.send(socket, "\r\n");
      return false;
    } catch (IOException closed) {
      return true;
    }
  }

  @Test
  void clientThatTakesALittleAtATimeIsKeptAndCutOffOnceItTakesNothing() {
    Throttled slow =
        new Throttled(
            new HttpPipeline(
                HttpServer.routes(new TestFollower(), HttpOptions.DEFAULT),
                HttpOptions.DEFAULT,
                new DefaultChannelGroup(GlobalEventExecutor.INSTANCE),
                () -> false));
    slow.freezeTime();
    slow.writeInbound(
        Unpooled.copiedBuffer(Wire.request("GET", "/v1/status", ""), StandardCharsets.US_ASCII));
    for (int i = 0; i < 20; i++) {
      slow.takeBytes(10);
      passSeconds(slow, 20);
    }
    assertThat(slow.isOpen()).isTrue();
    passSeconds(slow, 40);
    assertThat(slow.isOpen()).isFalse();
  }

  private static void passSeconds(EmbeddedChannel channel, int seconds) {
    for (int i = 0; i < seconds; i++) {
      channel.advanceTimeBy(1, TimeUnit.SECONDS);
      channel.runScheduledPendingTasks();
    }
  }

  /** A channel whose other side takes what it is told to. */
  private static final class Throttled extends EmbeddedChannel {

    private long room;

    Throttled(HttpPipeline pipeline) {
      super(pipeline);
    }

    void takeBytes(long bytes) {
      room = bytes;
      unsafe().flush();
    }

    @Override
    protected void doWrite(ChannelOutboundBuffer out) {
      while (room > 0 && out.current() instanceof ByteBuf next) {
        long taken = Math.min(room, next.readableBytes());
        room -= taken;
        out.removeBytes(taken);
      }
    }
  }

  @Test
  void untakenBytesBeyondTheLimitRefuseOthersUntilTheyAreTaken() throws IOException {
    int port = serveLargeValue(options(60_000, 1 << 20));
    try (Socket lazy = Loopback.connect(port);
        Socket other = Loopback.connect(port)) {
      Loopback.send(lazy, Wire.request("GET", "/v1/kv/k", "", "Connection: close"));
      await().until(() -> status(other, "/v1/kv/absent") == 503);
      assertThat(status(other, "/livez")).isEqualTo(200);
      assertThat(Loopback.untilClosed(lazy).get(0).body()).hasSize(LARGE);
      await().until(() -> status(other, "/v1/kv/absent") == 404);
    }
  }

  private static int status(Socket socket, String path) throws IOException {
    Loopback.send(socket, Wire.request("HEAD", path, ""));
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      head.append((char) socket.getInputStream().read());
    }
    return Integer.parseInt(head.substring(9, 12));
  }
}
