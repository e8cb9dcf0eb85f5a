package io.quorate.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.util.AsciiString;
import io.quorate.core.Token;
import io.quorate.replication.BodyParts;
import org.jspecify.annotations.Nullable;

/**
 * What a client is told, before it is framed for its connection.
 *
 * @param contentType empty where the answer says nothing of a body
 * @param etag the key's version; null where the answer is not about one
 * @param fields the other header fields, each with its line end, but those that depend on the
 *     connection; whoever writes the answer adds these
 * @param body owned by the answer until it is written or released
 * @param parts what is sent in place of the body, in chunks; owned likewise; null where the body is
 *     all
 * @param closes whether the connection cannot be used after it
 * @param ending what it counts as
 */
record Answer(
    HttpResponseStatus status,
    AsciiString contentType,
    @Nullable Token etag,
    AsciiString fields,
    ByteBuf body,
    @Nullable BodyParts parts,
    boolean closes,
    Ending ending) {

  static final AsciiString JSON = AsciiString.cached("application/json");
  static final AsciiString PROBLEM_JSON = AsciiString.cached("application/problem+json");
  static final AsciiString EVENTS = AsciiString.cached("text/event-stream");
  static final AsciiString OCTETS = AsciiString.cached("application/octet-stream");

  /** One whose body is known whole, and after which the connection goes on. */
  Answer(
      HttpResponseStatus status,
      AsciiString contentType,
      @Nullable Token etag,
      AsciiString fields,
      ByteBuf body) {
    this(status, contentType, etag, fields, body, null, false, Ending.of(status));
  }

  static Answer of(HttpResponseStatus status, AsciiString contentType, ByteBuf body) {
    return new Answer(status, contentType, null, AsciiString.EMPTY_STRING, body);
  }

  /** 200 with a body that is made while it is sent. To requests of HTTP/1.1 alone. */
  static Answer ofParts(AsciiString contentType, BodyParts parts) {
    return new Answer(
        HttpResponseStatus.OK,
        contentType,
        null,
        AsciiString.EMPTY_STRING,
        Unpooled.EMPTY_BUFFER,
        parts,
        false,
        Ending.OK);
  }

  /** 304, which has neither body nor anything that tells of one. */
  static Answer notModified(Token etag) {
    return new Answer(
        HttpResponseStatus.NOT_MODIFIED,
        AsciiString.EMPTY_STRING,
        etag,
        AsciiString.EMPTY_STRING,
        Unpooled.EMPTY_BUFFER);
  }

  static Answer json(byte[] body) {
    return of(HttpResponseStatus.OK, JSON, Unpooled.wrappedBuffer(body));
  }

  /** One header field as it stands in {@link #fields}. The value comes from this node. */
  static AsciiString field(AsciiString name, CharSequence value) {
    return new AsciiString(name + ": " + value + "\r\n");
  }

  /** Adds fields, each made by {@link #field}. */
  Answer with(AsciiString more) {
    AsciiString all = fields.isEmpty() ? more : fields.concat(more);
    return new Answer(status, contentType, etag, all, body, parts, closes, ending);
  }

  /** The same, and the connection is closed after it. */
  Answer closing() {
    return new Answer(status, contentType, etag, fields, body, parts, true, ending);
  }

  /** The same, counted as this. */
  Answer counted(Ending as) {
    return new Answer(status, contentType, etag, fields, body, parts, closes, as);
  }

  void release() {
    body.release();
    BodyParts unsent = parts;
    if (unsent != null) {
      unsent.close();
    }
  }
}
