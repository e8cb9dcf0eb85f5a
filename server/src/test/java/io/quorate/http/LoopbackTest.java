package io.quorate.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The pipeline over real sockets. */
final class LoopbackTest {

  private final Loopback loopback = new Loopback();
  private final TestLeader leader = new TestLeader(1);

  @AfterEach
  void stopLoops() {
    loopback.close();
  }

  @Test
  void requestsAreAnsweredOverASocketThatThenCloses() throws IOException {
    int port = loopback.serve(new HttpServer(HttpOptions.DEFAULT), leader);
    try (Socket socket = Loopback.connect(port)) {
      Loopback.send(
          socket,
          Wire.request("PUT", "/v1/kv/k", "v".repeat(300_000))
              + Wire.request("GET", "/v1/kv/k", "").repeat(20)
              + Wire.request("GET", "/v1/kv/k", "", "Connection: close"));
      List<Response> responses = Loopback.untilClosed(socket);
      assertThat(responses).hasSize(22).allMatch(response -> response.status() == 200);
      assertThat(responses.get(21).body()).hasSize(300_000);
    }
  }

  @Test
  void clientThatShutsItsSideDownStillGetsItsAnswers() throws IOException {
    int port = loopback.serve(new HttpServer(HttpOptions.DEFAULT), leader);
    try (Socket socket = Loopback.connect(port)) {
      Loopback.send(
          socket, Wire.request("PUT", "/v1/kv/k", "v") + Wire.request("GET", "/v1/kv/k", ""));
      socket.shutdownOutput();
      assertThat(Loopback.untilClosed(socket))
          .extracting(Response::status)
          .containsExactly(200, 200);
    }
  }

  @Test
  void refusalArrivesThoughTheBodyIsStillBeingSent() throws IOException {
    int port = loopback.serve(new HttpServer(HttpOptions.DEFAULT), leader);
    try (Socket socket = Loopback.connect(port)) {
      Loopback.send(socket, Wire.request("PUT", "/v1/kv/k", "v".repeat(3_000_000)));
      assertThat(Loopback.untilClosed(socket)).extracting(Response::status).containsExactly(413);
      assertThat(leader.lastVersion()).isZero();
    }
  }

  @Test
  void bodyCutOffByADisconnectIsNotStored() throws IOException {
    int port = loopback.serve(new HttpServer(HttpOptions.DEFAULT), leader);
    try (Socket socket = Loopback.connect(port)) {
      Loopback.send(socket, "PUT /v1/kv/k HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nvalu");
      socket.shutdownOutput();
      assertThat(Loopback.untilClosed(socket)).isEmpty();
    }
    assertThat(leader.lastVersion()).isZero();
  }

