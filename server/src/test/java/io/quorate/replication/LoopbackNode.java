package io.quorate.replication;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoop;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.quorate.core.LeaderLimits;
import io.quorate.core.Life;
import io.quorate.core.Membership;
import io.quorate.core.Node;
import io.quorate.core.NodeState;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A live node without a disk on a socket of its own: it serves other nodes, and its clients are the
 * test.
 */
final class LoopbackNode {

  private static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final LeaderLimits LIMITS =
      new LeaderLimits(
          Long.MAX_VALUE,
          1 << 20,
          10_000,
          1 << 20,
          100,
          10_000,
          1 << 20,
          1 << 16,
          100,
          100,
          600_000,
          4 * SECOND_NANOS,
          SECOND_NANOS / 20,
          SECOND_NANOS);
  private static final int LINK_CONNECTIONS = 64;

  /** Sees each request of another node before the node does. */
  interface Observer {

    /**
     * A request has arrived whole.
     *
     * @param path what follows {@code /v1/replication/}
     * @param body to be looked at, not kept
     */
    void heard(String path, ByteBuf body);
  }

  private final EventLoop loop;
  private final String id;
  private final Observer observer;
  private final Channel listening;
  private final SplittableRandom random;

  private volatile @Nullable LiveNode live;

  /** Whether what other nodes ask gets lost. */
  private volatile boolean deaf;

  /** Told on the node's loop what it shows from now on. */
  private volatile Consumer<Replica> watcher = next -> {};

  /** What it shows to clients now. */
  private volatile @Nullable Replica shown;

  /** Listens; it is to be started before anyone asks it. */
  LoopbackNode(EventLoop loop, String id, long seed, Observer observer) {
    this.loop = loop;
    this.id = id;
    this.observer = observer;
    this.random = new SplittableRandom(seed);
    listening =
        new ServerBootstrap()
            .group(loop)
            .channel(NioServerSocketChannel.class)
            .childHandler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    channel
                        .pipeline()
                        .addLast(new HttpServerCodec())
                        .addLast(new HttpObjectAggregator(1 << 20))
                        .addLast(new FromNodes());
                  }
                })
            .bind("127.0.0.1", 0)
            .syncUninterruptibly()
            .channel();
  }

  /** Where it is reached, by nodes and clients. */
  String url() {
    return "http://127.0.0.1:" + ((InetSocketAddress) listening.localAddress()).getPort();
  }

  /** Whether the caller is the thread that owns its store. */
  boolean isOnLoop() {
    return loop.inEventLoop();
  }

  String id() {
    return id;
  }

  LoopbackNode follow() {
    return start(null, new Settings(0, 0, 0, SECOND_NANOS));
  }

  /** Leads these as soon as the default write quorum of them has answered. */
  LoopbackNode lead(List<LoopbackNode> followers, Settings settings) {
    List<String> urls = new ArrayList<>();
    urls.add(url());
    followers.forEach(follower -> urls.add(follower.url()));
    return start(
        new Membership(
            urls, 0, settings.writeQuorum(), settings.minDelayNanos(), settings.maxDelayNanos()),
        settings);
  }

  private LoopbackNode start(@Nullable Membership configured, Settings settings) {
    Life life = new Life(random.nextLong(), random.nextLong());
    LiveNode made =
        new LiveNode(
            new Identity(id, url(), "nio", life.incarnation(), System.nanoTime()),
            loop,
            NioSocketChannel.class,
            new Node.Terms(
                life,
                configured,
                settings.writeQuorum(),
                false,
                1,
                0,
                0,
                LIMITS,
                () -> 0,
                random::nextLong),
            new NodeState(1 << 20),
            Keeping.NOTHING,
            settings,
            LINK_CONNECTIONS,
            random.nextLong(),
            this::show);
    live = made;
    made.start().toCompletableFuture().join();
    return this;
  }

  private void show(Replica replica) {
    shown = replica;
    watcher.accept(replica);
  }

  /** From now on told, on the node's loop, whenever it shows something else. */
  void whenShown(Consumer<Replica> newWatcher) {
    watcher = newWatcher;
  }

  LiveNode live() {
    return Objects.requireNonNull(live, "not started");
  }

  Replica shown() {
    return Objects.requireNonNull(shown, "not started");
  }

  /**
   * From now on other nodes' requests are read and not answered, as by a process that stands still.
   */
  void cutOff() {
    deaf = true;
  }

  /** Whether it shows a leader that serves. */
  boolean serves() {
    return shown() instanceof LeaderReplica leader && leader.obstacle().isEmpty();
  }

  LeaderReplica leader() {
    return (LeaderReplica) shown();
  }

  boolean isLevel() {
    return shown() instanceof FollowerReplica follower && follower.isLevel();
  }

  NodeStatus status() {
    return shown().status().toCompletableFuture().join();
  }

  /** Hands what other nodes ask to the node. */
  private final class FromNodes extends SimpleChannelInboundHandler<FullHttpRequest> {
    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
      if (deaf) {
        return;
      }
      String path = request.uri().substring("/v1/replication/".length());
      observer.heard(path, request.content().duplicate());
      live()
          .onReplication(path, request.content().retain())
          .thenAccept(answer -> context.writeAndFlush(response(answer)));
    }
  }

  private static FullHttpResponse response(Replica.ReplicationAnswer answer) {
    FullHttpResponse response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(answer.status()), answer.body());
    HttpUtil.setContentLength(response, answer.body().readableBytes());
    return response;
  }
}
