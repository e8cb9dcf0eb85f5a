package io.quorate.loadgen;

import io.netty.channel.EventLoop;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A closed loop: each lane sends its next request when the last one has ended. What the nodes can
 * carry shows in the rate; a stall shows in no more requests than there are lanes.
 */
final class ClosedLoop implements Pace {
  /** Pause of a lane whose request was refused or lost, so that failing does not spin. */
  private static final long FAILED_PAUSE_MILLIS = 20;

  private final Traffic traffic;
  private final EventLoop loop;
  private final Quota quota;
  private final CompletableFuture<RunEnd> done = new CompletableFuture<>();
  private long startNanos;

  /** Lanes with a request under way, or in a pause. */
  private int going;

  private boolean ending;
  private @Nullable String cutShort;

  ClosedLoop(Traffic traffic, EventLoop loop, Quota quota) {
    this.traffic = traffic;
    this.loop = loop;
    this.quota = quota;
  }

  @Override
  public void start(List<Lane> lanes) {
    startNanos = System.nanoTime();
    going = lanes.size();
    lanes.forEach(this::next);
  }

  private void next(Lane lane) {
    if (traffic.log().isFull()) {
      cutShort = "more than " + WriteLog.MOST_UNCONFIRMED + " writes failed";
      ending = true;
    }
    long nowNanos = System.nanoTime();
    if (!ending && !quota.isUsedUp(traffic.writesBegun(), nowNanos - startNanos)) {
      lane.send(Lane.WHEN_SENT);
      return;
    }
    going--;
    if (going == 0) {
      done.complete(new RunEnd((nowNanos - startNanos) / 1e9, null, cutShort));
    }
  }

  @Override
  public void free(Lane lane, boolean succeeded) {
    if (succeeded) {
      next(lane);
    } else {
      nextAfterPause(lane);
    }
  }

  /** Nobody cancels the pause: what comes after it looks whether the connections were closed. */
  @SuppressWarnings("FutureReturnValueIgnored")
  private void nextAfterPause(Lane lane) {
    loop.schedule(
        () -> {
          if (!traffic.isStopped()) {
            next(lane);
          }
        },
        FAILED_PAUSE_MILLIS,
        TimeUnit.MILLISECONDS);
  }

  @Override
  public void end() {
    ending = true;
  }

  /** What is under way its lanes account for; nothing waits to be sent. */
  @Override
  public void stopped() {
    ending = true;
  }

  @Override
  public CompletableFuture<RunEnd> done() {
    return done;
  }
}
