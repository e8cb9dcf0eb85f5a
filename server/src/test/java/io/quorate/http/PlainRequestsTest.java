package io.quorate.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpMethod;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which requests go the short way. */
@SuppressWarnings("StringConcatToTextBlock") // line ends are the point
final class PlainRequestsTest {

  private static final HttpOptions OPTIONS = TestOptions.withBodies(1000, 1000);

  private final PlainRequests ofLeader = of(HttpServer.routes(new TestLeader(1), OPTIONS));

  private static PlainRequests of(Routes routes) {
    return PlainRequests.of(routes, OPTIONS);
  }

  private static ByteBuf buffer(String bytes) {
    return Unpooled.copiedBuffer(bytes, StandardCharsets.ISO_8859_1);
  }

  private static PlainRequest taken(PlainRequests by, ByteBuf in) {
    return Objects.requireNonNull(by.read(in));
  }

  private static Target target(PlainRequest request) {
    return request.form().target(request.key(), request.query());
  }

  @Test
  void requestsOfKeysAreReadToTheirLastByte() {
    String put =
        "PUT /v1/kv/a/b~1:2@c?w=all&timeout=2s HTTP/1.1\r\nhOST: [::1]:80\r\n"
            + "User-Agent: a (b; \"c\")\r\nAccept:   */*\r\ncontent-type: a/b\r\nAccept-Encoding:\r\n"
            + "connection: Keep-Alive\r\nContent-Length: 5\r\n\r\nvalue";
    ByteBuf in = buffer(put + "GET /v1/kv/k HTTP/1.1\r\nHost: a\r\n\r\n" + "rest");
    PlainRequest first = taken(ofLeader, in);
    assertThat(first.form().method()).isEqualTo(HttpMethod.PUT);
    assertThat(first.key()).hasToString("a/b~1:2@c");
    assertThat(first.body()).asString().isEqualTo("value");
    assertThat(target(first)).isEqualTo(Target.of("/v1/kv/a/b~1:2@c?w=all&timeout=2s"));
    assertThat(first.query()).isEqualTo(target(first).query());
    PlainRequest second = taken(ofLeader, in);
    assertThat(target(second)).isEqualTo(Target.of("/v1/kv/k"));
    assertThat(in.toString(StandardCharsets.ISO_8859_1)).isEqualTo("rest");
  }

  @Test
  void whatALeaderSendsAllTheTimeIsPlain() {
    PlainRequests ofFollower = of(HttpServer.routes(new TestFollower(), OPTIONS));
    ByteBuf in =
        buffer(
            "POST /v1/replication/append HTTP/1.1\r\nhost: f:80\r\n"
                + "content-type: application/octet-stream\r\ncontent-length: 3\r\n\r\nabc");
    PlainRequest append = taken(ofFollower, in);
    assertThat(target(append)).isEqualTo(Target.of("/v1/replication/append"));
    assertThat(append.key()).isNull();
    assertThat(in.isReadable()).isFalse();
  }

  @Test
  void headLongerThanMostIsTakenUpToItsLimit() {
    String agent = "x".repeat(1500);
    ByteBuf in = buffer("GET /v1/kv/k HTTP/1.1\r\nHost: a\r\nUser-Agent: " + agent + "\r\n\r\n");
    assertThat(ofLeader.read(in)).isNotNull();
    HttpOptions small = new HttpOptions(10, 10, 1000, 8192, 10, 8, false);
    PlainRequests limited = PlainRequests.of(HttpServer.routes(new TestLeader(1), small), small);
    assertThat(limited.read(in.readerIndex(0))).isNull();
  }

  @Test
  void keyMayHaveItsMostBytesAndNoneMore() {
    assertThat(ofLeader.read(buffer(get("/v1/kv/" + "k".repeat(512))))).isNotNull();
    assertThat(ofLeader.read(buffer(get("/v1/kv/" + "k".repeat(513))))).isNull();
  }

