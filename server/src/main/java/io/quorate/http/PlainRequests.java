package io.quorate.http;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpMethod;
import io.quorate.http.PlainRequest.Form;
import org.jspecify.annotations.Nullable;

/**
 * Takes the plain requests of a connection that are worth a short way: reads and writes of keys,
 * and what a leader sends all the time. Whatever is not plain, has not come whole or would be
 * refused for its size is left to the decoder, and so is the refusal.
 */
final class PlainRequests {

  private static final byte[] NO_BODY = {};

  private final Form[] forms;
  private final int mostHeadBytes;

  private PlainRequests(int mostHeadBytes, Form... forms) {
    this.mostHeadBytes = mostHeadBytes;
    this.forms = forms;
  }

  static PlainRequests of(Routes routes, HttpOptions options) {
    return new PlainRequests(
        Math.min(options.maxInitialLineBytes(), options.maxHeaderBytes()),
        Form.of(routes, HttpMethod.GET, Served.KEYS),
        Form.of(routes, HttpMethod.PUT, Served.KEYS),
        Form.of(routes, HttpMethod.POST, Served.APPEND),
        Form.of(routes, HttpMethod.HEAD, Served.KEYS),
        Form.of(routes, HttpMethod.DELETE, Served.KEYS));
  }

  /** Takes none. */
  static PlainRequests none() {
    return new PlainRequests(0);
  }

  /** Reads the next request; null, and nothing read, where it is not for here. */
  @Nullable PlainRequest read(ByteBuf in) {
    PlainHead head = PlainHead.ofThisThread();
    Form form = head.read(in, forms, mostHeadBytes);
    if (form == null) {
      return null;
    }
    int bodyBytes = Math.max(0, head.contentLength());
    if (bodyBytes > in.readableBytes() - head.length() || !takes(form.match(), bodyBytes)) {
      return null;
    }
    in.skipBytes(head.length());
    byte[] body = NO_BODY;
    if (bodyBytes > 0) {
      body = new byte[bodyBytes];
      in.readBytes(body);
    }
    return new PlainRequest(form, form.keyed() ? head.key() : null, head.query(), body);
  }

  private static boolean takes(Routes.Match match, int bodyBytes) {
    ReceivedBytes budget = match.budget();
    return budget == null
        ? bodyBytes == 0
        : bodyBytes <= match.maxBodyBytes() && budget.fits(bodyBytes);
  }
}
