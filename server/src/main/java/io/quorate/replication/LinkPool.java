package io.quorate.replication;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * The connections to one follower, opened when needed and kept. The follower's name is resolved
 * each time one is opened. Owned by the leader's loop.
 */
final class LinkPool {

  /** Largest answer of a follower that is taken. */
  private static final int MAX_ANSWER_BYTES = 16 << 20;

  private final EventLoop loop;
  private final NameResolver resolver;
  private final Bootstrap bootstrap;
  private final String host;
  private final int port;
  private final RequestHeads heads;
  private final ArrayDeque<LinkConnection> idle = new ArrayDeque<>();
  private final Set<LinkConnection> open = new HashSet<>();

  LinkPool(
      EventLoop loop,
      Class<? extends Channel> channelType,
      NameResolver resolver,
      URI url,
      long timeoutNanos) {
    this.loop = loop;
    this.resolver = resolver;
    this.host = url.getHost();
    this.port = url.getPort() < 0 ? 80 : url.getPort();
    this.heads = new RequestHeads(host + ":" + port);
    this.bootstrap =
        new Bootstrap()
            .group(loop)
            .channel(channelType)
            .option(ChannelOption.TCP_NODELAY, true)
            .option(
                ChannelOption.CONNECT_TIMEOUT_MILLIS,
                (int) TimeUnit.NANOSECONDS.toMillis(timeoutNanos));
  }

  /** Sends a request on an idle connection, or on a new one. The body is released. */
  void send(String path, ByteBuf body, LinkConnection.Exchange exchange) {
    assert loop.inEventLoop();
    LinkConnection connection = idle.poll();
    if (connection != null) {
      connection.send(path, body, exchange, System.nanoTime());
    } else {
      connect(path, body, exchange);
    }
  }

  private void connect(String path, ByteBuf body, LinkConnection.Exchange exchange) {
    LinkConnection connection = new LinkConnection(this, heads);
    open.add(connection);
    resolver
        .resolve(host)
        .whenCompleteAsync(
            (address, unresolved) -> {
              if (unresolved != null) {
                refuse(connection, body, exchange, unresolved);
                return;
              }
              bootstrap
                  .clone()
                  .handler(new Handlers(connection))
                  .connect(new InetSocketAddress(address, port))
                  .addListener(
                      (ChannelFutureListener)
                          connected -> onConnect(connection, connected, path, body, exchange));
            },
            loop);
  }

  private void onConnect(
      LinkConnection connection,
      ChannelFuture connected,
      String path,
      ByteBuf body,
      LinkConnection.Exchange exchange) {
    if (!connected.isSuccess()) {
      refuse(connection, body, exchange, connected.cause());
    } else if (!open.contains(connection)) {
      connected.channel().close();
      refuse(connection, body, exchange, new IllegalStateException("no longer wanted"));
    } else {
      connection.send(path, body, exchange, System.nanoTime());
    }
  }

  private void refuse(
      LinkConnection connection, ByteBuf body, LinkConnection.Exchange exchange, Throwable cause) {
    open.remove(connection);
    body.release();
    exchange.failed(cause);
  }

  void release(LinkConnection connection) {
    if (open.contains(connection)) {
      idle.push(connection);
    }
  }

  void forget(LinkConnection connection) {
    open.remove(connection);
    idle.remove(connection);
  }

  /** Fails the exchanges that have waited longer than they may. */
  void expire(long nowNanos) {
    for (LinkConnection connection : List.copyOf(open)) {
      if (connection.isOverdue(nowNanos)) {
        connection.fail(new IllegalStateException("no answer in time"));
      }
    }
  }

  /** Closes all; the exchanges under way fail. */
  void closeAll() {
    for (LinkConnection connection : List.copyOf(open)) {
      connection.fail(new IllegalStateException("the link starts over"));
    }
  }

  private static final class Handlers extends ChannelInitializer<Channel> {
    private final LinkConnection connection;

    Handlers(LinkConnection connection) {
      this.connection = connection;
    }

    @Override
    protected void initChannel(Channel channel) {
      channel.pipeline().addLast(new PlainAnswers(MAX_ANSWER_BYTES)).addLast(connection);
    }
  }
}
