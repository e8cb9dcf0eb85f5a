package io.quorate.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Puts the body of a request together, up to the limit of its route and within the route's budget,
 * and passes the request on once it is whole. What breaks off or cannot be decoded is never passed
 * on. A body that the route does not take is read and dropped.
 */
final class BodyReader extends ChannelInboundHandlerAdapter {

  /** Set aside at once for a body that says it is longer; it grows as the bytes come. */
  private static final int FIRST_BYTES = 16 << 10;

  private static final byte[] EMPTY = {};

  /** Whose body is being received; null where what comes is not looked at. */
  private @Nullable Exchange current;

  /** Empty where the body is not kept. */
  private byte[] body = EMPTY;

  /** How much of the body has come. */
  private int length;

  /** Where {@link #reservedBytes} were taken from. */
  private @Nullable ReceivedBytes budget;

  /** Invariant: at least the length of {@link #body}; 0 while there is no {@link #current}. */
  private int reservedBytes;

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    try {
      if (message instanceof Exchange exchange) {
        begin(exchange);
      } else if (message instanceof HttpContent part) {
        take(ctx, part);
      } else {
        ctx.fireChannelRead(message);
      }
    } finally {
      if (message instanceof HttpContent part) {
        part.release();
      }
      if (current == null) {
        drop();
      }
    }
  }

  private void begin(Exchange exchange) {
    drop();
    length = 0;
    budget = exchange.match().budget();
    long declared = exchange.declaredLength();
    if (declared <= 0 || grow((int) Math.min(declared, FIRST_BYTES))) {
      current = exchange;
    } else {
      exchange.answer(BodyLimit.overBudget(exchange).closing());
    }
  }

  private void take(ChannelHandlerContext ctx, HttpContent part) {
    Exchange exchange = current;
    if (exchange == null) {
      return;
    }
    current = null;
    Answer refusal =
        part.decoderResult().isFailure() ? broken(exchange, part.decoderResult().cause()) : null;
    if (refusal == null) {
      refusal = append(exchange, part.content());
    }
    if (refusal == null && part instanceof LastHttpContent) {
      if (exchange.declaredLength() < 0 || length == exchange.declaredLength()) {
        pass(ctx, exchange);
        return;
      }
      refusal = broken(exchange, null);
    }
    if (refusal == null) {
      current = exchange;
    } else {
      exchange.answer(refusal.closing());
    }
  }

  private void pass(ChannelHandlerContext ctx, Exchange exchange) {
    exchange.stopAwaiting();
    if (budget != null) {
      exchange.body(length == body.length ? body : Arrays.copyOf(body, length));
    }
    ctx.fireChannelRead(exchange);
  }

  private static Answer broken(Exchange exchange, @Nullable Throwable cause) {
    return exchange.refusal(
        BrokenRequest.problem(cause, "the body is not framed as RFC 9112 has it"));
  }

  /** Takes these bytes, or says why they are not taken. */
  private @Nullable Answer append(Exchange exchange, ByteBuf bytes) {
    int more = bytes.readableBytes();
    int limit = exchange.match().maxBodyBytes();
    if (more > limit - length) {
      return BodyLimit.refusal(exchange);
    }
    if (budget != null && length + more > body.length) {
      long declared = exchange.declaredLength();
      long most = declared < 0 ? limit : declared;
      long grown = Math.max(length + more, 2L * body.length);
      if (!grow((int) (grown > most / 2 ? most : grown))) {
        return BodyLimit.overBudget(exchange);
      }
    }
    if (budget != null) {
      bytes.readBytes(body, length, more);
    }
    length += more;
    return null;
  }

  /** Makes room for so many bytes; false where the budget has none. A body not kept needs none. */
  private boolean grow(int bytes) {
    ReceivedBytes from = budget;
    if (from == null) {
      return true;
    }
    if (!from.reserve(bytes - reservedBytes)) {
      return false;
    }
    reservedBytes = bytes;
    body = Arrays.copyOf(body, bytes);
    return true;
  }

  private void drop() {
    current = null;
    body = EMPTY;
    ReceivedBytes from = budget;
    if (from != null) {
      from.release(reservedBytes);
    }
    reservedBytes = 0;
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event instanceof ChannelInputShutdownEvent) {
      drop();
    }
    ctx.fireUserEventTriggered(event);
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    drop();
    ctx.fireChannelInactive();
  }
}
