package io.quorate.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.core.Key;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Order of answers, life of a connection, and Expect. */
@SuppressWarnings("StringConcatToTextBlock") // line ends are the point
final class ConnectionTest {

  private final TestLeader leader = new TestLeader(1);
  private final Wire wire = new Wire(leader);

  @Test
  void answersComeInTheOrderOfTheRequestsHoweverQuorumsComplete() {
    leader.holding();
    wire.send(
        Wire.request("PUT", "/v1/kv/a", "v")
            + Wire.request("PUT", "/v1/kv/b", "v")
            + Wire.request("GET", "/v1/kv/b?consistency=local", "")
            + Wire.request("PUT", "/v1/kv/c", "v"));
    leader.deliver(0, 3);
    leader.deliver(0, 2);
    assertThat(wire.received()).isEmpty();
    leader.deliver(0, 1);
    assertThat(wire.responses())
        .extracting(response -> response.header("ETag"))
        .containsExactly("\"1.1\"", "\"1.2\"", "\"1.2\"", "\"1.3\"");
  }

  @Test
  void refusalWaitsForItsTurnAndNothingAfterItIsCarriedOut() {
    leader.holding();
    wire.send(
        Wire.request("PUT", "/v1/kv/a", "v")
            + "PUT /v1/kv/b HTTP/1.1\r\n\r\n"
            + Wire.request("PUT", "/v1/kv/c", "v"));
    assertThat(wire.received()).isEmpty();
    leader.deliver(0, 1);
    assertThat(wire.responses()).extracting(Response::status).containsExactly(200, 400);
    assertThat(wire.isOpen()).isFalse();
    assertThat(leader.store().newest(Key.of("c"))).isNull();
  }

  @Test
  void noMoreThanTheLimitOfRequestsAreTakenAtATime() {
    HttpOptions options = new HttpOptions(1 << 20, 1 << 20, 8192, 8192, 10, 3, false);
    Wire narrow = new Wire(leader.holding(), options);
    StringBuilder requests = new StringBuilder();
    for (int i = 0; i < 10; i++) {
      requests.append(Wire.request("PUT", "/v1/kv/k" + i, "v"));
    }
    narrow.send(requests.toString());
    assertThat(leader.lastVersion()).isEqualTo(3);
    assertThat(narrow.channel.config().isAutoRead()).isFalse();
    leader.deliver(0, 2);
    assertThat(narrow.received()).isEmpty();
    assertThat(leader.lastVersion()).isEqualTo(3);
    leader.deliver(0, 1);
    assertThat(narrow.responses()).hasSize(2);
    assertThat(leader.lastVersion()).isEqualTo(5);
    for (int version = 3; version <= 10; version++) {
      leader.deliver(0, version);
      assertThat(narrow.responses()).hasSize(1);
    }
    assertThat(narrow.channel.config().isAutoRead()).isTrue();
  }

  @Test
  void answerThatTheLeaderBringsDoesNotMakeItReadOnFromWithin() {
    HttpOptions options = new HttpOptions(1 << 20, 1 << 20, 8192, 8192, 10, 1, false);
    Wire narrow = new Wire(leader.holding(), options);
    narrow.send(Wire.request("PUT", "/v1/kv/a", "v") + Wire.request("PUT", "/v1/kv/b", "v"));
    leader.deliver(0, 1);
    assertThat(leader.lastVersion()).isEqualTo(1);
    assertThat(narrow.responses()).hasSize(1);
    assertThat(leader.lastVersion()).isEqualTo(2);
  }

  @Test
  void clientThatTakesNoAnswersIsNotReadFrom() {
    wire.put("/v1/kv/k", "v".repeat(100_000));
    Wire slow = new Wire(leader);
    slow.channel.unsafe().outboundBuffer().setUserDefinedWritability(1, false);
    slow.send(Wire.request("GET", "/v1/kv/k", "").repeat(5));
    assertThat(slow.responses()).hasSize(1);
    slow.channel.unsafe().outboundBuffer().setUserDefinedWritability(1, true);
    assertThat(slow.responses()).hasSize(4);
  }

