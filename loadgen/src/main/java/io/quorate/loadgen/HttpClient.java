package io.quorate.loadgen;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * The one event loop that all connections of a command share, on epoll where the machine has it and
 * on NIO elsewhere. One loop, because nodes on the same machine need the other processors, and
 * because what is recorded then has a single writer.
 */
public final class HttpClient implements AutoCloseable {
  private static final int CONNECT_TIMEOUT_MILLIS = 3_000;
  private static final Duration SHUTDOWN_LIMIT = Duration.ofSeconds(2);

  private final EventLoopGroup group;
  private final Bootstrap bootstrap;

  /** Starts the loop; {@link #close} ends it. */
  public HttpClient() {
    boolean epoll = Epoll.isAvailable();
    group =
        new MultiThreadIoEventLoopGroup(
            1,
            new DefaultThreadFactory("loadgen", true),
            epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
    bootstrap =
        new Bootstrap()
            .channel(epoll ? EpollSocketChannel.class : NioSocketChannel.class)
            .option(ChannelOption.TCP_NODELAY, true)
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_TIMEOUT_MILLIS);
    group.next().execute(TimerSlack::reduce);
  }

  /** The loop, which all that is sent and received belongs to. */
  EventLoop loop() {
    return group.next();
  }

  /** A connection to {@code node}, opened by its first request and again whenever it was lost. */
  HttpConnection connection(NodeUrl node, Duration answerLimit) {
    EventLoop loop = group.next();
    return new HttpConnection(loop, bootstrap.clone(loop), node, answerLimit);
  }

  /** One request on a connection of its own. Waits, within the limits of connecting and answer. */
  public Answer ask(NodeUrl node, Request request, Duration answerLimit) {
    try (HttpConnection connection = connection(node, answerLimit)) {
      return connection.ask(request).join();
    }
  }

  @Override
  public void close() {
    group
        .shutdownGracefully(0, SHUTDOWN_LIMIT.toMillis(), TimeUnit.MILLISECONDS)
        .awaitUninterruptibly(SHUTDOWN_LIMIT.toMillis());
  }
}
