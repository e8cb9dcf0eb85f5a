package io.quorate.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Bounds how long a client may take over a head, and over a body, each from its first byte: bytes
 * that trickle in gain no time. Bodies of requests of other nodes, which may be long and come over
 * a slow link, are given ten times as long. Owned by the connection's loop.
 */
final class ReceiveTime {

  private static final int NODE_FACTOR = 10;

  private enum Running {
    NONE,
    HEAD,
    BODY
  }

  private final HttpOptions.Timeouts timeouts;
  private final Consumer<BrokenRequest> giveUp;

  private Running running = Running.NONE;

  /** Null exactly while none is running. */
  private @Nullable Future<?> end;

  /**
   * @param giveUp told when the time is over, with what is to be said
   */
  ReceiveTime(HttpOptions.Timeouts timeouts, Consumer<BrokenRequest> giveUp) {
    this.timeouts = timeouts;
    this.giveUp = giveUp;
  }

  /** Part of a head is there. */
  void head(ChannelHandlerContext ctx) {
    run(ctx, Running.HEAD, timeouts.headNanos(), "the head of the request");
  }

  /** Part of a body is there. */
  void body(ChannelHandlerContext ctx, boolean ofNode) {
    run(
        ctx,
        Running.BODY,
        ofNode ? NODE_FACTOR * timeouts.bodyNanos() : timeouts.bodyNanos(),
        "the body");
  }

  /** Nothing is waited for, or nothing of it has come; or it is another from now on. */
  void none() {
    Future<?> scheduled = end;
    if (scheduled != null) {
      scheduled.cancel(false);
      end = null;
      running = Running.NONE;
    }
  }

  private void run(ChannelHandlerContext ctx, Running what, long nanos, String name) {
    if (running == what) {
      return;
    }
    none();
    running = what;
    end = ctx.executor().schedule(() -> end(name, nanos), nanos, TimeUnit.NANOSECONDS);
  }

  private void end(String name, long nanos) {
    none();
    giveUp.accept(
        BrokenRequest.late(
            name
                + " was not whole "
                + TimeUnit.NANOSECONDS.toMillis(nanos)
                + " ms after its first byte, which is as long as it may take"));
  }
}
