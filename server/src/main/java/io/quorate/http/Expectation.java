package io.quorate.http;

import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponseStatus;
import org.jspecify.annotations.Nullable;

/**
 * Serves {@code Expect: 100-continue}: a request that will be refused whatever its body is refused
 * before the body is sent; any other is told to go on.
 */
@Sharable
final class Expectation extends ChannelInboundHandlerAdapter {

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (message instanceof Exchange exchange
        && exchange.head().protocolVersion().isKeepAliveDefault()) {
      String expected = exchange.headers().get(HttpHeaderNames.EXPECT);
      Answer refusal = expected == null ? null : refusal(exchange, expected);
      if (refusal != null) {
        exchange.answer(refusal.closing());
        return;
      }
      if (expected != null && exchange.announcesBody()) {
        exchange.askForBody();
      }
    }
    ctx.fireChannelRead(message);
  }

  private static @Nullable Answer refusal(Exchange exchange, String expected) {
    if (!HttpHeaderValues.CONTINUE.contentEqualsIgnoreCase(expected)) {
      return exchange.refusal(
          Problem.of(
              HttpResponseStatus.EXPECTATION_FAILED,
              "Expect: " + PercentCode.shown(expected) + ": it takes 100-continue"));
    }
    return exchange.match().action().refusedWithoutBody(exchange);
  }
}
