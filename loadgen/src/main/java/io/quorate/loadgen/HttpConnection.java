package io.quorate.loadgen;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoop;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpUtil;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP/1.1 connection to a node, one request at a time. Opened by the first request; a request
 * after it was lost opens it again. Its state belongs to its event loop.
 *
 * <p>A channel that is given up is closed without waiting for what comes of it.
 */
@SuppressWarnings("FutureReturnValueIgnored")
final class HttpConnection implements AutoCloseable {
  private static final int LARGEST_ANSWER_BYTES = 4 << 20;
  private static final long WATCH_MILLIS = 100;

  private final EventLoop loop;
  private final Bootstrap bootstrap;
  private final NodeUrl node;
  private final Duration answerLimit;

  private @Nullable Channel channel;

  /** Who waits for the answer. Invariant: not null exactly while a request is under way. */
  private @Nullable Consumer<Answer> waiting;

  private long sentNanos;
  private boolean closed;

  HttpConnection(EventLoop loop, Bootstrap bootstrap, NodeUrl node, Duration answerLimit) {
    this.loop = loop;
    this.node = node;
    this.answerLimit = answerLimit;
    this.bootstrap =
        bootstrap
            .remoteAddress(InetSocketAddress.createUnresolved(node.socketHost(), node.port()))
            .handler(
                new ChannelInitializer<>() {
                  @Override
                  protected void initChannel(Channel opened) {
                    opened
                        .pipeline()
                        .addLast(new HttpClientCodec())
                        .addLast(new HttpObjectAggregator(LARGEST_ANSWER_BYTES))
                        .addLast(new AnswerHandler());
                  }
                });
  }

  EventLoop loop() {
    return loop;
  }

  /**
   * Sends a request, which this takes over, and calls {@code whenDone} on the event loop exactly
   * once: with the whole answer, or with why there is none. Only on the event loop, and only when
   * no request is under way.
   */
  void send(FullHttpRequest request, Consumer<Answer> whenDone) {
    assert loop.inEventLoop();
    assert waiting == null;
    waiting = whenDone;
    sentNanos = System.nanoTime();
    Channel open = channel;
    if (closed) {
      request.release();
      loop.execute(() -> finish(Answer.none("closed")));
    } else if (open != null && open.isActive()) {
      write(open, request);
    } else {
      bootstrap.connect().addListener((ChannelFuture connect) -> connected(connect, request));
    }
  }

  /** As {@link #send}, from any thread but the event loop's. */
  CompletableFuture<Answer> ask(FullHttpRequest request) {
    CompletableFuture<Answer> answer = new CompletableFuture<>();
    loop.execute(() -> send(request, answer::complete));
    return answer;
  }

  private void connected(ChannelFuture connect, FullHttpRequest request) {
    if (!connect.isSuccess() || closed) {
      request.release();
      connect.channel().close();
      finish(Answer.none("no connection to " + node + ": " + reason(connect.cause())));
      return;
    }
    Channel opened = connect.channel();
    channel = opened;
    watch(opened);
    write(opened, request);
  }

  private void write(Channel open, FullHttpRequest request) {
    request.headers().set(HttpHeaderNames.HOST, node.authority());
    sentNanos = System.nanoTime();
    open.writeAndFlush(request)
        .addListener(
            (ChannelFuture write) -> {
              if (!write.isSuccess()) {
                lost(write.channel(), "could not send to " + node + ": " + reason(write.cause()));
              }
            });
  }

  /** One timer for the connection's life in place of one for each request. */
  private void watch(Channel open) {
    var timer =
        loop.scheduleAtFixedRate(
            () -> {
              if (waiting != null && System.nanoTime() - sentNanos > answerLimit.toNanos()) {
                lost(open, "no answer from " + node + " within " + answerLimit.toMillis() + " ms");
              }
            },
            WATCH_MILLIS,
            WATCH_MILLIS,
            TimeUnit.MILLISECONDS);
    open.closeFuture().addListener(closing -> timer.cancel(false));
  }

  /** Gives up a channel. One that was given up before changes nothing: another may be in use. */
  private void lost(Channel old, String why) {
    if (channel != old) {
      return;
    }
    channel = null;
    old.close();
    finish(Answer.none(why));
  }

  private void finish(Answer answer) {
    Consumer<Answer> waiter = waiting;
    waiting = null;
    if (waiter != null) {
      waiter.accept(answer);
    }
  }

  private static String reason(@Nullable Throwable cause) {
    if (cause == null) {
      return "closed";
    }
    String message = cause.getMessage();
    return message == null ? cause.getClass().getSimpleName() : message;
  }

  /** Closes the connection; a request under way ends without an answer. From any thread. */
  @Override
  public void close() {
    loop.execute(
        () -> {
          closed = true;
          if (channel != null) {
            lost(channel, "closed");
          }
        });
  }

  private final class AnswerHandler extends SimpleChannelInboundHandler<FullHttpResponse> {
    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpResponse response) {
      long latencyNanos = System.nanoTime() - sentNanos;
      if (waiting == null || response.decoderResult().isFailure()) {
        lost(context.channel(), "not an HTTP answer from " + node);
        return;
      }
      if (!HttpUtil.isKeepAlive(response)) {
        channel = null;
        context.close();
      }
      finish(
          new Answer(
              response.status().code(),
              response.headers().get(HttpHeaderNames.ETAG),
              ByteBufUtil.getBytes(response.content()),
              latencyNanos,
              null));
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
      lost(context.channel(), "connection to " + node + " was closed before the whole answer");
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      lost(context.channel(), "connection to " + node + " failed: " + reason(cause));
    }
  }
}
