package io.quorate.http;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.quorate.core.Mutation;
import io.quorate.core.Refusal;
import io.quorate.core.Waiter;
import io.quorate.core.Write;
import java.nio.charset.StandardCharsets;

/** Tells a client how its write ended, as the contract's table of failed writes has it. */
final class WriteAnswers {

  private static final int OVERHEAD_BYTES = 160;

  private WriteAnswers() {}

  /** A write that got a version. To be called on the leader's loop, which owns the write. */
  static Answer answered(Write write, Waiter.Answer answer) {
    return switch (answer) {
      case CONFIRMED -> confirmed(write);
      case UNCONFIRMED -> unconfirmed(write);
      case UNKNOWN -> unknown(write);
    };
  }

  /** A write that got none. */
  static Problem refused(Refusal refusal) {
    HttpResponseStatus status =
        switch (refusal.kind()) {
          case IMPOSSIBLE_QUORUM -> HttpResponseStatus.BAD_REQUEST;
          case NOT_LEADING, TOO_FEW_CONNECTED -> HttpResponseStatus.SERVICE_UNAVAILABLE;
          case TOO_MANY_WAITING -> HttpResponseStatus.TOO_MANY_REQUESTS;
          case STORE_FULL -> HttpResponseStatus.INSUFFICIENT_STORAGE;
        };
    return Problem.of(status, refusal.reason());
  }

  private static Answer confirmed(Write write) {
    Mutation mutation = write.mutation();
    return Answer.json(json(write))
        .with(HttpHeaderNames.ETAG, KeyAnswers.etag(mutation.epoch(), mutation.version()));
  }

  private static Answer unconfirmed(Write write) {
    return told(
            write,
            Problem.of(
                HttpResponseStatus.GATEWAY_TIMEOUT,
                "the deadline passed with "
                    + write.acknowledgements()
                    + " of "
                    + write.required()
                    + " acknowledgements; the write is still being replicated and may yet be"
                    + " confirmed"),
            Problem.Outcome.UNCONFIRMED)
        .header(HttpHeaderNames.LOCATION, Served.WRITES + write.mutation().token())
        .answer();
  }

  private static Answer unknown(Write write) {
    return told(
            write,
            Problem.unavailable(
                "this node stopped leading before the quorum confirmed the write; whether it"
                    + " stays is not known here"),
            Problem.Outcome.UNKNOWN)
        .answer();
  }

  private static Problem told(Write write, Problem problem, Problem.Outcome outcome) {
    return problem
        .outcome(outcome)
        .number("acked", write.acknowledgements())
        .number("required", write.required())
        .number("version", write.version())
        .number("epoch", write.mutation().epoch());
  }

  /** By hand: it is most of what a loaded leader says. */
  private static byte[] json(Write write) {
    Mutation mutation = write.mutation();
    StringBuilder text = new StringBuilder(OVERHEAD_BYTES + mutation.key().bytes().length);
    text.append("{\"key\":\"");
    JsonStringEncoder.getInstance().quoteAsString(mutation.key().toString(), text);
    text.append("\",\"version\":").append(mutation.version());
    text.append(",\"epoch\":").append(mutation.epoch());
    text.append(",\"acks\":").append(write.acknowledgements());
    text.append(",\"required\":").append(write.required()).append('}');
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }
}
