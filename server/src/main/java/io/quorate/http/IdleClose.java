package io.quorate.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Closes a connection that holds its place without a use: for as long as is bound, or up to a
 * quarter longer, no head of a request came whole, nothing of a body came, no request waited for
 * its answer and no answer was on its way. A request that had begun is refused before. A leader
 * uses some of its connections rarely, so one that has carried a request of a leader is given ten
 * times as long.
 */
@SuppressWarnings("FutureReturnValueIgnored") // what fails is seen as the channel closing
final class IdleClose extends ChannelInboundHandlerAdapter {

  private static final int CHECKS = 4;
  private static final int LINK_CHECKS = 10 * CHECKS;

  private final RequestDecoder decoder;
  private final AnswerOrder order;
  private final Traffic traffic;
  private final long checkNanos;

  private @Nullable Future<?> nextCheck;

  /** Checks in a row that found nothing going on. */
  private int quietChecks;

  /** What {@link Traffic#parts} was at the last check. */
  private long partsSeen;

  /**
   * @param idleNanos how long nothing may go on
   */
  IdleClose(RequestDecoder decoder, AnswerOrder order, Traffic traffic, long idleNanos) {
    this.decoder = decoder;
    this.order = order;
    this.traffic = traffic;
    this.checkNanos = idleNanos / CHECKS;
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    checkLater(ctx);
    ctx.fireChannelActive();
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    Future<?> check = nextCheck;
    if (check != null) {
      check.cancel(false);
    }
    ctx.fireChannelInactive();
  }

  private void checkLater(ChannelHandlerContext ctx) {
    nextCheck = ctx.executor().schedule(() -> check(ctx), checkNanos, TimeUnit.NANOSECONDS);
  }

  private void check(ChannelHandlerContext ctx) {
    boolean busy = order.awaitsAnswer() || order.isSending(ctx);
    boolean received = traffic.parts() != partsSeen;
    partsSeen = traffic.parts();
    quietChecks = busy ? 0 : received ? 1 : quietChecks + 1;
    if (quietChecks > (traffic.isOfLeader() ? LINK_CHECKS : CHECKS)) {
      decoder.giveUp(
          BrokenRequest.late("nothing more of the request came for as long as a client may idle"));
      ctx.close();
    } else {
      checkLater(ctx);
    }
  }
}
