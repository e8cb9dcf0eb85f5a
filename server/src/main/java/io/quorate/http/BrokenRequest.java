package io.quorate.http;

import io.netty.handler.codec.http.HttpResponseStatus;
import org.jspecify.annotations.Nullable;

/** Why the decoder gives a request up: as the cause of a failed {@code DecoderResult}. */
@SuppressWarnings("serial") // never serialized
final class BrokenRequest extends IllegalArgumentException {

  private final HttpResponseStatus status;

  private BrokenRequest(HttpResponseStatus status, String sentence) {
    super(sentence);
    this.status = status;
  }

  /** One that is not HTTP/1.1. */
  static BrokenRequest malformed(String sentence) {
    return new BrokenRequest(HttpResponseStatus.BAD_REQUEST, sentence);
  }

  /** One whose client took too long over it. */
  static BrokenRequest late(String sentence) {
    return new BrokenRequest(HttpResponseStatus.REQUEST_TIMEOUT, sentence);
  }

  /** What the client is told; in these words where the cause is not one of ours. */
  static Problem problem(@Nullable Throwable cause, String otherwise) {
    return cause instanceof BrokenRequest broken
        ? Problem.of(broken.status, String.valueOf(broken.getMessage()))
        : Problem.badRequest(otherwise);
  }

  /** Where it came from is known, and strangers can have as many of them made as they like. */
  @Override
  public synchronized Throwable fillInStackTrace() {
    return this;
  }
}
