package io.quorate.http;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.Function;

/** Answers that a replica gives later. */
final class Later {

  private Later() {}

  /** Answers with what {@code shown} makes of the result. */
  static <T> void answer(Exchange exchange, CompletionStage<T> stage, Function<T, Answer> shown) {
    then(exchange, stage, result -> exchange.answer(shown.apply(result)));
  }

  /**
   * Goes on with the result. A stage that was rejected is too much at a time; one that fails
   * otherwise is this node's fault.
   */
  static <T> void then(Exchange exchange, CompletionStage<T> stage, Consumer<T> next) {
    CompletableFuture<T> known = stage.toCompletableFuture();
    if (known.isDone() && !known.isCompletedExceptionally()) {
      next.accept(known.join());
      return;
    }
    stage
        .thenAccept(next)
        .exceptionally(
            failure -> {
              if (isCancellation(failure)) {
                return null; // whoever asked has gone
              }
              if (isRejection(failure)) {
                exchange.refuse(Problem.unavailable("too many such requests wait already"));
              } else {
                Dispatcher.fail(exchange, failure);
              }
              return null;
            });
  }

  private static boolean isCancellation(Throwable failure) {
    return failure instanceof CancellationException
        || failure.getCause() instanceof CancellationException;
  }

  private static boolean isRejection(Throwable failure) {
    return failure instanceof RejectedExecutionException
        || failure.getCause() instanceof RejectedExecutionException;
  }
}
