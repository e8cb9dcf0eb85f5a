package io.quorate.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** How long a request may take to come: from its first byte, however it trickles in. */
@SuppressWarnings("StringConcatToTextBlock") // line ends are the point
final class SlowClientsTest {

  private static final String HEAD = "PUT /v1/kv/k HTTP/1.1\r\nHost: a\r\n";

  private final TestLeader leader = new TestLeader(1);
  private final Wire wire = new Wire(leader);

  /** A byte a second until the connection is closed; how many there were. */
  private static int trickle(Wire wire, String bytes) {
    wire.channel.freezeTime();
    for (int i = 0; i < bytes.length(); i++) {
      if (!wire.isOpen()) {
        return i;
      }
      wire.send(bytes.substring(i, i + 1));
      IdleCloseTest.passSeconds(wire, 1);
    }
    return bytes.length();
  }

  private static void assertTimedOut(Wire wire) {
    Response response = wire.response();
    KeysTest.assertNotApplied(response, 408);
    assertThat(response.header("Connection")).isEqualTo("close");
    assertThat(wire.isOpen()).isFalse();
  }

  @Test
  void headThatTricklesInIsGivenTenSecondsFromItsFirstByte() {
    assertThat(trickle(wire, HEAD + "X: " + "x".repeat(100))).isEqualTo(10);
    assertTimedOut(wire);
  }

  @Test
  void headWithinTheTimeIsTaken() {
    assertThat(trickle(wire, "GET /livez")).isEqualTo(10);
    Wire other = new Wire(leader);
    trickle(other, "GET /live");
    other.send("z HTTP/1.1\r\nHost: a\r\n\r\n");
    assertThat(other.response().status()).isEqualTo(200);
    IdleCloseTest.passSeconds(other, 50);
    assertThat(other.isOpen()).isTrue();
  }

  @Test
  void eachHeadHasItsOwnTime() {
    wire.channel.freezeTime();
    String request = Wire.request("GET", "/livez", "");
    wire.send(request.substring(0, 10));
    for (int i = 0; i < 10; i++) {
      IdleCloseTest.passSeconds(wire, 8);
      wire.send(request.substring(10) + request.substring(0, 10));
      assertThat(wire.response().status()).isEqualTo(200);
    }
    IdleCloseTest.passSeconds(wire, 10);
    assertTimedOut(wire);
  }

  @Test
  void bodyThatTricklesInIsGivenAMinuteFromItsFirstByte() {
    for (String head :
        List.of(
            HEAD + "Content-Length: 100\r\n\r\n",
            HEAD + "Transfer-Encoding: chunked\r\n\r\n64\r\n",
            HEAD + "Transfer-Encoding: chunked\r\n\r\n" + "0".repeat(0))) {
      Wire slow = new Wire(leader);
      slow.send(head);
      String body = head.endsWith("\r\n\r\n") && head.contains("chunked") ? "0" : "v";
      // What begins with the head has no second to itself.
      assertThat(trickle(slow, body.repeat(99))).isBetween(59, 60);
      assertTimedOut(slow);
    }
    assertThat(leader.lastVersion()).isZero();
  }

  @Test
  void trailersBelongToTheBody() {
    wire.send(HEAD + "Transfer-Encoding: chunked\r\n\r\n1\r\nv\r\n0\r\n");
    assertThat(trickle(wire, "T: " + "t".repeat(100))).isBetween(59, 60);
    assertTimedOut(wire);
    assertThat(leader.lastVersion()).isZero();
  }

  @Test
  void bodyThatIsNotLookedAtHasItsTimeToo() {
    wire.send("GET /livez HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\n");
    assertThat(trickle(wire, "v".repeat(99))).isEqualTo(60);
    assertThat(wire.response().status()).isEqualTo(408);
    assertThat(wire.isOpen()).isFalse();
  }

  @Test
  void bodyOfAnotherNodesRequestIsGivenTenTimesAsLong() {
    TestFollower follower = new TestFollower();
    Wire link = new Wire(follower);
    link.send("POST /v1/replication/append HTTP/1.1\r\nHost: a\r\nContent-Length: 700\r\n\r\n");
    assertThat(trickle(link, "v".repeat(599))).isEqualTo(599);
    link.send("v".repeat(101));
    assertThat(link.response().text()).isEqualTo("append 700");
    link.send("POST /v1/replication/append HTTP/1.1\r\nHost: a\r\nContent-Length: 700\r\n\r\n");
    assertThat(trickle(link, "v".repeat(699))).isEqualTo(600);
    assertTimedOut(link);
    assertThat(follower.replications).isEqualTo(1);
  }

  @Test
  void refusalWaitsForTheAnswersBeforeIt() {
    leader.holding();
    wire.send(Wire.request("PUT", "/v1/kv/a", "v") + HEAD);
    IdleCloseTest.passSeconds(wire, 11);
    wire.send("Content-Length: 1\r\n\r\nv");
    assertThat(wire.received()).isEmpty();
    leader.deliver(0, 1);
    assertThat(wire.responses()).extracting(Response::status).containsExactly(200, 408);
    assertThat(wire.isOpen()).isFalse();
    assertThat(leader.lastVersion()).isEqualTo(1);
  }

  @Test
  void whatThisNodeDoesNotReadYetHasNoTimeToKeep() {
    HttpOptions one = new HttpOptions(1 << 20, 1 << 20, 8192, 8192, 10, 1, false);
    Wire narrow = new Wire(leader.holding(), one);
    narrow.send(Wire.request("PUT", "/v1/kv/a", "v") + HEAD);
    IdleCloseTest.passSeconds(narrow, 100);
    leader.deliver(0, 1);
    assertThat(narrow.response().status()).isEqualTo(200);
    IdleCloseTest.passSeconds(narrow, 9);
    narrow.send("Content-Length: 1\r\n\r\nv");
    leader.deliver(0, 2);
    assertThat(narrow.response().status()).isEqualTo(200);
  }

  @Test
  void waitingToBeToldToGoOnTakesNoTimeOfTheBody() {
    leader.holding();
    wire.send(Wire.request("PUT", "/v1/kv/a", "v"));
    wire.send(HEAD + "Expect: 100-continue\r\nContent-Length: 2\r\n\r\n");
    IdleCloseTest.passSeconds(wire, 300);
    leader.deliver(0, 1);
    assertThat(wire.responses()).extracting(Response::status).containsExactly(200, 100);
    IdleCloseTest.passSeconds(wire, 50);
    wire.send("v");
    IdleCloseTest.passSeconds(wire, 59);
    wire.send("v");
    leader.deliver(0, 2);
    assertThat(wire.response().status()).isEqualTo(200);
  }
}
