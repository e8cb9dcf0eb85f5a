package io.quorate.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.http.HttpMethod;
import io.quorate.core.Key;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How much memory the bodies take that are being received. */
final class ReceivedBodiesTest {

  private static final int BODY = 100_000;
  private static final HttpOptions FOUR = TestOptions.withBodies(BODY, 4 * BODY);

  private final TestLeader leader = new TestLeader(1);
  private final Routes routes = HttpServer.routes(leader, FOUR);
  private final Wire wire = new Wire(routes, FOUR);

  /** All but the last byte. */
  private static String unfinished(String key) {
    String whole = Wire.request("PUT", "/v1/kv/" + key, "v".repeat(BODY));
    return whole.substring(0, whole.length() - 1);
  }

  private long reserved() {
    ReceivedBytes budget = routes.find(HttpMethod.PUT, "/v1/kv/k").budget();
    return budget == null ? -1 : budget.reserved();
  }

  @AfterEach
  void releaseAnswers() {
    wire.channel.releaseOutbound();
  }

  @Test
  void bodiesOfManyConnectionsTogetherStayWithinTheBudget() {
    List<Wire> receiving = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      receiving.add(wire.another().send(unfinished("k" + i)));
    }
    assertThat(reserved()).isEqualTo(4 * BODY);
    Wire declared = wire.another().send(unfinished("declared"));
    Response refused = declared.response();
    KeysTest.assertNotApplied(refused, 503);
    assertThat(refused.header("Retry-After")).isEqualTo("1");
    assertThat(declared.isOpen()).isFalse();
    Wire chunked = wire.another();
    chunked.send("PUT /v1/kv/c HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nv");
    KeysTest.assertNotApplied(chunked.response(), 503);
    assertThat(wire.ask("GET", "/livez").status()).isEqualTo(200);
    for (Wire one : receiving) {
      one.send("v");
      assertThat(one.response().status()).isEqualTo(200);
    }
    assertThat(reserved()).isZero();
    assertThat(wire.put("/v1/kv/after", "v").status()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({"closed", "half-closed", "badly framed", "too long", "whole", "faulty"})
  void whateverABodyComesToItsBytesAreFreeAgain(String end) {
    wire.send(
        "PUT /v1/kv/k HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n400\r\n"
            + "v".repeat(1024)
            + "\r\n");
    assertThat(reserved()).isPositive();
    switch (end) {
      case "closed" -> wire.channel.close().syncUninterruptibly();
      case "half-closed" ->
          wire.channel.pipeline().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
      case "badly framed" -> wire.send("x\r\n");
      case "too long" -> wire.send("186a0\r\n" + "v".repeat(BODY) + "\r\n");
      case "whole" -> wire.send("0\r\n\r\n");
      default -> {
        leader.failure = new IllegalStateException("planted");
        wire.send("0\r\n\r\n");
      }
    }
    assertThat(wire.channel.isActive()).isEqualTo(end.equals("whole"));
    assertThat(reserved()).isZero();
  }

  @Test
  void leaderKeepsNothingOfBodiesThatItDoesNotLookAt() {
    leader.holding();
    wire.send(Wire.request("PUT", "/v1/kv/first", "v"));
    for (int i = 0; i < 10; i++) {
      wire.send(Wire.request("POST", "/v1/promote", "v".repeat(BODY)));
      wire.send(Wire.request("DELETE", "/v1/kv/k", "v".repeat(BODY)));
      assertThat(reserved()).isZero();
    }
    String refused = Wire.request("POST", "/v1/promote", "v".repeat(BODY));
    Wire cut = wire.another().send(refused.substring(0, refused.length() - 1));
    assertThat(reserved()).isZero();
    cut.send("v");
    assertThat(cut.response().status()).isEqualTo(409);
  }

  @Test
  void clientsDoNotTakeTheBytesOfReplicationBodies() {
    HttpOptions narrow =
        new HttpOptions(
            BODY,
            2 * BODY,
            10,
            8192,
            8192,
            100,
            8,
            HttpOptions.DEFAULT.timeouts(),
            HttpOptions.DEFAULT.maxRequests(),
            HttpOptions.DEFAULT.maxAnswerBytes(),
            HttpOptions.DEFAULT.watching(),
            false);
    Wire follower = new Wire(new TestFollower(), narrow);
    for (int i = 0; i < 20; i++) {
      follower.another().send(unfinished("k" + i));
    }
    String append = Wire.request("POST", "/v1/replication/append", "v".repeat(2 * BODY));
    Wire first = follower.another().send(append.substring(0, append.length() - 1));
    assertThat(follower.another().send(append).response().status()).isEqualTo(200);
    first.send("v");
    assertThat(first.response().status()).isEqualTo(200);
  }

  @Test
  void oneWholeValueFitsHoweverSmallTheBudget() {
    Wire narrow = new Wire(leader, TestOptions.withBodies(BODY, 1));
    assertThat(narrow.put("/v1/kv/k", "v".repeat(BODY)).status()).isEqualTo(200);
    assertThat(leader.store().newest(Key.of("k"))).isNotNull();
  }
}
