package io.quorate.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.util.AsciiString;

/**
 * What a client is told, before it is framed for its connection.
 *
 * @param headers all but those that depend on the connection; whoever writes the answer adds these
 * @param body owned by the answer until it is written or released
 * @param closes whether the connection cannot be used after it
 */
record Answer(HttpResponseStatus status, HttpHeaders headers, ByteBuf body, boolean closes) {

  static final AsciiString JSON = AsciiString.cached("application/json");
  static final AsciiString PROBLEM_JSON = AsciiString.cached("application/problem+json");
  static final AsciiString OCTETS = AsciiString.cached("application/octet-stream");

  private static final DefaultHttpHeadersFactory TRUSTED =
      DefaultHttpHeadersFactory.headersFactory().withValidation(false);

  static Answer of(HttpResponseStatus status, AsciiString contentType, ByteBuf body) {
    HttpHeaders headers = TRUSTED.newHeaders();
    headers.set(HttpHeaderNames.CONTENT_TYPE, contentType);
    return new Answer(status, headers, body, false);
  }

  static Answer json(byte[] body) {
    return of(HttpResponseStatus.OK, JSON, Unpooled.wrappedBuffer(body));
  }

  /** Adds a field. The value must come from this node, for it is not checked. */
  Answer with(AsciiString name, CharSequence value) {
    headers.set(name, value);
    return this;
  }

  /** The same, and the connection is closed after it. */
  Answer closing() {
    return new Answer(status, headers, body, true);
  }

  void release() {
    body.release();
  }
}
