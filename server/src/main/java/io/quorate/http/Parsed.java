package io.quorate.http;

import io.netty.handler.codec.http.HttpResponseStatus;

/** Something read from a request, or what was wrong with it. */
sealed interface Parsed<T> {

  record Value<T>(T value) implements Parsed<T> {}

  /**
   * What was wrong.
   *
   * @param detail names what was wrong, what came and what is taken
   */
  record Fault<T>(HttpResponseStatus status, String detail) implements Parsed<T> {
    Problem problem() {
      return Problem.of(status, detail);
    }

    /** The same fault, met while something else was read. */
    <U> Fault<U> as() {
      return new Fault<>(status, detail);
    }
  }

  /** What is not there. */
  Parsed<String> EMPTY_TEXT = new Value<>("");

  static <T> Parsed<T> value(T value) {
    return new Value<>(value);
  }

  static <T> Parsed<T> badRequest(String detail) {
    return new Fault<>(HttpResponseStatus.BAD_REQUEST, detail);
  }
}
