package io.quorate.replication;

import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;

/**
 * Has something done at a moment at which what this node holds is a state at one version.
 *
 * <p>A leader's always is. A follower's is not while writes that were overtaken by newer ones are
 * still on their way to it, nor while a whole snapshot arrives, of which it shows part; of a
 * difference it shows nothing before it is complete. Under load such moments are short, so that
 * they are looked for after each request of the leader, too.
 *
 * <p>Owned by the core's loop.
 */
final class StateMoments {

  private record Waiting(Runnable action, long deadlineNanos, CompletableFuture<Boolean> done) {}

  private final EventLoop loop;
  private final BooleanSupplier present;

  /** Of few: whoever waits has a place for a snapshot that is being sent. */
  private final List<Waiting> waiting = new ArrayList<>();

  private boolean stopped;

  /**
   * @param present whether now is such a moment, asked on the loop
   */
  StateMoments(EventLoop loop, BooleanSupplier present) {
    this.loop = loop;
    this.present = present;
  }

  /**
   * Runs the action at the next such moment, on the loop; false, without having run it, when none
   * came in time. Any thread may call.
   */
  CompletionStage<Boolean> await(Runnable action, long timeoutNanos) {
    CompletableFuture<Boolean> done = new CompletableFuture<>();
    loop.execute(
        () -> {
          long now = System.nanoTime();
          waiting.add(new Waiting(action, now + timeoutNanos, done));
          look(now);
        });
    return done;
  }

  /** To be called whenever the state may have changed, and every few milliseconds. */
  void look(long nowNanos) {
    assert loop.inEventLoop();
    if (waiting.isEmpty()) {
      return;
    }
    boolean now = present.getAsBoolean();
    for (Waiting one : List.copyOf(waiting)) {
      if (now || stopped || nowNanos - one.deadlineNanos() >= 0) {
        waiting.remove(one);
        end(one, now);
      }
    }
  }

  private static void end(Waiting one, boolean now) {
    try {
      if (now) {
        one.action().run();
      }
      one.done().complete(now);
    } catch (Throwable bug) {
      Fatal.check(bug);
      one.done().completeExceptionally(bug);
    }
  }

  /** Nobody looks any more: whoever waits has waited in vain. */
  void stop(long nowNanos) {
    stopped = true;
    look(nowNanos);
  }
}
