package io.quorate.replication;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;

/** One connection to a follower: one request at a time. Owned by the leader's loop. */
final class LinkConnection extends ChannelInboundHandlerAdapter {

  /** A request and what becomes of it: {@link #answered} or {@link #failed}, once. */
  interface Exchange {

    /** How long to wait for the answer. */
    long timeoutNanos();

    /** The bytes of the request were handed to the socket. */
    default void sent() {}

    /**
     * The follower answered.
     *
     * @param body valid during the call
     */
    void answered(int status, ByteBuf body);

    void failed(Throwable cause);
  }

  private final LinkPool pool;
  private final String host;
  private @Nullable Channel channel;
  private @Nullable Exchange exchange;
  private long busySinceNanos;

  LinkConnection(LinkPool pool, String host) {
    this.pool = pool;
    this.host = host;
  }

  /** Sends the request; the body is released. The connection is open and idle. */
  void send(String path, ByteBuf body, Exchange newExchange, long nowNanos) {
    Channel open = channel;
    if (open == null || exchange != null) {
      throw new IllegalStateException("not open, or busy");
    }
    exchange = newExchange;
    busySinceNanos = nowNanos;
    FullHttpRequest request =
        new DefaultFullHttpRequest(
            HttpVersion.HTTP_1_1, HttpMethod.POST, "/v1/replication/" + path, body);
    request
        .headers()
        .set(HttpHeaderNames.HOST, host)
        .set(HttpHeaderNames.CONTENT_TYPE, HttpHeaderValues.APPLICATION_OCTET_STREAM)
        .set(HttpHeaderNames.CONTENT_LENGTH, body.readableBytes());
    open.writeAndFlush(request)
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
    try {
      FullHttpResponse response = (FullHttpResponse) message;
      Exchange answered = exchange;
      if (answered == null || response.decoderResult().isFailure()) {
        fail(new IllegalStateException("an answer that is not HTTP, or that nobody asked for"));
        return;
      }
      exchange = null;
      if (HttpUtil.isKeepAlive(response)) {
        pool.release(this);
      } else {
        close();
      }
      answered.answered(response.status().code(), response.content());
    } finally {
      ReferenceCountUtil.release(message);
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
