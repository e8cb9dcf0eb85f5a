package io.quorate.replication;

import io.netty.channel.EventLoop;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Has the replicas compared once the followers are level, and again until it can be said or the
 * time or the leadership is over. Waits on the leader's loop, so that a long wait takes no thread
 * from the next.
 */
final class ConvergenceWait {

  private static final long PAUSE_MILLIS = 10;

  private final EventLoop loop;
  private final Supplier<ConvergenceCheck.Standing> standing;
  private final Supplier<CompletionStage<Convergence>> compare;
  private final long deadlineNanos;
  private final CompletableFuture<Convergence> result = new CompletableFuture<>();

  /**
   * Waits for nothing before {@link #start}.
   *
   * @param standing called on the loop
   * @param compare compares once, elsewhere
   */
  ConvergenceWait(
      EventLoop loop,
      Supplier<ConvergenceCheck.Standing> standing,
      Supplier<CompletionStage<Convergence>> compare,
      long deadlineNanos) {
    this.loop = loop;
    this.standing = standing;
    this.compare = compare;
    this.deadlineNanos = deadlineNanos;
  }

  CompletionStage<Convergence> start() {
    loop.execute(this::look);
    return result;
  }

  private void look() {
    try {
      lookAt(standing.get());
    } catch (RuntimeException bug) {
      result.completeExceptionally(bug);
    }
  }

  private void lookAt(ConvergenceCheck.Standing now) {
    boolean over = System.nanoTime() - deadlineNanos >= 0;
    if (!now.leading()) {
      result.complete(ConvergenceCheck.ended(now));
    } else if (over || now.allLevel()) {
      compare.get().whenCompleteAsync((found, failure) -> compared(found, failure, over), loop);
    } else {
      lookLater();
    }
  }

  private void compared(@Nullable Convergence found, @Nullable Throwable failure, boolean over) {
    if (found == null) {
      result.completeExceptionally(
          failure == null ? new IllegalStateException("compared nothing") : failure);
    } else if (over || found.converged() != null) {
      result.complete(found);
    } else {
      lookLater();
    }
  }

  private void lookLater() {
    loop.schedule(this::look, PAUSE_MILLIS, TimeUnit.MILLISECONDS);
  }
}
