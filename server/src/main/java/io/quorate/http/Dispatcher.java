package io.quorate.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.quorate.replication.Fatal;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has each whole request answered by its route. What no handler expected ends here: it is logged
 * once, the client is told 500 and the connection is closed.
 */
@SuppressWarnings("FutureReturnValueIgnored") // what fails is seen as the channel closing
final class Dispatcher extends ChannelInboundHandlerAdapter {

  private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);

  private final AnswerOrder order;

  /** The request that is being handed to its route. */
  private @Nullable Exchange current;

  Dispatcher(AnswerOrder order) {
    this.order = order;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    Exchange exchange = (Exchange) message;
    current = exchange;
    exchange.match().action().answer(exchange);
    exchange.dropBody();
    current = null;
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    Fatal.check(cause);
    Exchange exchange = current;
    current = null;
    if (exchange != null) {
      fail(exchange, cause);
      return;
    }
    if (cause instanceof IOException) {
      LOG.debug("connection {} broke", ctx.channel(), cause);
    } else {
      LOG.error("connection {} failed", ctx.channel(), cause);
    }
    order.turnDeaf();
    ctx.close();
  }

  /** Answers a request that met a fault of this node. A write may have got through all the same. */
  static void fail(Exchange exchange, Throwable cause) {
    LOG.error("{} {} failed", exchange.method(), exchange.target().path(), cause);
    Problem problem = Problem.internal();
    exchange.answer(
        (exchange.isWrite() ? problem.outcome(Problem.Outcome.UNKNOWN) : problem)
            .answer()
            .closing());
  }
}