  @Test
  void connectionIsKeptUnlessTheClientWantsItClosed() {
    assertThat(wire.ask("GET", "/livez").header("Connection")).isEmpty();
    wire.send(
        Wire.request("GET", "/livez", "", "Connection: close") + Wire.request("GET", "/livez", ""));
    List<Response> responses = wire.responses();
    assertThat(responses).hasSize(1);
    assertThat(responses.get(0).header("Connection")).isEqualTo("close");
    assertThat(wire.isOpen()).isFalse();
  }

  @Test
  void http10ClosesUnlessToldToKeepAlive() {
    wire.send("GET /livez HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
    assertThat(wire.response().header("Connection")).isEqualTo("keep-alive");
    assertThat(wire.isOpen()).isTrue();
    wire.send("PUT /v1/kv/k HTTP/1.0\r\nContent-Length: 1\r\n\r\nv");
    assertThat(wire.response().status()).isEqualTo(200);
    assertThat(wire.isOpen()).isFalse();
  }

  @Test
  void clientThatExpectsToGoOnIsToldTo() {
    wire.send(expecting("PUT /v1/kv/k", 1));
    assertThat(wire.response().status()).isEqualTo(100);
    wire.send("v");
    assertThat(wire.response().status()).isEqualTo(200);
    assertThat(wire.ask("GET", "/v1/kv/k").text()).isEqualTo("v");
  }

  @Test
  void requestWithoutABodyIsNotToldToGoOn() {
    wire.send("GET /livez HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\n\r\n");
    assertThat(wire.response().status()).isEqualTo(200);
    wire.send(
        "PUT /v1/kv/k HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\n"
            + "Transfer-Encoding: chunked\r\n\r\n");
    assertThat(wire.response().status()).isEqualTo(100);
  }

  @Test
  void goingOnIsSaidInItsTurn() {
    leader.holding();
    wire.send(Wire.request("PUT", "/v1/kv/a", "v"));
    wire.send(expecting("PUT /v1/kv/b", 1));
    assertThat(wire.received()).isEmpty();
    leader.deliver(0, 1);
    assertThat(wire.responses()).extracting(Response::status).containsExactly(200, 100);
  }

  @Test
  void bodyThatCameUnaskedIsNotAskedFor() {
    wire.send("PUT /v1/kv/k HTTP/1.0\r\nContent-Length: 1\r\nExpect: 100-continue\r\n\r\nv");
    assertThat(wire.response().status()).isEqualTo(200);
  }

  @Test
  void whatWillBeRefusedIsRefusedBeforeTheBodyIsSent() {
    for (String target :
        List.of("/v1/kv/k?w=9", "/v1/kv/", "/v1/kv/k?timeout=1", "/nowhere", "/livez")) {
      Wire expecting = new Wire(leader);
      expecting.send(expecting("PUT " + target, 9));
      Response refused = expecting.response();
      assertThat(refused.status()).isGreaterThanOrEqualTo(400);
      assertThat(expecting.isOpen()).isFalse();
    }
    wire.send(expecting("PUT /v1/kv/k", 1_048_577));
    KeysTest.assertNotApplied(wire.response(), 413);
  }

  @Test
  void otherExpectationsAreRefused() {
    wire.send("PUT /v1/kv/k HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nExpect: tea\r\n\r\nv");
    KeysTest.assertNotApplied(wire.response(), 417);
    assertThat(leader.lastVersion()).isZero();
  }

  private static String expecting(String line, int length) {
    return line
        + " HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: "
        + length
        + "\r\n\r\n";
  }

  @Test
  void answersThatWaitBehindAnotherAreWeighed() {
    wire.put("/v1/kv/k", "v".repeat(300_000));
    leader.holding();
    wire.send(
        Wire.request("PUT", "/v1/kv/a", "v")
            + Wire.request("GET", "/v1/kv/k", "").repeat(10)
            + Wire.request("PUT", "/v1/kv/after", "v"));
    assertThat(leader.lastVersion()).isEqualTo(2);
    assertThat(wire.channel.config().isAutoRead()).isFalse();
    leader.deliver(0, 2);
    assertThat(wire.responses()).hasSize(11);
    assertThat(leader.lastVersion()).isEqualTo(3);
    assertThat(wire.channel.config().isAutoRead()).isTrue();
  }
}
