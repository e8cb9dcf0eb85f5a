package io.quorate.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is a request, and what is refused without being carried out. */
@SuppressWarnings("StringConcatToTextBlock") // line ends are the point
final class FramingTest {

  private static final String CHUNKED =
      "PUT /v1/kv/k HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";

  private final TestLeader leader = new TestLeader(1);
  private final Wire wire = new Wire(leader);

  @Test
  void putGivesTheSameWhereverItsBytesAreSplit() {
    for (String request :
        List.of(
            Wire.request("PUT", "/v1/kv/a%2fb?w=1", "value"),
            "PUT /v1/kv/a%2fb?w=1 HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
                + "2;x=y\r\nva\r\n3\r\nlue\r\n0\r\nT: t\r\n\r\n")) {
      for (int at = 1; at < request.length(); at++) {
        Wire split = new Wire(new TestLeader(1));
        split.send(request.substring(0, at));
        assertThat(split.received()).isEmpty();
        split.send(request.substring(at));
        assertThat(split.response().text())
            .isEqualTo("{\"key\":\"a/b\",\"version\":1,\"epoch\":1,\"acks\":1,\"required\":1}");
        assertThat(split.ask("GET", "/v1/kv/a/b").text()).isEqualTo("value");
      }
    }
  }

  @Test
  void putGivesTheSameByteByByte() {
    Wire.request("PUT", "/v1/kv/k", "value").chars().forEach(c -> wire.send("" + (char) c));
    assertThat(wire.response().status()).isEqualTo(200);
    assertThat(wire.ask("GET", "/v1/kv/k").text()).isEqualTo("value");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "PUT /v1/kv/k HTTP/1.1\r\nContent-Length: 1\r\n\r\nv",
        "PUT /v1/kv/k HTTP/1.1\r\nHost: a\r\nHost: a\r\nContent-Length: 1\r\n\r\nv",
        "PUT /v1/kv/k HTTP/1.1\r\nHost: a b\r\nContent-Length: 1\r\n\r\nv",
        "PUT /v1/kv/k HTTP/1.1\r\nHost: a/b\r\nContent-Length: 1\r\n\r\nv",
        "PUT /v1/kv/k HTTP/1.1\r\nHost: user@a\r\nContent-Length: 1\r\n\r\nv",
        "PUT /v1/kv/k HTTP/1.0\r\nHost: <a>\r\nContent-Length: 1\r\n\r\nv",
        "PUT /v1/kv/k HTTP/1.1\r\nHost: \u00e9\r\nContent-Length: 1\r\n\r\nv",
        "PUT /v1/kv/k HTTP/1.0\r\nHost: a\r\nHost: b\r\nContent-Length: 1\r\n\r\nv",
        "PUT /v1/kv/k HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\nv",
        "PUT /v1/kv/k HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip\r\n\r\nv",
        "PUT /v1/kv/k HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: identity\r\n\r\nv",
        "PUT /v1/kv/k HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: xchunked\r\n\r\nv",
        "PUT /v1/kv/k HTTP/1.0\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nv\r\n0\r\n\r\n",
        "PUT /v1/kv/k XTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\nv",
        "PUT /v1/kv/k HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\nv",
        "PUT /v1/kv/k HTTP/1.1\r\nHost: a\r\nContent-Length: x\r\n\r\nv",
        "PUT /v1/kv/k HTTP/1.1\r\nHost: a\r\nBad Name: 1\r\nContent-Length: 1\r\n\r\nv",
        "PUT /v1/kv/k HTTP/1.1\r\nHost: a\r\nContent-Length : 1\r\n\r\nv",
        "PUT /v1/kv/k HTTP/1.1\r\nHost: a\r\nX: a\u0000b\r\nContent-Length: 1\r\n\r\nv",
        "PUT /v1/kv/k HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n"
            + "Transfer-Encoding: chunked\r\n\r\n1\r\nv\r\n0\r\n\r\n",
        CHUNKED + "x\r\nv\r\n0\r\n\r\n",
        CHUNKED + "1\r\nv\r\n-1\r\n\r\n",
        CHUNKED + "1\r\nv\r\n0\r\nBad Name: 1\r\n\r\n",
        "PUT /v1/kv/k#x HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\nv",
        "PUT http://a#/v1/kv/k HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\nv",
        "PUT /v1/kv/k\r\n\r\n",
        "PUT\r\n\r\n",
        "\u0016\u0003\u0001\u0002\r\n\r\n",
      })
  void brokenRequestIsRefusedAndNeverStored(String request) {
    wire.send(request + Wire.request("PUT", "/v1/kv/smuggled", "v"));
    Response refused = wire.response();
    KeysTest.assertNotApplied(refused, 400);
    assertThat(refused.header("Connection")).isEqualTo("close");
    assertThat(wire.isOpen()).isFalse();
    assertThat(leader.lastVersion()).isZero();
  }

  @Test
  void laterMinorVersionIsTakenAsHttp11() {
    wire.send("PUT /v1/kv/k HTTP/1.2\r\nHost: a\r\nContent-Length: 1\r\n\r\nv");
    assertThat(wire.response().status()).isEqualTo(200);
    assertThat(wire.isOpen()).isTrue();
  }

  @Test
  void codingOtherThanChunkedIsRefused() {
    wire.send(
        "PUT /v1/kv/k HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip, chunked\r\n\r\n1\r\nv\r\n0\r\n\r\n");
    KeysTest.assertNotApplied(wire.response(), 501);
    assertThat(wire.isOpen()).isFalse();
  }

  @Test
  void bodyCutOffByADisconnectIsNotStored() {
    for (String request :
        List.of(
            "PUT /v1/kv/k HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nvalu",
            "PUT /v1/kv/k HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\n",
            CHUNKED + "5\r\nvalue\r\n",
            CHUNKED + "5\r\nvalue\r\n0\r\n")) {
      Wire cut = new Wire(leader).send(request);
      cut.channel.close().syncUninterruptibly();
      Wire halfClosed = new Wire(leader).send(request);
      halfClosed.channel.pipeline().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
      assertThat(halfClosed.received()).isEmpty();
      assertThat(halfClosed.isOpen()).isFalse();
    }
    assertThat(leader.lastVersion()).isZero();
  }

  @Test
  void clientThatHasSentAllStillGetsItsAnswers() {
    leader.holding();
    wire.send(Wire.request("PUT", "/v1/kv/a", "v") + Wire.request("PUT", "/v1/kv/b", "v"));
    wire.channel.pipeline().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
    leader.deliver(0, 1);
    assertThat(wire.response().status()).isEqualTo(200);
    assertThat(wire.isOpen()).isTrue();
    leader.deliver(0, 2);
    assertThat(wire.response().header("Connection")).isEqualTo("close");
    assertThat(wire.isOpen()).isFalse();
  }

  @Test
  void valueOfTheLimitIsTakenAndOneByteMoreIsNot() {
    HttpOptions small = TestOptions.withMaxValueBytes(20_000);
    assertThat(new Wire(leader, small).put("/v1/kv/k", "v".repeat(20_000)).status()).isEqualTo(200);
    Wire declared = new Wire(leader, small);
    declared.send("PUT /v1/kv/k HTTP/1.1\r\nHost: a\r\nContent-Length: 20001\r\n\r\n");
    KeysTest.assertNotApplied(declared.response(), 413);
    assertThat(declared.isOpen()).isFalse();
    Wire chunked = new Wire(leader, small);
    chunked.send(CHUNKED + "4e20\r\n" + "v".repeat(20_000) + "\r\n");
    assertThat(chunked.received()).isEmpty();
    chunked.send("1\r\nv\r\n0\r\n\r\n");
    KeysTest.assertNotApplied(chunked.response(), 413);
    assertThat(chunked.isOpen()).isFalse();
    assertThat(leader.lastVersion()).isEqualTo(1);
  }

  @Test
  void chunkedValueUpToTheLimitIsTaken() {
    String chunk = "1000\r\n" + "v".repeat(4096) + "\r\n";
    wire.send(CHUNKED + chunk.repeat(256) + "0\r\n\r\n");
    assertThat(wire.response().status()).isEqualTo(200);
    assertThat(wire.ask("GET", "/v1/kv/k").body()).hasSize(1 << 20);
  }

  @Test
  void longRequestLineAndLongHeadersAreRefused() {
    wire.send("PUT /v1/kv/" + "k".repeat(9000) + " HTTP/1.1\r\nHost: a\r\n\r\n");
    KeysTest.assertNotApplied(wire.response(), 414);
    assertThat(wire.isOpen()).isFalse();
    Wire other = new Wire(leader);
    other.send("PUT /v1/kv/k HTTP/1.1\r\nHost: a\r\nX: " + "x".repeat(17_000) + "\r\n\r\n");
    KeysTest.assertNotApplied(other.response(), 431);
    assertThat(other.isOpen()).isFalse();
  }

  @Test
  void lineEndsDoNotCountTowardsTheLimitsOfAHead() {
    String line = "PUT /v1/kv/k?" + "x".repeat((8 << 10) - 22) + " HTTP/1.1\r\n";
    String fields = "Host: a\r\nContent-Length: 1\r\nX: " + "x".repeat((16 << 10) - 27) + "\r\n";
    wire.send(line + fields + "\r\nv");
    assertThat(wire.response().status()).isEqualTo(200);
    wire.send(line.replace("?x", "?xx") + fields + "\r\nv");
    KeysTest.assertNotApplied(wire.response(), 414);
    Wire other = wire.another();
    other.send(line + fields.replace(": x", ": xx") + "\r\nv");
    KeysTest.assertNotApplied(other.response(), 431);
  }

  @Test
  void bodyThatIsNotLookedAtHasALimitToo() {
    HttpOptions small = TestOptions.withMaxValueBytes(3);
    for (String method : List.of("GET", "DELETE")) {
      Wire taken = new Wire(leader, small);
      taken.askWith("PUT", "/v1/kv/k", "v");
      assertThat(taken.askWith(method, "/v1/kv/k", "abc").status()).isEqualTo(200);
      assertThat(taken.askWith(method, "/v1/kv/k", "abcd").status()).isEqualTo(413);
      assertThat(taken.isOpen()).isFalse();
    }
  }

  @Test
  void faultOfThisNodeIsToldWithoutItsTraceAndCloses() {
    leader.failure = new IllegalStateException("planted");
    Response failed = wire.put("/v1/kv/k", "v");
    assertThat(failed.status()).isEqualTo(500);
    assertThat(failed.text()).contains("\"outcome\":\"unknown\"").doesNotContain("planted");
    assertThat(wire.isOpen()).isFalse();
  }

  @Test
  void bodyWithAHoleIsNotStoredNorIsWhatFollowsItInTheBatch() {
    ChannelHandlerContext decoded = wire.channel.pipeline().context(RequestDecoder.class);
    wire.send("PUT /v1/kv/k HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\n");
    wire.channel.pipeline().addFirst(new Lingering());
    decoded.fireChannelRead(
        new DefaultHttpContent(Unpooled.EMPTY_BUFFER) {
          @Override
          public ByteBuf content() {
            throw new IllegalStateException("planted");
          }
        });
    decoded.fireChannelRead(lastPart("value"));
    DefaultHttpRequest next =
        new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.DELETE, "/v1/kv/k");
    next.headers().set(HttpHeaderNames.HOST, "a");
    decoded.fireChannelRead(next);
    decoded.fireChannelRead(LastHttpContent.EMPTY_LAST_CONTENT);
    assertThat(leader.lastVersion()).isZero();
  }

  @Test
  void bodyOfAnotherLengthThanItsHeadSaysIsNotStored() {
    wire.send("PUT /v1/kv/k HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\n");
    ChannelHandlerContext decoded = wire.channel.pipeline().context(RequestDecoder.class);
    decoded.fireChannelRead(lastPart("val")).fireChannelReadComplete();
    KeysTest.assertNotApplied(wire.response(), 400);
    assertThat(leader.lastVersion()).isZero();
  }

  /** A socket that is not closed yet when the rest of a batch is read. */
  private static final class Lingering extends ChannelOutboundHandlerAdapter {
    @Override
    public void close(ChannelHandlerContext ctx, ChannelPromise promise) {}
  }

  private static LastHttpContent lastPart(String bytes) {
    return new DefaultLastHttpContent(Unpooled.copiedBuffer(bytes, StandardCharsets.ISO_8859_1));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "n0:8080",
        "a_b-c.d~e",
        "%41!$&'()*+,;=",
        "%aF%00:",
        ":",
        ":80",
        "a:99999999",
        "1.2.3.4",
        "[::1]",
        "[::1]:80",
        "[64:ff9b::192.0.2.33]:80",
        "[::ffff:192.0.2.33]",
        "[::]:",
        "[1:2:3:4:5:6:7:8]",
        "[1:2:3:4:5:6:7::]",
        "[::FFFF:1.2.3.4]",
      })
  void hostThatMayBeOneIsTaken(String host) {
    wire.send("GET /livez HTTP/1.1\r\nHost: " + host + "\r\n\r\n");
    assertThat(wire.response().status()).isEqualTo(200);
  }
}
