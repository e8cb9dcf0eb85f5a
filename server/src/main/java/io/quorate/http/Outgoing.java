package io.quorate.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import org.jspecify.annotations.Nullable;

/**
 * Gathers the answers of one connection, so that those of a burst leave in one buffer with one
 * flush. Owned by the connection's loop.
 */
@SuppressWarnings("FutureReturnValueIgnored") // what fails is seen as the channel closing
final class Outgoing {

  /** A longer body is handed over as it is, for a buffer that grows around it is copied again. */
  private static final int MOST_COPIED_BYTES = 8 << 10;

  /** Answers gathered beyond this are handed over before more are. */
  private static final int MOST_GATHERED_BYTES = 32 << 10;

  private static final int LEAST_BYTES = 512;

  /** Null when nothing is gathered; handed over before its turn of the loop ends, or dropped. */
  private @Nullable ByteBuf gathered;

  /** What the last burst took: the next will take about as much. */
  private int expectedBytes = LEAST_BYTES;

  private boolean flushDue;

  /** Whether the client takes its answers, so that more may be written. */
  boolean isTaken(ChannelHandlerContext ctx) {
    return bytes() < ctx.channel().bytesBeforeUnwritable();
  }

  private int bytes() {
    ByteBuf buffer = gathered;
    return buffer == null ? 0 : buffer.readableBytes();
  }

  /** 100 Continue. */
  void goOn(ChannelHandlerContext ctx) {
    room(ctx, Framing.GO_ON.length()).writeBytes(Framing.GO_ON.array());
  }

  /** Takes an answer over; without its body where the request was a HEAD. */
  void add(ChannelHandlerContext ctx, Exchange exchange, Answer answer, boolean last) {
    AsciiText head = AsciiText.begin();
    Framing.head(head, exchange, answer, last);
    ByteBuf body = answer.body();
    int bodyBytes = exchange.isHead() ? 0 : body.readableBytes();
    if (bodyBytes > MOST_COPIED_BYTES) {
      head.writeTo(room(ctx, head.length()));
      handOver(ctx);
      ctx.write(body, ctx.voidPromise());
      return;
    }
    ByteBuf buffer = room(ctx, head.length() + bodyBytes);
    head.writeTo(buffer);
    buffer.writeBytes(body, bodyBytes);
    body.release();
  }

  private ByteBuf room(ChannelHandlerContext ctx, int bytes) {
    flushDue = true;
    if (bytes() > MOST_GATHERED_BYTES) {
      handOver(ctx);
    }
    ByteBuf buffer = gathered;
    if (buffer == null) {
      buffer = ctx.alloc().directBuffer(Math.max(expectedBytes, bytes));
      gathered = buffer;
    }
    return buffer;
  }

  private void handOver(ChannelHandlerContext ctx) {
    ByteBuf buffer = gathered;
    if (buffer != null) {
      gathered = null;
      expectedBytes = Math.max(LEAST_BYTES, buffer.readableBytes());
      ctx.write(buffer, ctx.voidPromise());
    }
  }

  /** Done when all is sent. Still to be flushed. */
  ChannelFuture end(ChannelHandlerContext ctx) {
    handOver(ctx);
    return ctx.write(Unpooled.EMPTY_BUFFER);
  }

  void flush(ChannelHandlerContext ctx) {
    if (flushDue) {
      flushDue = false;
      handOver(ctx);
      ctx.flush();
    }
  }

  /** Drops what is not handed over. */
  void drop() {
    ByteBuf buffer = gathered;
    gathered = null;
    flushDue = false;
    if (buffer != null) {
      buffer.release();
    }
  }
}