  private static String get(String target) {
    return "GET " + target + " HTTP/1.1\r\nHost: a\r\n\r\n";
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /v1/kv/ HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET /V1/KV/k HTTP/1.1\r\nHost: a\r\n\r\n",
        "get /v1/kv/k HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET  /v1/kv/k HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET /v1/kv/k  HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET /v1/kv/k? HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET /v1/kv/k?a=%41 HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET /v1/kv/a%2fb HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET /v1/kv/k#f HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET /v1/kv/\u00e9 HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET /v1/kv/k HTTP/1.0\r\nHost: a\r\n\r\n",
        "GET /v1/kv/k HTTP/1.1\nHost: a\n\n",
        "GET /v1/kv/k HTTP/1.1\r\n\r\n",
        "GET /v1/kv/k HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n",
        "GET /v1/kv/k HTTP/1.1\r\nHost: \r\n\r\n",
        "GET /v1/kv/k HTTP/1.1\r\nHost: a b\r\n\r\n",
        "GET /v1/kv/k HTTP/1.1\r\nHost: a:b\r\n\r\n",
        "GET /v1/kv/k HTTP/1.1\r\nHost: a:80:80\r\n\r\n",
        "GET /v1/kv/k HTTP/1.1\r\nHost: [::1\r\n\r\n",
        "GET /v1/kv/k HTTP/1.1\r\nHost: [zz]\r\n\r\n",
        "GET /v1/kv/k HTTP/1.1\r\nHost: a%\r\n\r\n",
        "GET /v1/kv/k HTTP/1.1\r\nHost : a\r\n\r\n",
        "GET /v1/kv/k HTTP/1.1\r\n Host: a\r\n\r\n",
        "GET /v1/kv/k HTTP/1.1\r\nHost: a\r\n\r",
        "GET /v1/kv/k HTTP/1.1\r\nHost: a\r\nAccept: application/json\r\n\r\n",
        "GET /v1/kv/k HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
        "GET /v1/kv/k HTTP/1.1\r\nHost: a\r\nConnection: keep-alive, close\r\n\r\n",
        "GET /v1/kv/k HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n",
        "GET /v1/kv/k HTTP/1.1\r\nHost: a\r\nIf-None-Match: *\r\n\r\n",
        "GET /v1/kv/k HTTP/1.1\r\nHost: a\r\nX-Other: 1\r\n\r\n",
        "GET /v1/kv/k HTTP/1.1\r\nHost: a\r\nUser-Agent: a\tb\r\n\r\n",
        "GET /v1/kv/k HTTP/1.1\r\nHost: a\r\nUser-Agent: a\rb\r\n\r\n",
        "GET /v1/kv/k HTTP/1.1\r\nHost: a\r\nUser-Agent: a\r\n b\r\n\r\n",
        "GET /v1/kv/k HTTP/1.1\r\nHost: a\r\nUser\u001aAgent: a\r\n\r\n",
        "GET /livez HTTP/1.1\r\nHost: a\r\n\r\n",
        "PUT /v1/kv/k HTTP/1.1\r\nHost: a\r\n\r\n",
        "PUT /v1/kv/k HTTP/1.1\r\nHost: a\r\nContent-Length: \r\n\r\n",
        "PUT /v1/kv/k HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\nv",
        "PUT /v1/kv/k HTTP/1.1\r\nHost: a\r\nContent-Length: +1\r\n\r\nv",
        "PUT /v1/kv/k HTTP/1.1\r\nHost: a\r\nContent-Length: 1 \r\n\r\nv",
        "PUT /v1/kv/k HTTP/1.1\r\nHost: a\r\nContent-Length: 1,1\r\n\r\nv",
        "PUT /v1/kv/k HTTP/1.1\r\nHost: a\r\nContent-Length: 4294967297\r\n\r\nv",
        "PUT /v1/kv/k HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\nv",
        "PUT /v1/kv/k HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nv",
        "PUT /v1/kv/k HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nExpect: 100-continue\r\n\r\nv",
        "PUT /v1/kv/k HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "POST /v1/replication/other HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\nv",
        "POST /v1/kv/k HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\nv",
        "\r\nGET /v1/kv/k HTTP/1.1\r\nHost: a\r\n\r\n",
      })
  void whateverIsNotPlainIsLeftUnread(String request) {
    ByteBuf in = buffer(request);
    assertThat(ofLeader.read(in)).isNull();
    assertThat(in.readerIndex()).isZero();
  }

  @Test
  void bodyBeyondItsLimitOrTheBudgetIsLeftToBeRefused() {
    String head = "PUT /v1/kv/k HTTP/1.1\r\nHost: a\r\nContent-Length: ";
    assertThat(ofLeader.read(buffer(head + "1000\r\n\r\n" + "v".repeat(1000)))).isNotNull();
    assertThat(ofLeader.read(buffer(head + "1001\r\n\r\n" + "v".repeat(1001)))).isNull();
    Routes routes = HttpServer.routes(new TestLeader(1), OPTIONS);
    ReceivedBytes budget = Objects.requireNonNull(routes.find(HttpMethod.PUT, "/v1/kv/k").budget());
    assertThat(budget.reserve((16 << 10) - 999)).isTrue();
    assertThat(of(routes).read(buffer(head + "1000\r\n\r\n" + "v".repeat(1000)))).isNull();
    assertThat(of(routes).read(buffer(head + "999\r\n\r\n" + "v".repeat(999)))).isNotNull();
  }
}
