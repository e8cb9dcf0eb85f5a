package io.quorate.http;

import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpResponseStatus;

/** Refuses a body that says it is longer than its route takes, before any of it is read. */
@Sharable
final class BodyLimit extends ChannelInboundHandlerAdapter {

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (message instanceof Exchange exchange
        && exchange.declaredLength() > exchange.match().maxBodyBytes()) {
      exchange.answer(refusal(exchange).closing());
    } else {
      ctx.fireChannelRead(message);
    }
  }

  static Answer refusal(Exchange exchange) {
    return exchange.refusal(
        Problem.of(
            HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE,
            "the body is longer than the "
                + exchange.match().maxBodyBytes()
                + " bytes that are taken here"));
  }
}
