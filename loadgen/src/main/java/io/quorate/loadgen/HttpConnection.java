package io.quorate.loadgen;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoop;
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
  private static final long WATCH_MILLIS = 100;

  private final EventLoop loop;
  private final Bootstrap bootstrap;
  private final NodeUrl node;
  private final Duration answerLimit;

  private @Nullable Channel channel;

  /** Who waits for the answer. Invariant: not null exactly while a request is under way. */
  private @Nullable Consumer<Answer> waiting;

  /** Whether who waits wants the body too. */
  private boolean keepsBody;

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
                        .addLast(new AnswerDecoder(new Receiving(opened)))
                        .addLast(new LossHandler());
                  }
                });
  }

  EventLoop loop() {
    return loop;
  }

  /**
   * Sends a request, of which it releases one reference, and calls {@code whenDone} on the event
   * loop exactly once: with the whole answer, or with why there is none. Only on the event loop,
   * and only when no request is under way.
   *
   * @param keepsBody whether the answer is to come with its body
   */
  void send(ByteBuf request, boolean keepsBody, Consumer<Answer> whenDone) {
    assert loop.inEventLoop();
    assert waiting == null;
    waiting = whenDone;
    this.keepsBody = keepsBody;
    sentNanos = System.nanoTime();
    Channel open = channel;
    if (closed) {
      request.release();
      fail("closed");
    } else if (open != null && open.isActive()) {
      write(open, request);
    } else {
      bootstrap.connect().addListener((ChannelFuture connect) -> connected(connect, request));
    }
  }

  /** Sends a request and keeps the body of its answer. From any thread but the event loop's. */
  CompletableFuture<Answer> ask(Request request) {
    CompletableFuture<Answer> answer = new CompletableFuture<>();
    loop.execute(() -> send(request.encode(node), true, answer::complete));
    return answer;
  }

  private void connected(ChannelFuture connect, ByteBuf request) {
    if (!connect.isSuccess() || closed) {
      request.release();
      connect.channel().close();
      fail("no connection to " + node + ": " + reason(connect.cause()));
      return;
    }
    Channel opened = connect.channel();
    channel = opened;
    watch(opened);
    write(opened, request);
  }

  /** A write that fails is told to {@link LossHandler}, at no cost to those that do not. */
  private void write(Channel open, ByteBuf request) {
    sentNanos = System.nanoTime();
    open.writeAndFlush(request, open.voidPromise());
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
    fail(why);
  }

  /** Not at once: the loss may come to light while its request is being sent. */
  private void fail(String why) {
    Answer none = Answer.none(why);
    loop.execute(() -> finish(none));
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

  private final class Receiving implements AnswerDecoder.Receiver {
    private final Channel from;

    Receiving(Channel from) {
      this.from = from;
    }

    @Override
    public boolean wantsBody() {
      return keepsBody;
    }

    @Override
    public void answer(int status, @Nullable KeyVersion version, byte[] body, boolean isLast) {
      if (waiting == null) {
        lost(from, node + " answers what was not asked");
        return;
      }
      if (isLast) {
        channel = null;
        from.close();
      }
      finish(new Answer(status, version, body, sentNanos, System.nanoTime(), null));
    }

    @Override
    public void unreadable(String why) {
      lost(from, node + ": " + why);
    }
  }

  private final class LossHandler extends ChannelInboundHandlerAdapter {
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
