package io.quorate.loadgen;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpRequestDecoder;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Answers every request with a version, on one thread, which can be told to stand still. */
final class PausingNode implements AutoCloseable {
  private final EventLoopGroup group =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final Channel listening;
  private volatile long requests;
  private volatile long pauseAt = -1;
  private volatile long pauseNanos;
  private volatile long answerNanos;

  PausingNode() {
    listening =
        new ServerBootstrap()
            .group(group)
            .channel(NioServerSocketChannel.class)
            .childHandler(
                new ChannelInitializer<>() {
                  @Override
                  protected void initChannel(Channel accepted) {
                    accepted
                        .pipeline()
                        .addLast(new HttpRequestDecoder(), new HttpObjectAggregator(1 << 20))
                        .addLast(new Answering());
                  }
                })
            .bind("127.0.0.1", 0)
            .syncUninterruptibly()
            .channel();
  }

  NodeUrl url() {
    return new NodeUrl("127.0.0.1", ((InetSocketAddress) listening.localAddress()).getPort());
  }

  long requests() {
    return requests;
  }

  /** Stands still for so long when that many requests have come. */
  void pauseAtRequest(long number, long millis) {
    pauseNanos = TimeUnit.MILLISECONDS.toNanos(millis);
    pauseAt = number;
  }

  /** Takes so long for each answer, one after the other. */
  void answerAfter(long nanos) {
    answerNanos = nanos;
  }

  @Override
  public void close() {
    group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
  }

  private static void standStill(long nanos) {
    long untilNanos = System.nanoTime() + nanos;
    for (long left = nanos; left > 0; left = untilNanos - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }

  private final class Answering extends SimpleChannelInboundHandler<FullHttpRequest> {
    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
      long number = requests + 1;
      requests = number;
      if (number == pauseAt) {
        standStill(pauseNanos);
      } else if (answerNanos > 0) {
        standStill(answerNanos);
      }
      ByteBuf answer =
          Unpooled.copiedBuffer(
              "HTTP/1.1 200 OK\r\netag: \"1." + number + "\"\r\ncontent-length: 0\r\n\r\n",
              StandardCharsets.US_ASCII);
      context.pipeline().firstContext().writeAndFlush(answer);
    }
  }
}
