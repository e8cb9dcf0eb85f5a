package io.quorate.http;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Answers the requests of a connection in the order they came, whatever the order in which their
 * answers become known; decides how long the connection lives; stops reading while too many
 * requests or too large answers wait, or the client does not take its answers.
 *
 * <p>Turns the head of each request into an {@link Exchange} for the handlers behind it, and passes
 * the body's parts as they are; has a {@link PlainRequest} answered at once. Answers known while a
 * batch is read leave with one flush at its end; those known later leave with one flush per round
 * of the loop. An answer never makes this connection read on within the call that brings it:
 * whoever brings it may be in the midst of a change.
 */
@SuppressWarnings("FutureReturnValueIgnored") // what fails is seen as the channel closing
final class AnswerOrder extends ChannelDuplexHandler {

  private final RequestDecoder decoder;
  private final Traffic traffic;
  private final NodeLoad nodeLoad;
  private final ConnectionLoad load;
  private final OpenRequests open;
  private final HttpCounts counts;
  private @Nullable ChannelHandlerContext context;

  /** The newest request, while its body has not come whole. */
  private @Nullable Exchange receiving;

  private final Outgoing outgoing;

  private final Runnable drain = this::drain;
  private boolean readingBatch;
  private boolean drainScheduled;

  /** No further request is taken, and the connection is closed after the last open one. */
  private boolean lastTaken;

  /** Nothing that still comes is looked at. */
  private boolean deaf;

  AnswerOrder(
      RequestDecoder decoder,
      Traffic traffic,
      NodeLoad nodeLoad,
      HttpOptions options,
      HttpCounts counts) {
    this.decoder = decoder;
    this.traffic = traffic;
    this.nodeLoad = nodeLoad;
    this.load = new ConnectionLoad(nodeLoad, options.timeouts().answerNanos());
    this.open = new OpenRequests(options.maxPipelinedRequests());
    this.counts = counts;
    this.outgoing = new Outgoing(traffic, load, this::endParts);
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    context = ctx;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    readingBatch = true;
    if (deaf || (lastTaken && begins(message))) {
      deaf = true;
      ReferenceCountUtil.release(message);
      return;
    }
    traffic.notePart();
    if (message instanceof PlainRequest plain) {
      Exchange exchange = new Exchange(this, plain);
      open.add(exchange);
      Problem refusal = nodeLoad.refusal(exchange);
      if (refusal == null) {
        Dispatcher.dispatchReceived(exchange);
      } else {
        exchange.refuse(refusal);
      }
      pauseIfDue(ctx);
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
    pauseIfDue(ctx);
  }

  private static boolean begins(Object message) {
    return message instanceof PlainRequest || message instanceof HttpRequest;
  }

  private void pauseIfDue(ChannelHandlerContext ctx) {
    if (receiving == null && mustPause(ctx)) {
      decoder.pause();
      ctx.channel().config().setAutoRead(false);
    }
  }

  private boolean mustPause(ChannelHandlerContext ctx) {
    return open.isFull() || !outgoing.isTaken(ctx);
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    readingBatch = false;
    flushKnown(ctx);
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
    outgoing.goOnWithParts();
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
    open.drop();
    outgoing.drop();
    load.end();
    ctx.fireChannelInactive();
  }

  /** What is answered is sent before the connection goes. */
  @Override
  public void close(ChannelHandlerContext ctx, ChannelPromise promise) {
    outgoing.flush(ctx);
    ctx.close(promise);
  }

  /** The node stops: as {@link #closeAfterLast}, and what has no end comes to one. */
  void stop() {
    closeAfterLast();
    outgoing.finishParts();
  }

  /** Takes no further request, and closes the connection once the open ones are answered. */
  private void closeAfterLast() {
    lastTaken = true;
    ChannelHandlerContext ctx = context;
    if (ctx != null && open.isEmpty() && !outgoing.isSendingParts()) {
      deaf = true;
      ctx.channel().close();
    }
  }

  /** Whether a request that came whole waits for this node. */
  boolean awaitsAnswer() {
    return outgoing.isSendingParts()
        ? outgoing.awaitsPart()
        : open.size() > (receiving == null ? 0 : 1);
  }

  /** Whether part of an answer is on its way to the client. */
  boolean isSending(ChannelHandlerContext ctx) {
    return load.isSending(ctx);
  }

  Executor loop() {
    return context().executor();
  }

  Traffic traffic() {
    return traffic;
  }

  /** Looks at nothing that still comes: where a request begins in it is not known any more. */
  void turnDeaf() {
    deaf = true;
  }

  /** See {@link Exchange#answer}. */
  void complete(Exchange exchange, Answer answer) {
    ChannelHandlerContext ctx = context();
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

  private ChannelHandlerContext context() {
    ChannelHandlerContext ctx = context;
    if (ctx == null) {
      throw new IllegalStateException("not in a pipeline");
    }
    return ctx;
  }

  private void completeInLoop(ChannelHandlerContext ctx, Exchange exchange, Answer answer) {
    if (exchange.known() != null) {
      answer.release();
      return;
    }
    counts.answered(exchange.asked(), answer.ending());
    if (!ctx.channel().isActive()) {
      answer.release();
      return;
    }
    open.know(exchange, answer);
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
    if (ctx != null && ctx.channel().isActive()) {
      writeKnown(ctx);
    }
  }

  private void scheduleDrain(ChannelHandlerContext ctx) {
    if (!drainScheduled) {
      drainScheduled = true;
      ctx.executor().execute(drain);
    }
  }

  private void drain() {
    drainScheduled = false;
    ChannelHandlerContext ctx = context;
    if (ctx == null || !ctx.channel().isActive()) {
      return;
    }
    writeKnown(ctx);
    flushKnown(ctx);
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
    flushKnown(ctx);
    if (!decoder.isPaused()) {
      ctx.channel().config().setAutoRead(true);
    } else if (!mustPause(ctx)) {
      scheduleDrain(ctx);
    }
  }

  private void flushKnown(ChannelHandlerContext ctx) {
    outgoing.flush(ctx);
    load.open(open.size(), open.heldBytes());
  }

  private void writeKnown(ChannelHandlerContext ctx) {
    for (Exchange first = next(); first != null; first = next()) {
      Answer answer = first.known();
      if (answer == null) {
        if (first.awaitsContinue()) {
          first.stopAwaiting();
          outgoing.goOn(ctx);
        }
        return;
      }
      open.removeFirst(answer);
      boolean last = answer.closes() || !first.keepAlive() || (lastTaken && open.isEmpty());
      outgoing.add(ctx, first, answer, last);
      if (last) {
        lastTaken = true;
        deaf = true;
        open.drop();
        outgoing.closeWhenSent(ctx);
        return;
      }
    }
  }

  /** The request whose turn it is; null while there is none. */
  private @Nullable Exchange next() {
    return outgoing.isSendingParts() ? null : open.first();
  }

  private void endParts() {
    ChannelHandlerContext ctx = context;
    if (ctx != null && lastTaken && open.isEmpty()) {
      deaf = true;
      outgoing.closeWhenSent(ctx);
    }
    drain();
  }
}
