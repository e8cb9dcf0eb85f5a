package io.quorate.http;

import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpResponseStatus;

/**
 * Refuses a body that says it is longer than its route takes, or than there is room for now, before
 * any of it is read.
 */
@Sharable
final class BodyLimit extends ChannelInboundHandlerAdapter {

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (message instanceof Exchange exchange) {
      ReceivedBytes budget = exchange.match().budget();
      if (exchange.declaredLength() > exchange.match().maxBodyBytes()) {
        exchange.answer(refusal(exchange).closing());
        return;
      }
      if (budget != null && !budget.fits(exchange.declaredLength())) {
        exchange.answer(overBudget(exchange).closing());
        return;
      }
    }
    ctx.fireChannelRead(message);
  }

  static Answer refusal(Exchange exchange) {
    return exchange.refusal(
        Problem.of(
            HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE,
            "the body is longer than the "
                + exchange.match().maxBodyBytes()
                + " bytes that are taken here"));
  }

  static Answer overBudget(Exchange exchange) {
    return exchange.refusal(
        Problem.unavailable("this node is receiving as many bytes of bodies as it may hold")
            .counted(Ending.BODIES_FULL));
  }
}
