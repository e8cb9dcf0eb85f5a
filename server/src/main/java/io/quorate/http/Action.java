package io.quorate.http;

import org.jspecify.annotations.Nullable;

/** Answers the requests of one method on one path. Called on the connection's loop. */
interface Action {

  /** Answers a whole request, now or later, exactly once. */
  void answer(Exchange exchange);

  /** The refusal that this request gets whatever its body will be; null when that depends. */
  default @Nullable Answer refusedWithoutBody(Exchange exchange) {
    return null;
  }

  /** One that refuses, or sends elsewhere, whatever comes. */
  interface Refusing extends Action {
    Answer refusal(Exchange exchange);

    @Override
    default void answer(Exchange exchange) {
      exchange.answer(refusal(exchange));
    }

    @Override
    default Answer refusedWithoutBody(Exchange exchange) {
      return refusal(exchange);
    }
  }
}
