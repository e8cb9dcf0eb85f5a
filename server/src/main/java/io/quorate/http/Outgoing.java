package io.quorate.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.WriteBufferWaterMark;
import io.quorate.replication.BodyParts;
import java.nio.charset.StandardCharsets;
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

  /** What waits for the client of an answer without an end is more only by a part. */
  private static final WriteBufferWaterMark ENDLESS_MARKS =
      new WriteBufferWaterMark(4 << 10, 8 << 10);

  /** As much as that is, with a part of 8 KiB and what frames it. */
  private static final int ENDLESS_BYTES = 20 << 10;

  /** Null when nothing is gathered; handed over before its turn of the loop ends, or dropped. */
  private @Nullable ByteBuf gathered;

  /** What the last burst took: the next will take about as much. */
  private int expectedBytes = LEAST_BYTES;

  private boolean flushDue;

  private final Traffic traffic;
  private final ConnectionLoad load;
  private final Runnable partsSent;

  /** The body that is being sent in parts; null when none is. */
  private @Nullable PartsUnderWay parts;

  /**
   * @param partsSent run when the last of an answer in parts is written, to be flushed
   */
  Outgoing(Traffic traffic, ConnectionLoad load, Runnable partsSent) {
    this.traffic = traffic;
    this.load = load;
    this.partsSent = partsSent;
  }

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

  /** Whether nothing may be added, for what was added last is not complete. */
  boolean isSendingParts() {
    return parts != null;
  }

  /** Whether it is the parts' maker that is waited for, and not the client. */
  boolean awaitsPart() {
    PartsUnderWay sending = parts;
    return sending != null && sending.isAsking();
  }

  /** To be called when the client takes more. */
  void goOnWithParts() {
    PartsUnderWay sending = parts;
    if (sending != null) {
      sending.goOn();
    }
  }

  /** The node stops: an answer that has no end is to come to one. */
  void finishParts() {
    PartsUnderWay sending = parts;
    if (sending != null) {
      sending.finish();
    }
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
      write(ctx, body);
      return;
    }
    ByteBuf buffer = room(ctx, head.length() + bodyBytes);
    head.writeTo(buffer);
    buffer.writeBytes(body, bodyBytes);
    body.release();
    BodyParts made = exchange.isHead() ? null : answer.parts();
    if (made != null) {
      if (made.isEndless()) {
        ctx.channel().config().setWriteBufferWaterMark(ENDLESS_MARKS);
        load.own(ENDLESS_BYTES);
      }
      PartsUnderWay sending = new PartsUnderWay(ctx, made, this, traffic);
      parts = sending;
      sending.goOn();
    }
  }

  /** One chunk of a body in parts. An empty one is left out: it would be the last. */
  void chunk(ChannelHandlerContext ctx, ByteBuf part) {
    if (!part.isReadable()) {
      part.release();
      return;
    }
    String size = Integer.toHexString(part.readableBytes());
    ByteBuf buffer = room(ctx, size.length() + 2);
    buffer.writeCharSequence(size, StandardCharsets.US_ASCII);
    buffer.writeBytes(Framing.LINE_END.array());
    handOver(ctx);
    write(ctx, part);
    room(ctx, 2).writeBytes(Framing.LINE_END.array());
  }

  /** The end of a body in parts. */
  void lastChunk(ChannelHandlerContext ctx) {
    room(ctx, Framing.LAST_CHUNK.length()).writeBytes(Framing.LAST_CHUNK.array());
    parts = null;
    partsSent.run();
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
      write(ctx, buffer);
    }
  }

  private void write(ChannelHandlerContext ctx, ByteBuf bytes) {
    load.handOver(bytes.readableBytes());
    ctx.write(bytes, ctx.voidPromise());
  }

  /**
   * Has the connection closed when all is sent, which is still to be flushed. While parts are under
   * way it does nothing: it is to be called again when they are sent.
   */
  void closeWhenSent(ChannelHandlerContext ctx) {
    if (parts == null) {
      handOver(ctx);
      ctx.write(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
    }
  }

  void flush(ChannelHandlerContext ctx) {
    if (flushDue) {
      flushDue = false;
      handOver(ctx);
      ctx.flush();
      load.flushed(ctx);
    }
  }

  /** Drops what is not handed over. */
  void drop() {
    PartsUnderWay sending = parts;
    if (sending != null) {
      sending.drop();
    }
    ByteBuf buffer = gathered;
    gathered = null;
    flushDue = false;
    if (buffer != null) {
      buffer.release();
    }
  }
}