  @Test
  void connectionsBeyondTheLimitAreToldSo() throws IOException {
    HttpOptions two = new HttpOptions(1 << 20, 1 << 20, 8192, 8192, 2, 8, false);
    int port = loopback.serve(new HttpServer(two), leader);
    try (Socket first = Loopback.connect(port);
        Socket second = Loopback.connect(port)) {
      Loopback.send(first, Wire.request("GET", "/livez", ""));
      Loopback.send(second, Wire.request("GET", "/livez", ""));
      assertThat(first.getInputStream().read()).isEqualTo('H');
      assertThat(second.getInputStream().read()).isEqualTo('H');
      try (Socket third = Loopback.connect(port)) {
        Loopback.send(third, Wire.request("GET", "/livez", ""));
        Response refused = Loopback.untilClosed(third).get(0);
        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.header("Retry-After")).isEqualTo("1");
        assertThat(refused.header("Content-Type")).isEqualTo("application/problem+json");
      }
    }
    await()
        .untilAsserted(
            () -> {
              try (Socket again = Loopback.connect(port)) {
                Loopback.send(again, Wire.request("GET", "/livez", "", "Connection: close"));
                assertThat(Loopback.untilClosed(again).get(0).status()).isEqualTo(200);
              }
            });
  }

  @Test
  void answersBroughtByAnotherThreadComeInOrder() throws Exception {
    int port = loopback.serve(new HttpServer(HttpOptions.DEFAULT), leader.holding());
    try (Socket socket = Loopback.connect(port)) {
      for (int i = 0; i < 50; i++) {
        Loopback.send(socket, Wire.request("PUT", "/v1/kv/k" + i, "v"));
      }
      await().until(() -> leader.lastVersion() == 50);
      for (int version = 50; version >= 1; version--) {
        leader.deliver(0, version);
      }
      Loopback.send(socket, Wire.request("GET", "/livez", "", "Connection: close"));
      List<Response> responses = Loopback.untilClosed(socket);
      assertThat(responses).hasSize(51);
      for (int i = 0; i < 50; i++) {
        assertThat(responses.get(i).text()).contains("\"key\":\"k" + i + "\"");
      }
    }
  }

  @Test
  void snapshotWaitsForAClientThatDoesNotRead() throws IOException {
    TestFollower follower = new TestFollower();
    TestSnapshot snapshot = new TestSnapshot();
    follower.snapshot = snapshot;
    int parts = 600;
    for (int i = 0; i < parts; i++) {
      snapshot.part("v".repeat(64 << 10));
    }
    int port = loopback.serve(new HttpServer(HttpOptions.DEFAULT), follower);
    try (Socket socket = Loopback.connect(port)) {
      Loopback.send(socket, Wire.request("GET", "/v1/snapshot", "", "Connection: close"));
      // All that is asked for before the socket is full, and nothing more.
      await().during(Duration.ofMillis(300)).until(snapshot.asked::get, new Unchanged()::holds);
      assertThat(snapshot.asked.get()).isPositive().isLessThan(parts / 2);
      Response whole = Loopback.untilClosed(socket).get(0);
      assertThat(whole.body()).hasSize(parts * (64 << 10));
      assertThat(snapshot.asked).hasValue(parts + 1);
      await().until(() -> snapshot.closed.get() == 1);
      assertThat(snapshot.breach()).isEmpty();
    }
  }

  /** Whether a number is what it was when it was looked at before. */
  private static final class Unchanged {
    private int before = -1;

    boolean holds(int now) {
      boolean same = now > 0 && now == before;
      before = now;
      return same;
    }
  }

  @Test
  void snapshotIsGivenUpWhenItsClientGoes() throws IOException {
    TestFollower follower = new TestFollower();
    TestSnapshot snapshot = new TestSnapshot();
    follower.snapshot = snapshot;
    for (int i = 0; i < 600; i++) {
      snapshot.part("v".repeat(64 << 10));
    }
    int port = loopback.serve(new HttpServer(HttpOptions.DEFAULT), follower);
    try (Socket socket = Loopback.connect(port)) {
      Loopback.send(socket, Wire.request("GET", "/v1/snapshot", ""));
      assertThat(socket.getInputStream().read()).isEqualTo('H');
    }
    await().until(() -> snapshot.closed.get() == 1);
    assertThat(snapshot.breach()).isEmpty();
  }

  @Test
  void stoppingLetsWhatIsUnderWayBeAnswered() throws IOException {
    HttpServer server = new HttpServer(HttpOptions.DEFAULT);
    int port = loopback.serve(server, leader.holding());
    try (Socket idle = Loopback.connect(port);
        Socket busy = Loopback.connect(port)) {
      Loopback.send(idle, Wire.request("GET", "/livez", ""));
      assertThat(idle.getInputStream().read()).isEqualTo('H');
      Loopback.send(busy, Wire.request("PUT", "/v1/kv/k", "v"));
      await().until(() -> leader.lastVersion() == 1);
      CompletableFuture<Void> stopped = server.stop().toCompletableFuture();
      idle.getInputStream().readAllBytes();
      assertThat(stopped).isNotDone();
      leader.deliver(0, 1);
      List<Response> responses = Loopback.untilClosed(busy);
      assertThat(responses).extracting(Response::status).containsExactly(200);
      assertThat(responses.get(0).header("Connection")).isEqualTo("close");
      await().until(stopped::isDone);
    }
  }
}
