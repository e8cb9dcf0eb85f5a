package io.quorate.replication;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoop;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.quorate.core.Mutation;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A follower on loopback that notes when each version first arrived, and in which order. */
final class RecordingFollower {

  /** Versions in the order of their arrival. */
  final List<Long> arrivals = new CopyOnWriteArrayList<>();

  /** When each arrived, {@link System#nanoTime}. */
  final Map<Long, Long> arrivedNanos = new ConcurrentHashMap<>();

  final FollowerNode node;
  private final Channel listening;

  RecordingFollower(EventLoop loop, long incarnation) {
    node =
        new FollowerNode(
            new Identity("f" + incarnation, "http://unused", "nio", incarnation, 0), loop, 1);
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
                        .addLast(new Requests());
                  }
                })
            .bind("127.0.0.1", 0)
            .syncUninterruptibly()
            .channel();
  }

  URI url() {
    return URI.create(
        "http://127.0.0.1:" + ((InetSocketAddress) listening.localAddress()).getPort());
  }

  private void note(ByteBuf append) {
    for (Mutation mutation : ReplicationFormat.readAppend(append).mutations()) {
      if (arrivedNanos.putIfAbsent(mutation.version(), System.nanoTime()) == null) {
        arrivals.add(mutation.version());
      }
    }
  }

  private final class Requests extends SimpleChannelInboundHandler<FullHttpRequest> {
    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
      String path = request.uri().substring("/v1/replication/".length());
      if (path.equals(ReplicationFormat.APPEND)) {
        note(request.content().duplicate());
      }
      node.onReplication(path, request.content().retain())
          .thenAccept(
              answer -> {
                FullHttpResponse response =
                    new DefaultFullHttpResponse(
                        HttpVersion.HTTP_1_1,
                        HttpResponseStatus.valueOf(answer.status()),
                        answer.body());
                HttpUtil.setContentLength(response, answer.body().readableBytes());
                context.writeAndFlush(response);
              });
    }
  }
}
