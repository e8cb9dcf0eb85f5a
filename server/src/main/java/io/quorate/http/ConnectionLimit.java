package io.quorate.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.AttributeKey;
import io.netty.util.ReferenceCountUtil;

/**
 * Counts the connections of a server. One beyond the limit is told 503 and closed; when even those
 * that are being told so are many, it is closed without a word.
 */
@SuppressWarnings("FutureReturnValueIgnored") // what fails is seen as the channel closing
@Sharable
final class ConnectionLimit extends ChannelInboundHandlerAdapter {

  private static final int TOLD_AT_A_TIME = 64;
  private static final AttributeKey<Boolean> REFUSED =
      AttributeKey.valueOf(ConnectionLimit.class, "refused");

  private final int maxConnections;
  private final HttpCounts counts;

  ConnectionLimit(int maxConnections, HttpCounts counts) {
    this.maxConnections = maxConnections;
    this.counts = counts;
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    int count = counts.connections.incrementAndGet();
    if (count <= maxConnections) {
      ctx.fireChannelActive();
      return;
    }
    counts.refusedConnections.increment();
    ctx.channel().attr(REFUSED).set(true);
    if (count - maxConnections > TOLD_AT_A_TIME) {
      ctx.channel().unsafe().closeForcibly();
      channelInactive(ctx);
    } else {
      ctx.writeAndFlush(refusal()).addListener(ChannelFutureListener.CLOSE);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    counts.connections.decrementAndGet();
    ctx.fireChannelInactive();
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (ctx.channel().hasAttr(REFUSED)) {
      ReferenceCountUtil.release(message);
    } else {
      ctx.fireChannelRead(message);
    }
  }

  private ByteBuf refusal() {
    Answer answer =
        Problem.unavailable(maxConnections + " connections are open, as many as may be").answer();
    AsciiText head = AsciiText.begin();
    Framing.closingHead(head, answer);
    return Unpooled.wrappedBuffer(Unpooled.wrappedBuffer(head.toBytes()), answer.body());
  }
}
