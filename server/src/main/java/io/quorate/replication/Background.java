package io.quorate.replication;

import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * A thread for what is too long for an event loop: digests and comparisons. Its queue is bounded.
 */
public final class Background {

  private static final int QUEUE = 16;

  private final ThreadPoolExecutor executor;

  public Background(String name) {
    executor =
        new ThreadPoolExecutor(
            1,
            1,
            10,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(QUEUE),
            new DefaultThreadFactory(name, true));
    executor.allowCoreThreadTimeOut(true);
  }

  /** The stage fails with {@link RejectedExecutionException} when too much waits already. */
  public <T> CompletionStage<T> call(Callable<T> task) {
    CompletableFuture<T> result = new CompletableFuture<>();
    try {
      executor.execute(
          () -> {
            try {
              result.complete(task.call());
            } catch (Throwable failure) {
              Fatal.check(failure);
              result.completeExceptionally(failure);
            }
          });
    } catch (RejectedExecutionException tooMuchWaits) {
      result.completeExceptionally(tooMuchWaits);
    }
    return result;
  }
}
