package io.quorate.http;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.util.AsciiString;
import io.quorate.core.Key;
import io.quorate.core.Mutation;
import io.quorate.core.Refusal;
import io.quorate.core.Token;
import io.quorate.core.Waiter;
import io.quorate.core.Write;

/** Tells a client how its write ended, as the contract's table of failed writes has it. */
final class WriteAnswers {

  private static final AsciiString KEY = AsciiString.cached("{\"key\":\"");
  private static final AsciiString VERSION = AsciiString.cached("\",\"version\":");
  private static final AsciiString EPOCH = AsciiString.cached(",\"epoch\":");
  private static final AsciiString ACKS = AsciiString.cached(",\"acks\":");
  private static final AsciiString REQUIRED = AsciiString.cached(",\"required\":");
  private static final AsciiString EXPIRES = AsciiString.cached(",\"expires_at_ms\":");

  /** Tells that it answers an earlier request with the same idempotency key. */
  static final AsciiString REPLAYED =
      Answer.field(AsciiString.cached("idempotency-replayed"), "true");

  private WriteAnswers() {}

  /** What the client of a PUT or a DELETE is told. */
  static final WritingClient.Words OF_KEY =
      new WritingClient.Words() {
        @Override
        public byte[] confirmed(Write write) {
          return json(write);
        }

        @Override
        public Problem refused(Refusal refusal, Target target) {
          return WriteAnswers.refused(refusal, target);
        }
      };

  /**
   * A write that got a version. To be called on the leader's loop, which owns the write.
   *
   * @param words what is said of one that is confirmed
   */
  static Answer answered(Write write, Waiter.Answer answer, WritingClient.Words words) {
    return switch (answer) {
      case CONFIRMED -> confirmed(write, words);
      case UNCONFIRMED -> unconfirmed(write);
      case UNKNOWN -> unknown(write);
    };
  }

  /** A write that got none. */
  static Problem refused(Refusal refusal, Target target) {
    HttpResponseStatus status =
        switch (refusal.kind()) {
          case MOVED ->
              refusal.location() == null
                  ? HttpResponseStatus.SERVICE_UNAVAILABLE
                  : HttpResponseStatus.TEMPORARY_REDIRECT;
          case CONDITION_UNMET -> HttpResponseStatus.PRECONDITION_FAILED;
          case OTHER_PAYLOAD -> HttpResponseStatus.UNPROCESSABLE_ENTITY;
          case IMPOSSIBLE_QUORUM -> HttpResponseStatus.BAD_REQUEST;
          case NOT_LEADING, TOO_FEW_CONNECTED, CONDITION_UNCERTAIN ->
              HttpResponseStatus.SERVICE_UNAVAILABLE;
          case TOO_MANY_WAITING, TOO_MANY_RECEIPTS -> HttpResponseStatus.TOO_MANY_REQUESTS;
          case STORE_FULL, DISK_FULL -> HttpResponseStatus.INSUFFICIENT_STORAGE;
        };
    Problem problem = Problem.of(status, refusal.reason()).counted(ending(refusal));
    String location = refusal.location();
    if (location != null) {
      problem.header(HttpHeaderNames.LOCATION, target.at(location));
    }
    Token token = refusal.token();
    if (token == null) {
      return problem;
    }
    return refusal.kind() == Refusal.Kind.OTHER_PAYLOAD
        ? problem.number("version", token.version()).number("epoch", token.epoch())
        : problem.etag(token);
  }

  private static Ending ending(Refusal refusal) {
    return switch (refusal.kind()) {
      case MOVED -> refusal.location() == null ? Ending.NOT_LEADING : Ending.REDIRECTED;
      case IMPOSSIBLE_QUORUM -> Ending.BAD_REQUEST;
      case NOT_LEADING -> Ending.NOT_LEADING;
      case TOO_FEW_CONNECTED -> Ending.TOO_FEW_CONNECTED;
      case TOO_MANY_WAITING, TOO_MANY_RECEIPTS -> Ending.TOO_MANY_WAITING;
      case OTHER_PAYLOAD -> Ending.BAD_REQUEST;
      case STORE_FULL -> Ending.STORE_FULL;
      case DISK_FULL -> Ending.DISK_FULL;
      case CONDITION_UNMET -> Ending.CONDITION_UNMET;
      case CONDITION_UNCERTAIN -> Ending.CONDITION_UNCERTAIN;
    };
  }

  private static Answer confirmed(Write write, WritingClient.Words words) {
    return new Answer(
        HttpResponseStatus.OK,
        Answer.JSON,
        write.last().token(),
        AsciiString.EMPTY_STRING,
        Unpooled.wrappedBuffer(words.confirmed(write)));
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
        .header(HttpHeaderNames.LOCATION, Served.WRITES + write.last().token())
        .answer();
  }

  private static Answer unknown(Write write) {
    return told(
            write,
            Problem.unavailable(
                "this node stopped leading before the quorum confirmed the write; whether it"
                    + " stays is not known here"),
            Problem.Outcome.UNKNOWN)
        .counted(Ending.UNKNOWN)
        .answer();
  }

  private static Problem told(Write write, Problem problem, Problem.Outcome outcome) {
    return problem
        .outcome(outcome)
        .number("acked", write.acknowledgements())
        .number("required", write.required())
        .number("version", write.version())
        .number("epoch", write.last().epoch());
  }

  /** By hand: it is most of what a loaded leader says. */
  private static byte[] json(Write write) {
    Mutation mutation = write.last();
    AsciiText text = AsciiText.begin().add(KEY).add(quoted(mutation.key()));
    text.add(VERSION).add(mutation.version()).add(EPOCH).add(mutation.epoch());
    text.add(ACKS).add(write.acknowledgements()).add(REQUIRED).add(write.required());
    long expiresAtMillis = mutation.attributes().expiresAtMillis();
    if (expiresAtMillis != 0) {
      text.add(EXPIRES).add(expiresAtMillis);
    }
    return text.add('}').toBytes();
  }

  private static byte[] quoted(Key key) {
    byte[] bytes = key.bytes();
    for (byte b : bytes) {
      if (b < ' ' || b == '"' || b == '\\') {
        return JsonStringEncoder.getInstance().quoteAsUTF8(key.toString());
      }
    }
    return bytes;
  }
}
