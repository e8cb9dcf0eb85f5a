package io.quorate.http;

import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** Answers that a replica gives later. */
final class Later {

  private Later() {}

  /**
   * Answers with what {@code shown} makes of the result; a stage that fails is this node's fault.
   */
  static <T> void answer(Exchange exchange, CompletionStage<T> stage, Function<T, Answer> shown) {
    stage
        .thenAccept(result -> exchange.answer(shown.apply(result)))
        .exceptionally(
            failure -> {
              Dispatcher.fail(exchange, failure);
              return null;
            });
  }
}
