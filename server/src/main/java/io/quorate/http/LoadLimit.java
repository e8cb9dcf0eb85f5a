package io.quorate.http;

import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/** Refuses requests that are too many for the node, before their bodies are read. */
@Sharable
final class LoadLimit extends ChannelInboundHandlerAdapter {

  private final NodeLoad load;

  LoadLimit(NodeLoad load) {
    this.load = load;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    Problem problem = message instanceof Exchange exchange ? load.refusal(exchange) : null;
    if (problem == null) {
      ctx.fireChannelRead(message);
      return;
    }
    Exchange exchange = (Exchange) message;
    Answer refusal = exchange.refusal(problem);
    exchange.answer(exchange.announcesBody() ? refusal.closing() : refusal);
  }
}
