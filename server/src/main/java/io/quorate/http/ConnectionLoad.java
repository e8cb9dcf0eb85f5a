package io.quorate.http;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What one connection holds, counted into what its node does; and how long its client takes nothing
 * of what is sent to it: when that is too long, the connection is cut. Owned by the connection's
 * loop.
 */
@SuppressWarnings("FutureReturnValueIgnored") // what fails is seen as the channel closing
final class ConnectionLoad {

  private static final int CHECKS = 4;

  private final NodeLoad load;
  private final long checkNanos;

  /** What is counted into the node's. */
  private int requests;

  private long heldBytes;
  private long unsentBytes;

  /** So much of what is unsent is not counted into the node's, but bounded otherwise. */
  private long ownBytes;

  /** Bytes ever handed to the socket. */
  private long handedBytes;

  /** Those of them that the client had taken at the last check, less what the queue itself adds. */
  private long takenBytes;

  /** Checks in a row that found nothing taken. */
  private int quietChecks;

  private @Nullable Future<?> nextCheck;

  /** Whether we are told when all is sent. */
  private boolean awaitsSent;

  private boolean ended;

  /**
   * @param answerNanos how long nothing may be taken, or up to a quarter longer
   */
  ConnectionLoad(NodeLoad load, long answerNanos) {
    this.load = load;
    this.checkNanos = answerNanos / CHECKS;
  }

  /** These bytes are handed to the socket, to be flushed. */
  void handOver(long bytes) {
    handedBytes += bytes;
  }

  /**
   * @param open requests without an answer, or whose answer waits behind another
   * @param held bytes of the answers that wait
   */
  void open(int open, long held) {
    if (open != requests && !ended) {
      load.addRequests(open - requests);
      requests = open;
    }
    if (held != heldBytes && !ended) {
      load.addAnswerBytes(held - heldBytes);
      heldBytes = held;
    }
  }

  /** All that is handed over is flushed: looks at what the socket did not take. */
  void flushed(ChannelHandlerContext ctx) {
    count(unsent(ctx));
    if (unsentBytes > 0 && !awaitsSent && !ended) {
      awaitsSent = true;
      // Told in the midst of a write: what it wrote still counts then.
      ctx.writeAndFlush(Unpooled.EMPTY_BUFFER)
          .addListener(sent -> ctx.executor().execute(() -> allSent(ctx)));
    }
    if (unsentBytes > 0 && nextCheck == null && !ended) {
      quietChecks = 0;
      takenBytes = handedBytes - unsentBytes;
      checkLater(ctx);
    }
  }

  /** Whether part of an answer is on its way to the client. */
  boolean isSending(ChannelHandlerContext ctx) {
    return unsent(ctx) > 0;
  }

  private void allSent(ChannelHandlerContext ctx) {
    awaitsSent = false;
    if (!ended) {
      flushed(ctx);
    }
  }

  private void count(long unsent) {
    if (unsent != unsentBytes && !ended) {
      load.addAnswerBytes(shared(unsent) - shared(unsentBytes));
      unsentBytes = unsent;
    }
  }

  private long shared(long unsent) {
    return Math.max(0, unsent - ownBytes);
  }

  /** So many bytes are this connection's own from now on: they are not counted with all others. */
  void own(long bytes) {
    long before = shared(unsentBytes);
    ownBytes = bytes;
    load.addAnswerBytes(shared(unsentBytes) - before);
  }

  private static long unsent(ChannelHandlerContext ctx) {
    ChannelOutboundBuffer buffer = ctx.channel().unsafe().outboundBuffer();
    return buffer == null ? 0 : buffer.totalPendingWriteBytes() - buffer.currentProgress();
  }

  private void checkLater(ChannelHandlerContext ctx) {
    nextCheck = ctx.executor().schedule(() -> check(ctx), checkNanos, TimeUnit.NANOSECONDS);
  }

  private void check(ChannelHandlerContext ctx) {
    nextCheck = null;
    count(unsent(ctx));
    long taken = handedBytes - unsentBytes;
    quietChecks = taken > takenBytes ? 0 : quietChecks + 1;
    takenBytes = taken;
    if (unsentBytes == 0) {
      return;
    }
    if (quietChecks >= CHECKS) {
      GentleClose.cut(ctx.channel());
    } else {
      checkLater(ctx);
    }
  }

  /** The connection is gone. */
  void end() {
    open(0, 0);
    count(0);
    ended = true;
    Future<?> check = nextCheck;
    if (check != null) {
      check.cancel(false);
    }
  }
}
