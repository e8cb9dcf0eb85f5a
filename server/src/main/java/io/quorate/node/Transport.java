package io.quorate.node;

import io.netty.channel.Channel;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;
import java.util.Optional;

/**
 * How this machine's sockets are read: Linux's epoll where its native library loads, Java's NIO
 * elsewhere.
 */
record Transport(
    String name,
    Class<? extends ServerSocketChannel> serverChannel,
    Class<? extends Channel> clientChannel,
    IoHandlerFactory handlers) {

  /**
   * Takes what is wanted, if it is to be had.
   *
   * @param wanted {@code auto}, {@code epoll} or {@code nio}
   * @return empty when it cannot be had here
   */
  static Optional<Transport> choose(String wanted) {
    boolean epoll = !wanted.equals("nio") && Epoll.isAvailable();
    if (epoll) {
      return Optional.of(
          new Transport(
              "epoll",
              EpollServerSocketChannel.class,
              EpollSocketChannel.class,
              EpollIoHandler.newFactory()));
    }
    if (wanted.equals("epoll")) {
      return Optional.empty();
    }
    return Optional.of(
        new Transport(
            "nio",
            NioServerSocketChannel.class,
            NioSocketChannel.class,
            NioIoHandler.newFactory()));
  }

  /** Event loops on threads of their own, whose timers are as exact as the kernel lets them be. */
  MultiThreadIoEventLoopGroup newGroup(int loops) {
    MultiThreadIoEventLoopGroup group =
        new MultiThreadIoEventLoopGroup(loops, new DefaultThreadFactory("loop"), handlers);
    for (EventExecutor loop : group) {
      loop.execute(TimerSlack::reduce);
    }
    return group;
  }
}
