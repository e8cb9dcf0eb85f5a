package io.quorate.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.util.AsciiString;
import io.quorate.core.Token;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Writes the heads of answers (RFC 9112), with what depends on the request and the connection. */
final class Framing {

  private static final AsciiString VERSION = AsciiString.cached("HTTP/1.1 ");
  static final AsciiString LINE_END = AsciiString.cached("\r\n");
  private static final AsciiString OK_LINE = AsciiString.cached("HTTP/1.1 200 OK\r\n");
  private static final AsciiString CONTENT_TYPE = beginning(HttpHeaderNames.CONTENT_TYPE);
  private static final AsciiString ETAG = beginning(HttpHeaderNames.ETAG);
  private static final AsciiString CONTENT_LENGTH = beginning(HttpHeaderNames.CONTENT_LENGTH);
  private static final AsciiString CHUNKED =
      Answer.field(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED);
  private static final AsciiString CLOSE =
      Answer.field(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
  private static final AsciiString KEEP_ALIVE =
      Answer.field(HttpHeaderNames.CONNECTION, HttpHeaderValues.KEEP_ALIVE);

  /** 100 Continue, whole. */
  static final AsciiString GO_ON = AsciiString.cached("HTTP/1.1 100 Continue\r\n\r\n");

  /** After the last byte of a body in chunks. */
  static final AsciiString LAST_CHUNK = AsciiString.cached("0\r\n\r\n");

  private static final long MILLIS_PER_SECOND = 1000;

  /** RFC 9110, section 5.6.7. */
  private static final DateTimeFormatter DATE_FORMAT =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private record Date(long second, AsciiString field) {}

  /** Formatted once a second; whoever finds it old replaces it. */
  private static volatile Date newestDate = new Date(0, AsciiString.EMPTY_STRING);

  private Framing() {}

  private static AsciiString beginning(AsciiString name) {
    return new AsciiString(name + ": ");
  }

  /** The head of the answer to this request, the empty line included. */
  static void head(AsciiText text, Exchange exchange, Answer answer, boolean last) {
    upToLength(text, answer);
    text.add(date());
    if (last) {
      text.add(CLOSE);
    } else if (!exchange.keepAliveIsDefault()) {
      text.add(KEEP_ALIVE);
    }
    text.add(LINE_END);
  }

  /** The head of an answer to no request in particular, after which the connection is closed. */
  static void closingHead(AsciiText text, Answer answer) {
    upToLength(text, answer);
    text.add(CLOSE).add(LINE_END);
  }

  private static void upToLength(AsciiText text, Answer answer) {
    HttpResponseStatus status = answer.status();
    if (status.equals(HttpResponseStatus.OK)) {
      text.add(OK_LINE);
    } else {
      text.add(VERSION).add(new AsciiString(status.toString())).add(LINE_END);
    }
    boolean tellsOfBody = !answer.contentType().isEmpty();
    if (tellsOfBody) {
      text.add(CONTENT_TYPE).add(answer.contentType()).add(LINE_END);
    }
    Token etag = answer.etag();
    if (etag != null) {
      text.add(ETAG).add('"').add(etag.epoch()).add('.').add(etag.version()).add('"');
      text.add(LINE_END);
    }
    text.add(answer.fields());
    if (!tellsOfBody) {
      return;
    }
    if (answer.parts() == null) {
      text.add(CONTENT_LENGTH).add(answer.body().readableBytes()).add(LINE_END);
    } else {
      text.add(CHUNKED);
    }
  }

  private static AsciiString date() {
    long second = System.currentTimeMillis() / MILLIS_PER_SECOND;
    Date date = newestDate;
    if (date.second() != second) {
      String text = DATE_FORMAT.format(Instant.ofEpochSecond(second));
      date = new Date(second, Answer.field(HttpHeaderNames.DATE, text));
      newestDate = date;
    }
    return date.field();
  }
}
