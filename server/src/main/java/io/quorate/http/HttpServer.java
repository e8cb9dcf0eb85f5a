package io.quorate.http;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.GlobalEventExecutor;
import io.quorate.replication.FollowerReplica;
import io.quorate.replication.LeaderReplica;
import io.quorate.replication.Replica;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Serves a node's replica over HTTP/1.1. */
public final class HttpServer {

  private static final int WAITING_TO_BE_ACCEPTED = 1024;

  /**
   * Room for what one read of a connection takes up. A request that comes in one piece goes the
   * short way, so that the least is more than most batches of a leader; the room is lent for the
   * read alone.
   */
  private static final int LEAST_READ_BYTES = 8 << 10;

  private static final int FIRST_READ_BYTES = 16 << 10;
  private static final int MOST_READ_BYTES = 64 << 10;

  private final HttpOptions options;
  private final ChannelGroup connections =
      new DefaultChannelGroup("http", GlobalEventExecutor.INSTANCE);
  private volatile @Nullable Channel listening;
  private volatile boolean stopping;

  private final Budgets budgets;
  private final Serving serving = new Serving();
  private final HttpPipeline pipeline;

  public HttpServer(HttpOptions options) {
    this.options = options;
    this.budgets = Budgets.of(options);
    this.pipeline =
        new HttpPipeline(serving, options, connections, () -> stopping, budgets.counts());
  }

  static Routes routes(Replica replica, HttpOptions options) {
    return routes(replica, options, Budgets.of(options));
  }

  private static Routes routes(Replica replica, HttpOptions options, Budgets budgets) {
    if (replica instanceof LeaderReplica leader) {
      return Served.byLeader(leader, options, budgets);
    }
    if (replica instanceof FollowerReplica follower) {
      return Served.byFollower(follower, options, budgets);
    }
    throw new IllegalArgumentException("neither leader nor follower: " + replica);
  }

  /**
   * Starts to listen. Connections wait to be accepted until {@link #serve}.
   *
   * @param port 0 for any that is free
   * @return done when it listens, or failed when it cannot; its channel knows the port
   */
  public ChannelFuture bind(
      EventLoopGroup loops,
      Class<? extends ServerChannel> channelType,
      String bindAddress,
      int port) {
    ChannelFuture bound =
        new ServerBootstrap()
            .group(loops)
            .channel(channelType)
            .option(ChannelOption.SO_BACKLOG, WAITING_TO_BE_ACCEPTED)
            .option(ChannelOption.SO_REUSEADDR, true)
            .option(ChannelOption.AUTO_READ, false)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(
                ChannelOption.RECVBUF_ALLOCATOR,
                new AdaptiveRecvByteBufAllocator(
                    LEAST_READ_BYTES, FIRST_READ_BYTES, MOST_READ_BYTES))
            .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
            .childHandler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    channel.pipeline().addLast(pipeline);
                  }
                })
            .bind(bindAddress, port);
    listening = bound.channel();
    return bound;
  }

  /**
   * Accepts connections from now on; it listens already. May be called again, from any thread, when
   * the node's role changes: requests that come afterwards, on whichever connection, are answered
   * by the new one. Those under way are answered by the one that took them up.
   *
   * @param replica a {@link LeaderReplica} or a {@link FollowerReplica}; which of the two decides
   *     what is served
   */
  public void serve(Replica replica) {
    Channel channel = listening;
    if (channel == null) {
      throw new IllegalStateException("not listening yet");
    }
    serving.become(Serving.Part.of(routes(replica, options, budgets), options));
    if (channel.isOpen()) {
      channel.config().setAutoRead(true);
    }
  }

  /**
   * Stops: accepts no connection and takes no request any more, lets the requests under way be
   * answered, telling their clients that the connection closes, and closes each connection that has
   * none. May be called once, from any thread.
   *
   * @return done when the last connection is closed; how long that may take is for the caller to
   *     say
   */
  public CompletionStage<Void> stop() {
    stopping = true;
    Channel channel = listening;
    CompletableFuture<Void> stopped = new CompletableFuture<>();
    if (channel != null) {
      channel.close().addListener(closed -> closeConnections(stopped));
    } else {
      closeConnections(stopped);
    }
    return stopped;
  }

  private void closeConnections(CompletableFuture<Void> stopped) {
    for (Channel connection : connections) {
      connection.eventLoop().execute(() -> HttpPipeline.stop(connection));
    }
    connections.newCloseFuture().addListener(closed -> stopped.complete(null));
  }
}
