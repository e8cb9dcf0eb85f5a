package io.quorate.http;

import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Answers the requests of a connection in the order they came, whatever the order in which their
 * answers become known; decides how long the connection lives; stops reading while too many
 * requests or too large answers wait, or the client does not take its answers.
 *
 * <p>Turns the head of each request into an {@link Exchange} for the handlers behind it, and passes
 * the body's parts as they are. Answers known while a batch is read leave with one flush at its
 * end; those known later leave with one flush per round of the loop. An answer never makes this
 * connection read on within the call that brings it: whoever brings it may be in the midst of a
 * change.
 */
@SuppressWarnings("FutureReturnValueIgnored") // what fails is seen as the channel closing
final class AnswerOrder extends ChannelInboundHandlerAdapter {

  /** Bytes of answers that may wait behind an unknown one before reading pauses. */
  private static final long MOST_HELD_BYTES = 1 << 20;

  private final RequestDecoder decoder;
  private final int maxOpen;

  /** Requests not answered yet, oldest first. Invariant: at most {@link #maxOpen}. */
  private final ArrayDeque<Exchange> open = new ArrayDeque<>();

  /** Bytes of the bodies of the known answers in {@link #open}. */
  private long heldBytes;

  private @Nullable ChannelHandlerContext context;

  /** The newest request, while its body has not come whole. */
  private @Nullable Exchange receiving;

  private boolean readingBatch;
  private boolean drainScheduled;
  private boolean flushDue;

  /** No further request is taken, and the connection is closed after the last open one. */
  private boolean lastTaken;

  /** Nothing that still comes is looked at. */
  private boolean deaf;

  AnswerOrder(RequestDecoder decoder, int maxOpen) {
    this.decoder = decoder;
    this.maxOpen = maxOpen;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    context = ctx;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    readingBatch = true;
    if (deaf || (lastTaken && message instanceof HttpRequest)) {
      deaf = true;
      ReferenceCountUtil.release(message);
      return;
    }
    if (message instanceof HttpRequest head) {
      Exchange exchange = new Exchange(this, head);
      lastTaken = !exchange.keepAlive();
      receiving = exchange;
      open.add(exchange);
      ctx.fireChannelRead(exchange);
      return;
    }
    if (message instanceof LastHttpContent) {
      receiving = null;
    }
    ctx.fireChannelRead(message);
    if (receiving == null && mustPause(ctx)) {
      decoder.pause();
      ctx.channel().config().setAutoRead(false);
    }
  }

  private boolean mustPause(ChannelHandlerContext ctx) {
    return open.size() >= maxOpen || heldBytes > MOST_HELD_BYTES || !ctx.channel().isWritable();
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    readingBatch = false;
    flushIfDue(ctx);
    if (decoder.isPaused() && !mustPause(ctx)) {
      scheduleDrain(ctx);
    }
    ctx.fireChannelReadComplete();
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    if (ctx.channel().isWritable() && decoder.isPaused()) {
      scheduleDrain(ctx);
    }
    ctx.fireChannelWritabilityChanged();
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event instanceof ChannelInputShutdownEvent) {
      if (receiving != null && receiving.known() == null) {
        open.remove(receiving);
        receiving = null;
        deaf = true;
      }
      closeAfterLast();
    }
    ctx.fireUserEventTriggered(event);
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    deaf = true;
    dropOpen();
    ctx.fireChannelInactive();
  }

  /** Takes no further request, and closes the connection once the open ones are answered. */
  void closeAfterLast() {
    lastTaken = true;
    ChannelHandlerContext ctx = context;
    if (ctx != null && open.isEmpty()) {
      deaf = true;
      ctx.channel().close();
    }
  }

  /** Whether a request that came whole waits for its answer. */
  boolean awaitsAnswer() {
    return open.size() > (receiving == null ? 0 : 1);
  }

  /** Looks at nothing that still comes: where a request begins in it is not known any more. */
  void turnDeaf() {
    deaf = true;
  }

  /** See {@link Exchange#answer}. */
  void complete(Exchange exchange, Answer answer) {
    ChannelHandlerContext ctx = context;
    if (ctx == null) {
      throw new IllegalStateException("not in a pipeline");
    }
    if (ctx.executor().inEventLoop()) {
      completeInLoop(ctx, exchange, answer);
      return;
    }
    try {
      ctx.executor().execute(() -> completeInLoop(ctx, exchange, answer));
    } catch (RejectedExecutionException stopped) {
      answer.release();
    }
  }

  private void completeInLoop(ChannelHandlerContext ctx, Exchange exchange, Answer answer) {
    if (exchange.known() != null || !ctx.channel().isActive()) {
      answer.release();
      return;
    }
    exchange.know(answer);
    heldBytes += answer.body().readableBytes();
    deaf |= answer.closes();
    if (readingBatch) {
      writeKnown(ctx);
    } else {
      scheduleDrain(ctx);
    }
  }

  /** See {@link Exchange#askForBody}. */
  void askForBody() {
    ChannelHandlerContext ctx = context;
    if (ctx != null) {
      writeKnown(ctx);
    }
  }

  private void scheduleDrain(ChannelHandlerContext ctx) {
    if (!drainScheduled) {
      drainScheduled = true;
      ctx.executor().execute(this::drain);
    }
  }

  private void drain() {
    drainScheduled = false;
    ChannelHandlerContext ctx = context;
    if (ctx == null || !ctx.channel().isActive()) {
      return;
    }
    writeKnown(ctx);
    flushIfDue(ctx);
    if (decoder.isPaused() && !mustPause(ctx)) {
      readOn(ctx);
    }
  }

  private void readOn(ChannelHandlerContext ctx) {
    readingBatch = true;
    try {
      decoder.resume();
    } catch (Exception failure) {
      ctx.fireExceptionCaught(failure);
    }
    readingBatch = false;
    flushIfDue(ctx);
    if (!decoder.isPaused()) {
      ctx.channel().config().setAutoRead(true);
    } else if (!mustPause(ctx)) {
      scheduleDrain(ctx);
    }
  }

  private void writeKnown(ChannelHandlerContext ctx) {
    for (Exchange first = open.peek(); first != null; first = open.peek()) {
      Answer answer = first.known();
      if (answer == null) {
        if (first.awaitsContinue()) {
          first.stopAwaiting();
          ctx.write(Framing.goOn(), ctx.voidPromise());
          flushDue = true;
        }
        return;
      }
      open.poll();
      heldBytes -= answer.body().readableBytes();
      boolean last = answer.closes() || !first.keepAlive() || (lastTaken && open.isEmpty());
      flushDue = true;
      if (last) {
        deaf = true;
        dropOpen();
        ctx.write(Framing.response(first, answer, true)).addListener(ChannelFutureListener.CLOSE);
        return;
      }
      ctx.write(Framing.response(first, answer, false), ctx.voidPromise());
    }
  }

  private void dropOpen() {
    for (Exchange dropped : open) {
      Answer answer = dropped.known();
      if (answer != null) {
        answer.release();
      }
    }
    open.clear();
    heldBytes = 0;
  }

  private void flushIfDue(ChannelHandlerContext ctx) {
    if (flushDue) {
      flushDue = false;
      ctx.flush();
    }
  }
}
