package io.quorate.replication;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpUtil;
import org.jspecify.annotations.Nullable;

/** One connection to a follower: one request at a time. Owned by the leader's loop. */
final class LinkConnection extends ChannelInboundHandlerAdapter {

  /** A request and what becomes of it: {@link #answered} or {@link #failed}, once. */
  interface Exchange {

    /** How long to wait for the answer. */
    long timeoutNanos();

    /** The bytes of the request were handed to the socket. */
    void sent();

    /**
     * The follower answered.
     *
     * @param body valid during the call
     */
    void answered(int status, ByteBuf body);

    void failed(Throwable cause);
  }

  private final LinkPool pool;
  private final RequestHeads heads;
  private @Nullable Channel channel;
  private @Nullable Exchange exchange;
  private long busySinceNanos;

  LinkConnection(LinkPool pool, RequestHeads heads) {
    this.pool = pool;
    this.heads = heads;
  }

  /** Sends the request; the body is released. The connection is open and idle. */
  void send(String path, ByteBuf body, Exchange newExchange, long nowNanos) {
    Channel open = channel;
    if (open == null || exchange != null) {
      throw new IllegalStateException("not open, or busy");
    }
    boolean whole = RequestHeads.isCopied(body);
    ByteBuf head;
    try {
      head = heads.write(open.alloc(), path, body);
    } catch (RuntimeException | OutOfMemoryError noBuffer) {
      body.release();
      fail(noBuffer);
      throw noBuffer;
    }
    exchange = newExchange;
    busySinceNanos = nowNanos;
    if (!whole) {
      open.write(head, open.voidPromise());
    }
    open.writeAndFlush(whole ? head : body)
        .addListener(
            (ChannelFutureListener)
                written -> {
                  if (written.isSuccess()) {
                    newExchange.sent();
                  } else {
                    fail(written.cause());
                  }
                });
  }

  boolean isOverdue(long nowNanos) {
    return exchange != null && nowNanos - busySinceNanos > exchange.timeoutNanos();
  }

  /** Gives the exchange under way up and closes. */
  void fail(Throwable cause) {
    Exchange failed = exchange;
    exchange = null;
    close();
    if (failed != null) {
      failed.failed(cause);
    }
  }

  private void close() {
    pool.forget(this);
    Channel open = channel;
    if (open != null) {
      open.close();
    }
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    channel = context.channel();
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (message instanceof LinkAnswer answer) {
      take(answer);
      return;
    }
    FullHttpResponse response = (FullHttpResponse) message;
    if (response.decoderResult().isFailure()) {
      response.release();
      fail(new IllegalStateException("an answer that is not HTTP"));
      return;
    }
    take(
        new LinkAnswer(
            response.status().code(), response.content(), HttpUtil.isKeepAlive(response)));
  }

  private void take(LinkAnswer answer) {
    try {
      Exchange answered = exchange;
      if (answered == null) {
        fail(new IllegalStateException("an answer that nobody asked for"));
        return;
      }
      exchange = null;
      if (answer.keepAlive()) {
        pool.release(this);
      } else {
        close();
      }
      answered.answered(answer.status(), answer.body());
    } finally {
      answer.body().release();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    fail(new IllegalStateException("the follower closed the connection"));
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    fail(cause);
  }
}
