package io.quorate.http;

import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/** Finds out who answers a request, which also says how long its body may be. */
@Sharable
final class Routing extends ChannelInboundHandlerAdapter {

  private final Serving serving;

  Routing(Serving serving) {
    this.serving = serving;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (message instanceof Exchange exchange) {
      exchange.match(serving.now().routes().find(exchange.method(), exchange.target().path()));
    }
    ctx.fireChannelRead(message);
  }
}
