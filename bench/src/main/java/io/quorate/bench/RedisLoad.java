package io.quorate.bench;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.quorate.loadgen.LocalCluster;
import io.quorate.loadgen.Refusal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A closed loop of {@code SET} of 64 bytes to one of 100 keys and {@code WAIT}, both in one write
 * of one connection; the next follows the two answers. One event loop.
 */
final class RedisLoad implements AutoCloseable {
  private static final int KEYS = 100;
  private static final int WAIT_LIMIT_MILLIS = 5_000;
  private static final Duration SHUTDOWN_LIMIT = Duration.ofSeconds(2);

  private final EventLoopGroup group;
  private final Bootstrap bootstrap;
  private final int port;

  /** The first answer that was no success, or how a connection ended within a turn. */
  private final AtomicReference<@Nullable String> refused = new AtomicReference<>();

  RedisLoad(int port) {
    this.port = port;
    boolean epoll = Epoll.isAvailable();
    group =
        new MultiThreadIoEventLoopGroup(
            1,
            new DefaultThreadFactory("redis-load", true),
            epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
    bootstrap =
        new Bootstrap()
            .group(group)
            .channel(epoll ? EpollSocketChannel.class : NioSocketChannel.class)
            .option(ChannelOption.TCP_NODELAY, true);
  }

  /**
   * Loads the primary for so long and returns the pairs answered per second.
   *
   * @param replicas that must have each write
   * @throws Refusal when an answer was an error, fewer replicas had it, or a connection ended or
   *     brought no answer
   */
  double perSecond(int replicas, int connections, Duration length, Bench bench) throws Refusal {
    List<byte[]> pairs = pairs(replicas);
    List<Lane> lanes = new ArrayList<>();
    List<Channel> open = new ArrayList<>();
    try {
      for (int each = 0; each < connections; each++) {
        Lane lane = new Lane(pairs, replicas, each);
        lanes.add(lane);
        open.add(connect(lane));
      }
      long[] before = answered(lanes);
      long startNanos = System.nanoTime();
      bench.pause(length);
      long[] after = answered(lanes);
      double seconds = (System.nanoTime() - startNanos) / 1e9;
      String problem = refused.get();
      if (problem != null) {
        throw Refusal.failed("redis-server answered " + problem);
      }
      return pairsBetween(before, after) / seconds;
    } finally {
      lanes.forEach(Lane::finish);
      open.forEach(channel -> channel.close().syncUninterruptibly());
    }
  }

  private static long[] answered(List<Lane> lanes) {
    return lanes.stream().mapToLong(Lane::pairsAnswered).toArray();
  }

  /**
   * The pairs answered on all connections.
   *
   * @throws Refusal when there are none on one of them
   */
  static long pairsBetween(long[] before, long[] after) throws Refusal {
    long sum = 0;
    for (int lane = 0; lane < after.length; lane++) {
      if (after[lane] <= before[lane]) {
        throw Refusal.failed("redis-server did not answer on a connection for a whole turn");
      }
      sum += after[lane] - before[lane];
    }
    return sum;
  }

  private Channel connect(Lane lane) throws Refusal {
    var connected =
        bootstrap
            .clone()
            .handler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    channel.pipeline().addLast(lane);
                  }
                })
            .connect(LocalCluster.HOST, port)
            .awaitUninterruptibly();
    if (!connected.isSuccess()) {
      throw Refusal.failed("redis-server: " + connected.cause().getMessage());
    }
    return connected.channel();
  }

  private static List<byte[]> pairs(int replicas) {
    List<byte[]> pairs = new ArrayList<>();
    for (int key = 0; key < KEYS; key++) {
      String pair =
          "*3\r\n$3\r\nSET\r\n$8\r\nkey-%04d\r\n$64\r\n%s\r\n".formatted(key, "x".repeat(64))
              + "*3\r\n$4\r\nWAIT\r\n$1\r\n%d\r\n$4\r\n%d\r\n"
                  .formatted(replicas, WAIT_LIMIT_MILLIS);
      pairs.add(pair.getBytes(StandardCharsets.US_ASCII));
    }
    return pairs;
  }

  /** One connection: two lines answer each pair, {@code +OK} and {@code :replicas}. */
  private final class Lane extends SimpleChannelInboundHandler<ByteBuf> {
    private final List<byte[]> pairs;
    private final int replicas;
    private final SplittableRandom random;
    private final StringBuilder line = new StringBuilder();
    private boolean set;

    /** Written by the loop. */
    private final AtomicLong pairsAnswered = new AtomicLong();

    /** Whether the turn is over, so that the connection may end. */
    private volatile boolean finished;

    private Lane(List<byte[]> pairs, int replicas, int seed) {
      this.pairs = pairs;
      this.replicas = replicas;
      random = new SplittableRandom(seed);
    }

    long pairsAnswered() {
      return pairsAnswered.get();
    }

    void finish() {
      finished = true;
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
      if (!finished) {
        refused.compareAndSet(null, "with the end of a connection");
      }
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
      next(context);
    }

    private void next(ChannelHandlerContext context) {
      context.writeAndFlush(
          Unpooled.wrappedBuffer(pairs.get(random.nextInt(KEYS))), context.voidPromise());
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, ByteBuf received) {
      while (received.isReadable()) {
        char next = (char) received.readByte();
        if (next == '\n') {
          answered(context, line.toString());
          line.setLength(0);
        } else if (next != '\r') {
          line.append(next);
        }
      }
    }

    private void answered(ChannelHandlerContext context, String answer) {
      if (!set) {
        set = true;
        check(answer, answer.equals("+OK"));
        return;
      }
      set = false;
      check(
          answer,
          answer.startsWith(":") && Integer.parseInt(answer, 1, answer.length(), 10) >= replicas);
      pairsAnswered.lazySet(pairsAnswered.getPlain() + 1);
      next(context);
    }

    private void check(String answer, boolean asItShouldBe) {
      if (!asItShouldBe) {
        refused.compareAndSet(null, answer);
      }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      refused.compareAndSet(null, String.valueOf(cause.getMessage()));
      context.close();
    }
  }

  @Override
  public void close() {
    group
        .shutdownGracefully(0, SHUTDOWN_LIMIT.toMillis(), TimeUnit.MILLISECONDS)
        .awaitUninterruptibly(SHUTDOWN_LIMIT.toMillis());
  }
}
