package io.quorate.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Puts the body of a request together, up to the limit of its route, and passes the request on once
 * it is whole. What breaks off or cannot be decoded is never passed on.
 */
final class BodyReader extends ChannelInboundHandlerAdapter {

  /** Set aside at once for a body that says it is longer; it grows as the bytes come. */
  private static final int FIRST_BYTES = 16 << 10;

  private static final byte[] EMPTY = {};

  private @Nullable Exchange current;
  private byte[] body = EMPTY;
  private int length;

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (message instanceof Exchange exchange) {
      begin(exchange);
    } else if (message instanceof HttpContent part) {
      try {
        take(ctx, part);
      } finally {
        part.release();
      }
    } else {
      ctx.fireChannelRead(message);
    }
  }

  private void begin(Exchange exchange) {
    current = exchange;
    length = 0;
    long declared = exchange.declaredLength();
    body = declared <= 0 ? EMPTY : new byte[(int) Math.min(declared, FIRST_BYTES)];
  }

  private void take(ChannelHandlerContext ctx, HttpContent part) {
    Exchange exchange = current;
    if (exchange == null) {
      return;
    }
    if (part.decoderResult().isFailure()) {
      current = null;
      exchange.answer(
          exchange
              .refusal(Problem.badRequest("the body is not framed as RFC 9112 has it"))
              .closing());
      return;
    }
    ByteBuf bytes = part.content();
    int limit = exchange.match().maxBodyBytes();
    if (bytes.readableBytes() > limit - length) {
      current = null;
      exchange.answer(BodyLimit.refusal(exchange).closing());
      return;
    }
    append(bytes, limit);
    if (part instanceof LastHttpContent) {
      current = null;
      exchange.stopAwaiting();
      exchange.body(length == body.length ? body : Arrays.copyOf(body, length));
      body = EMPTY;
      ctx.fireChannelRead(exchange);
    }
  }

  private void append(ByteBuf bytes, int limit) {
    int more = bytes.readableBytes();
    if (length + more > body.length) {
      long grown = Math.max(length + more, 2L * body.length);
      Exchange exchange = current;
      long declared = exchange == null ? -1 : exchange.declaredLength();
      long most = declared < 0 ? limit : declared;
      body = Arrays.copyOf(body, (int) Math.min(grown, most));
    }
    bytes.readBytes(body, length, more);
    length += more;
  }
}
