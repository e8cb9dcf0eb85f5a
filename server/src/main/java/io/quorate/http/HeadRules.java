package io.quorate.http;

import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Refuses requests whose head breaks HTTP/1.1 (RFC 9112) or a limit. Where a request ends cannot be
 * trusted then, so the connection is closed after the refusal.
 */
@Sharable
final class HeadRules extends ChannelInboundHandlerAdapter {

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    Problem broken = message instanceof Exchange exchange ? broken(exchange.head()) : null;
    if (broken == null) {
      ctx.fireChannelRead(message);
    } else {
      ((Exchange) message).answer(broken.outcome(Problem.Outcome.NOT_APPLIED).answer().closing());
    }
  }

  private static @Nullable Problem broken(HttpRequest head) {
    if (head.decoderResult().isFailure()) {
      return undecoded(head.decoderResult().cause());
    }
    HttpVersion version = head.protocolVersion();
    if (version.majorVersion() != 1 || !version.protocolName().equals("HTTP")) {
      return Problem.badRequest(
          "the request came as " + version.text() + "; this node speaks HTTP/1.1 and HTTP/1.0");
    }
    if (head.uri().indexOf('#') >= 0) {
      return Problem.badRequest(
          "the target "
              + PercentCode.shown(head.uri())
              + " has a # in it; it is taken percent-encoded, as %23");
    }
    if (!Target.mayBe(head.method(), head.uri())) {
      return Problem.badRequest(
          "the target "
              + PercentCode.shown(head.uri())
              + " is not one; it takes a path, or http:// or https://, a host and a path");
    }
    return brokenField(version, head.headers());
  }

  private static @Nullable Problem brokenField(HttpVersion version, HttpHeaders headers) {
    int hosts = count(headers, HttpHeaderNames.HOST);
    if (hosts > 1 || (hosts == 0 && version.isKeepAliveDefault())) {
      return Problem.badRequest("Host stands " + hosts + " times; it is taken exactly once");
    }
    String host = headers.get(HttpHeaderNames.HOST);
    if (host != null && !HostName.is(host)) {
      return Problem.badRequest(
          "Host: " + PercentCode.shown(host) + ": it takes a host, and a port after a colon");
    }
    String coding = headers.get(HttpHeaderNames.TRANSFER_ENCODING);
    if (coding != null
        && (count(headers, HttpHeaderNames.TRANSFER_ENCODING) > 1
            || !HttpHeaderValues.CHUNKED.contentEqualsIgnoreCase(coding.trim()))) {
      return Problem.of(
          HttpResponseStatus.NOT_IMPLEMENTED,
          "Transfer-Encoding " + PercentCode.shown(coding) + ": it takes chunked alone");
    }
    return null;
  }

  private static int count(HttpHeaders headers, CharSequence name) {
    List<String> values = headers.getAll(name);
    return values.size();
  }

  private static Problem undecoded(@Nullable Throwable cause) {
    if (cause instanceof TooLongHttpLineException) {
      return Problem.of(
          HttpResponseStatus.REQUEST_URI_TOO_LONG,
          "the request line is longer than this node takes");
    }
    if (cause instanceof TooLongHttpHeaderException) {
      return Problem.of(
          HttpResponseStatus.REQUEST_HEADER_FIELDS_TOO_LARGE,
          "the header fields are longer than this node takes");
    }
    return BrokenRequest.problem(cause, "the request is not HTTP/1.1 as RFC 9112 has it");
  }
}
