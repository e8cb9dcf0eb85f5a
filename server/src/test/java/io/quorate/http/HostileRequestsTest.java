package io.quorate.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * {@link HostileBytes} are refused with 400, wherever they are split, with nothing of them and of
 * what follows them carried out, and the connection is closed.
 */
final class HostileRequestsTest {

  /** A node, the request that changes something on it, and how often one did. */
  private enum Node {
    LEADER("PUT /v1/kv/k") {
      @Override
      Side start() {
        TestLeader leader = new TestLeader(1);
        return new Side(new Wire(leader), () -> (int) leader.lastVersion());
      }
    },
    FOLLOWER("POST /v1/replication/append") {
      @Override
      Side start() {
        TestFollower follower = new TestFollower();
        return new Side(new Wire(follower), () -> follower.replications);
      }
    };

    private final String line;

    Node(String line) {
      this.line = line;
    }

    abstract Side start();

    String request(String body) {
      return line + " HTTP/1.1\r\nHost: a\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
    }
  }

  private interface Changes {
    int made();
  }

  private record Side(Wire wire, Changes changes) {}

  @ParameterizedTest
  @MethodSource("io.quorate.http.HostileBytes#afterThePath")
  void hostileRequestIsRefusedOnEitherRoleWhereverItIsSplit(String hostile) {
    for (Node node : Node.values()) {
      assertRefused(node, node.line + hostile);
    }
  }

  @ParameterizedTest
  @MethodSource("io.quorate.http.HostileBytes#whole")
  void whatIsNoRequestIsRefusedOnEitherRoleWhereverItIsSplit(String hostile) {
    for (Node node : Node.values()) {
      assertRefused(node, hostile);
    }
  }

  @ParameterizedTest
  @EnumSource(Node.class)
  void requestAsItShouldBeIsNotTakenForOne(Node node) {
    assertThatThrownBy(() -> assertRefused(node, node.request("v")))
        .isInstanceOf(AssertionError.class);
  }

  @Test
  void socketIsClosedBehindTheRefusal() throws IOException {
    try (Loopback loopback = new Loopback()) {
      int port = loopback.serve(new HttpServer(HttpOptions.DEFAULT), new TestLeader(1));
      List<String> all = new ArrayList<>(HostileBytes.whole());
      HostileBytes.afterThePath().forEach(rest -> all.add(Node.LEADER.line + rest));
      for (String hostile : all) {
        try (Socket socket = Loopback.connect(port)) {
          Loopback.send(socket, Node.LEADER.request("v") + hostile);
          Loopback.send(socket, Node.LEADER.request("smuggled"));
          assertThat(Loopback.untilClosed(socket))
              .as(hostile)
              .extracting(Response::status)
              .containsExactly(200, 400);
        }
      }
    }
  }

  /** Alone and behind a request as it should be, with another behind it that must not get in. */
  private static void assertRefused(Node node, String hostile) {
    Side side = node.start();
    for (String before : List.of("", node.request("v"))) {
      String bytes = before + hostile + node.request("smuggled");
      int earlier = before.isEmpty() ? 0 : 1;
      int end = before.length() + hostile.length();
      for (int at = before.length(); at <= end; at++) {
        assertRefused(side, earlier, List.of(bytes.substring(0, at), bytes.substring(at)));
      }
      assertRefused(side, earlier, bytes.chars().mapToObj(c -> "" + (char) c).toList());
    }
  }

  private static void assertRefused(Side side, int earlier, List<String> parts) {
    Wire wire = side.wire().another();
    int changes = side.changes().made();
    List<Response> responses = new ArrayList<>();
    for (String part : parts) {
      if (wire.isOpen()) {
        wire.send(part);
      }
      responses.addAll(wire.responses());
    }
    assertThat(responses).as("%s", parts).hasSize(earlier + 1);
    Response refusal = responses.get(earlier);
    KeysTest.assertNotApplied(refusal, 400);
    assertThat(refusal.header("Connection")).isEqualTo("close");
    assertThat(wire.isOpen()).as("%s", parts).isFalse();
    assertThat(side.changes().made() - changes).as("%s", parts).isEqualTo(earlier);
  }
}
