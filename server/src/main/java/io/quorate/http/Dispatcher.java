package io.quorate.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.quorate.replication.Fatal;
import java.io.IOException;
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

  Dispatcher(AnswerOrder order) {
    this.order = order;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    dispatch((Exchange) message);
  }

  /** Hands a whole request to its route. */
  static void dispatch(Exchange exchange) {
    try {
      exchange.match().action().answer(exchange);
    } catch (Throwable bug) {
      Fatal.check(bug);
      fail(exchange, bug);
    }
    exchange.dropBody();
  }

  /** The same for one whose body was read at once, which counts as being received until it is. */
  static void dispatchReceived(Exchange exchange) {
    ReceivedBytes budget = exchange.match().budget();
    int length = exchange.body().length;
    if (budget == null || length == 0) {
      dispatch(exchange);
    } else if (budget.reserve(length)) {
      dispatch(exchange);
      budget.release(length);
    } else {
      exchange.answer(BodyLimit.overBudget(exchange).closing());
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    Fatal.check(cause);
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
