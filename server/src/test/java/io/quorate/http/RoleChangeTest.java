package io.quorate.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.channel.Channel;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A node whose role changes while it serves. */
final class RoleChangeTest {

  private static final int TIMEOUT_MILLIS = 10_000;

  private final EventLoopGroup loops =
      new MultiThreadIoEventLoopGroup(2, NioIoHandler.newFactory());
  private final TestLeader leader = new TestLeader(1);
  private final TestFollower follower = new TestFollower();
  private final HttpServer server = new HttpServer(HttpOptions.DEFAULT);
  private int port;

  @BeforeEach
  void listen() {
    Channel channel =
        server
            .bind(loops, NioServerSocketChannel.class, "127.0.0.1", 0)
            .syncUninterruptibly()
            .channel();
    port = ((InetSocketAddress) channel.localAddress()).getPort();
  }

  @AfterEach
  void stopLoops() {
    loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
  }

  private Socket connect() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(TIMEOUT_MILLIS);
    return socket;
  }

  private static void send(Socket socket, String bytes) throws IOException {
    socket.getOutputStream().write(bytes.getBytes(ISO_8859_1));
  }

  /** The next answer, whose head tells the length of its body. */
  private static Response read(Socket socket) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = socket.getInputStream().read();
      assertThat(next).isNotNegative();
      head.append((char) next);
    }
    String length = head.toString().replaceAll("(?s).*content-length: (\\d+).*", "$1");
    byte[] body = socket.getInputStream().readNBytes(Integer.parseInt(length));
    return Response.parse((head + new String(body, ISO_8859_1)).getBytes(ISO_8859_1), false).get(0);
  }

  private static Response ask(Socket socket, String request) throws IOException {
    send(socket, request);
    return read(socket);
  }

  @Test
  void openConnectionsAndNewOnesAreAnsweredByTheNewRole() throws IOException {
    // One that goes the short way and one that does not, so that both places are looked at.
    String plain = Wire.request("PUT", "/v1/kv/k", "v");
    String decoded = Wire.request("PUT", "/v1/kv/k", "v", "X-Other: 1");
    server.serve(follower);
    try (Socket old = connect()) {
      assertThat(ask(old, plain).status()).isEqualTo(307);
      assertThat(ask(old, decoded).status()).isEqualTo(307);
      server.serve(leader);
      assertThat(ask(old, plain).status()).isEqualTo(200);
      assertThat(ask(old, decoded).status()).isEqualTo(200);
      server.serve(follower);
      try (Socket fresh = connect()) {
        for (Socket socket : List.of(old, fresh)) {
          assertThat(ask(socket, plain).status()).isEqualTo(307);
          assertThat(ask(socket, decoded).status()).isEqualTo(307);
        }
      }
    }
    assertThat(leader.lastVersion()).isEqualTo(2);
  }

  @Test
  void requestUnderWayIsAnsweredByTheRoleThatTookIt() throws IOException {
    server.serve(leader.holding());
    try (Socket writer = connect();
        Socket half = connect()) {
      send(writer, Wire.request("PUT", "/v1/kv/k", "v"));
      await().until(() -> leader.lastVersion() == 1);
      send(half, "PUT /v1/kv/half HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\n");
      send(half, "Content-Length: 1\r\n\r\n");
      assertThat(half.getInputStream().readNBytes(25)).asString().startsWith("HTTP/1.1 100");
      server.serve(follower);
      send(half, "v");
      await().until(() -> leader.lastVersion() == 2);
      assertThat(ask(connect(), Wire.request("PUT", "/v1/kv/k", "v")).status()).isEqualTo(307);
      leader.deliver(0, 1);
      leader.deliver(0, 2);
      assertThat(read(writer).status()).isEqualTo(200);
      assertThat(read(half).status()).isEqualTo(200);
      assertThat(ask(half, Wire.request("PUT", "/v1/kv/k", "v")).status()).isEqualTo(307);
    }
  }

  @Test
  void everyRequestIsAnsweredByOneOfTheRolesWhileTheyChange() throws Exception {
    server.serve(follower);
    AtomicBoolean enough = new AtomicBoolean();
    Thread changes =
        new Thread(
            () -> {
              while (!enough.get()) {
                server.serve(leader);
                server.serve(follower);
              }
            });
    changes.start();
    int redirected = 0;
    int written = 0;
    try (Socket socket = connect()) {
      for (int i = 0; i < 2_000 || redirected == 0 || written == 0; i++) {
        int status = ask(socket, Wire.request("PUT", "/v1/kv/k", "v")).status();
        redirected += status == 307 ? 1 : 0;
        written += status == 200 ? 1 : 0;
        assertThat(redirected + written).isEqualTo(i + 1);
      }
    } finally {
      enough.set(true);
      changes.join();
    }
    assertThat(leader.lastVersion()).isEqualTo(written);
  }

  @Test
  void placesOfSnapshotsAreNotMadeAnewByAChangeOfRoles() throws IOException {
    follower.snapshot = new TestSnapshot().part("begun").pending();
    server.serve(follower);
    try (Socket first = connect();
        Socket second = connect();
        Socket third = connect()) {
      String get = Wire.request("GET", "/v1/snapshot", "");
      send(first, get);
      assertThat(first.getInputStream().read()).isEqualTo('H');
      follower.snapshot = new TestSnapshot().part("begun").pending();
      send(second, get);
      assertThat(second.getInputStream().read()).isEqualTo('H');
      server.serve(leader);
      assertThat(ask(third, get).status()).isEqualTo(503);
    }
  }

  @Test
  void followerFindsTheNewLeaderOnTheSameConnection() throws IOException {
    server.serve(follower);
    try (Socket socket = connect()) {
      follower.leaderUrl = Optional.of("http://new:8080");
      assertThat(ask(socket, Wire.request("PUT", "/v1/kv/k", "v")).header("Location"))
          .isEqualTo("http://new:8080/v1/kv/k");
    }
  }
}
