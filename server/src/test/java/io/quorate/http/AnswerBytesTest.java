package io.quorate.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Answers as they stand on the wire, and in how many pieces they are handed to it. */
@SuppressWarnings("StringConcatToTextBlock") // line ends are the point
final class AnswerBytesTest {

  private static final String DATE =
      "date: [A-Z][a-z]{2}, \\d\\d [A-Z][a-z]{2} \\d{4} \\d\\d:\\d\\d:\\d\\d GMT\r\n";

  private final TestLeader leader = new TestLeader(1);
  private final Wire wire = new Wire(leader);

  private String received() {
    String all = new String(wire.received(), StandardCharsets.ISO_8859_1);
    return all.replaceAll(DATE, "date\r\n");
  }

  @Test
  void putAndGetHaveTheseBytes() {
    wire.send(Wire.request("PUT", "/v1/kv/k", "value"));
    assertThat(received())
        .isEqualTo(
            "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\netag: \"1.1\"\r\n"
                + "content-length: 55\r\ndate\r\n\r\n"
                + "{\"key\":\"k\",\"version\":1,\"epoch\":1,\"acks\":1,\"required\":1}");
    String get =
        "HTTP/1.1 200 OK\r\ncontent-type: application/octet-stream\r\netag: \"1.1\"\r\n"
            + "vary: accept\r\nx-content-type-options: nosniff\r\ncontent-length: 5\r\ndate\r\n";
    wire.send(Wire.request("GET", "/v1/kv/k", ""));
    assertThat(received()).isEqualTo(get + "\r\nvalue");
    wire.send(Wire.request("HEAD", "/v1/kv/k", ""));
    assertThat(received()).isEqualTo(get + "\r\n");
    wire.send("GET /v1/kv/k HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
    assertThat(received()).isEqualTo(get + "connection: keep-alive\r\n\r\nvalue");
    wire.send(Wire.request("GET", "/v1/kv/k", "", "Connection: close"));
    assertThat(received()).isEqualTo(get + "connection: close\r\n\r\nvalue");
  }

  @Test
  void answerToHeadTakesNoRoomForTheBody() {
    wire.send(Wire.request("PUT", "/v1/kv/k", "v".repeat(100_000)));
    wire.received();
    wire.send(Wire.request("HEAD", "/v1/kv/k", ""));
    ByteBuf answer = Objects.requireNonNull(wire.channel.readOutbound());
    assertThat(answer.capacity()).isLessThan(4_096);
    answer.release();
  }

  @Test
  void problemsHaveTheseBytes() {
    wire.send(Wire.request("GET", "/v1/kv/k", ""));
    assertThat(received())
        .isEqualTo(
            "HTTP/1.1 404 Not Found\r\ncontent-type: application/problem+json\r\n"
                + "vary: accept\r\ncontent-length: 92\r\ndate\r\n\r\n"
                + "{\"type\":\"about:blank\",\"title\":\"Not Found\",\"status\":404,"
                + "\"detail\":\"there is no such key here\"}");
    wire.send(
        "PUT /v1/kv/k HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 1\r\n\r\n");
    assertThat(received()).isEqualTo("HTTP/1.1 100 Continue\r\n\r\n");
  }

  @Test
  void keyThatJsonQuotesIsQuoted() {
    assertThat(wire.put("/v1/kv/a%22%5c%0A%C3%A9", "v").body())
        .isEqualTo(
            "{\"key\":\"a\\\"\\\\\\né\",\"version\":1,\"epoch\":1,\"acks\":1,\"required\":1}"
                .getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void answersOfABurstLeaveInOneBuffer() {
    wire.send(
        Wire.request("PUT", "/v1/kv/k", "value")
            + Wire.request("GET", "/v1/kv/k", "").repeat(20)
            + Wire.request("GET", "/livez", ""));
    assertThat(wire.channel.outboundMessages()).hasSize(1);
    assertThat(wire.responses()).hasSize(22);
  }

  @Test
  void answersThatBecomeKnownInOneTurnLeaveInOneBuffer() {
    leader.holding();
    wire.send(Wire.request("PUT", "/v1/kv/k", "v").repeat(5));
    for (int version = 1; version <= 5; version++) {
      leader.deliver(0, version);
    }
    wire.channel.runPendingTasks();
    assertThat(wire.channel.outboundMessages()).hasSize(1);
    assertThat(wire.responses()).hasSize(5);
  }

  @Test
  void longValueFollowsItsHeadUncopied() {
    wire.put("/v1/kv/k", "v".repeat(100_000));
    wire.send(Wire.request("GET", "/v1/kv/k", ""));
    assertThat(wire.channel.outboundMessages()).hasSize(2);
    assertThat(wire.response().body()).hasSize(100_000);
  }

  @Test
  void answerGivenBeforeTheConnectionBreaksIsSent() {
    wire.send(Wire.request("PUT", "/v1/kv/k", "v"));
    assertThat(wire.response().status()).isEqualTo(200);
    wire.channel.pipeline().context(RequestDecoder.class).fireChannelRead(plainGet());
    wire.channel.pipeline().fireExceptionCaught(new IllegalStateException("planted"));
    assertThat(wire.response().text()).isEqualTo("v");
    assertThat(wire.isOpen()).isFalse();
  }

  private PlainRequest plainGet() {
    PlainRequest get =
        PlainRequests.of(HttpServer.routes(leader, HttpOptions.DEFAULT), HttpOptions.DEFAULT)
            .read(
                Unpooled.copiedBuffer(
                    Wire.request("GET", "/v1/kv/k", ""), StandardCharsets.ISO_8859_1));
    return Objects.requireNonNull(get);
  }
}
