package io.quorate.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.AsciiString;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Adds to an answer what depends on its request and its connection. */
final class Framing {

  private static final long MILLIS_PER_SECOND = 1000;

  /** RFC 9110, section 5.6.7. */
  private static final DateTimeFormatter DATE_FORMAT =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private record Date(long second, AsciiString text) {}

  /** Formatted once a second; whoever finds it old replaces it. */
  private static volatile Date newestDate = new Date(0, AsciiString.EMPTY_STRING);

  private Framing() {}

  /** 100 Continue. */
  static FullHttpResponse goOn() {
    return new DefaultFullHttpResponse(
        HttpVersion.HTTP_1_1,
        HttpResponseStatus.CONTINUE,
        Unpooled.EMPTY_BUFFER,
        new DefaultHttpHeaders(),
        EmptyHttpHeaders.INSTANCE);
  }

  /** The answer as a response; without its body where the request was a HEAD. */
  static FullHttpResponse response(Exchange exchange, Answer answer, boolean last) {
    ByteBuf body = answer.body();
    HttpHeaders headers = answer.headers();
    headers.set(HttpHeaderNames.CONTENT_LENGTH, Integer.toString(body.readableBytes()));
    headers.set(HttpHeaderNames.DATE, date());
    if (last) {
      headers.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
    } else if (!exchange.head().protocolVersion().isKeepAliveDefault()) {
      headers.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.KEEP_ALIVE);
    }
    if (exchange.isHead()) {
      answer.release();
      body = Unpooled.EMPTY_BUFFER;
    }
    return new DefaultFullHttpResponse(
        HttpVersion.HTTP_1_1, answer.status(), body, headers, EmptyHttpHeaders.INSTANCE);
  }

  private static AsciiString date() {
    long second = System.currentTimeMillis() / MILLIS_PER_SECOND;
    Date date = newestDate;
    if (date.second() != second) {
      date = new Date(second, new AsciiString(DATE_FORMAT.format(Instant.ofEpochSecond(second))));
      newestDate = date;
    }
    return date.text();
  }
}
