package io.quorate.http;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.util.AsciiString;
import io.quorate.core.Token;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An error told as RFC 9457 has it: {@code type} about:blank, so that {@code title} is the status's
 * own phrase, and {@code detail} one sentence for whoever asked.
 */
final class Problem {

  /** What became of a write that did not succeed. */
  enum Outcome {
    NOT_APPLIED("not_applied"),
    UNCONFIRMED("unconfirmed"),
    UNKNOWN("unknown");

    private final String word;

    Outcome(String word) {
      this.word = word;
    }
  }

  private static final String RETRY_AFTER_SECONDS = "1";

  private final HttpResponseStatus status;
  private final String detail;
  private final Map<String, Long> numbers = new LinkedHashMap<>();
  private final Map<String, String> texts = new LinkedHashMap<>();
  private final Map<AsciiString, String> headers = new LinkedHashMap<>();
  private String outcome = "";
  private Ending ending;

  private Problem(HttpResponseStatus status, String detail) {
    this.status = status;
    this.detail = detail;
    this.ending = Ending.of(status);
    if (status.equals(HttpResponseStatus.SERVICE_UNAVAILABLE)
        || status.equals(HttpResponseStatus.TOO_MANY_REQUESTS)) {
      headers.put(HttpHeaderNames.RETRY_AFTER, RETRY_AFTER_SECONDS);
    }
  }

  /** One that says when to come back where its status is 503 or 429. */
  static Problem of(HttpResponseStatus status, String detail) {
    return new Problem(status, detail);
  }

  static Problem badRequest(String detail) {
    return of(HttpResponseStatus.BAD_REQUEST, detail);
  }

  static Problem notFound(String detail) {
    return of(HttpResponseStatus.NOT_FOUND, detail);
  }

  static Problem unavailable(String detail) {
    return of(HttpResponseStatus.SERVICE_UNAVAILABLE, detail);
  }

  /** A fault of this node, which its log tells more of. */
  static Problem internal() {
    return of(HttpResponseStatus.INTERNAL_SERVER_ERROR, "this node failed; its log says more");
  }

  Problem outcome(Outcome of) {
    outcome = of.word;
    return this;
  }

  /** Says which of the reasons for its status it is, where that is counted. */
  Problem counted(Ending as) {
    ending = as;
    return this;
  }

  Problem number(String name, long value) {
    numbers.put(name, value);
    return this;
  }

  Problem token(String name, Token token) {
    texts.put(name, token.toString());
    return this;
  }

  /** With the version that the key has. */
  Problem etag(Token token) {
    return header(HttpHeaderNames.ETAG, '"' + token.toString() + '"');
  }

  Problem header(AsciiString name, String value) {
    headers.put(name, value);
    return this;
  }

  Answer answer() {
    byte[] body =
        JsonText.object(
            json -> {
              json.writeStringField("type", "about:blank");
              json.writeStringField("title", status.reasonPhrase());
              json.writeNumberField("status", status.code());
              json.writeStringField("detail", detail);
              if (!outcome.isEmpty()) {
                json.writeStringField("outcome", outcome);
              }
              for (Map.Entry<String, String> text : texts.entrySet()) {
                json.writeStringField(text.getKey(), text.getValue());
              }
              for (Map.Entry<String, Long> number : numbers.entrySet()) {
                json.writeNumberField(number.getKey(), number.getValue());
              }
            });
    Answer answer =
        Answer.of(status, Answer.PROBLEM_JSON, Unpooled.wrappedBuffer(body)).counted(ending);
    for (Map.Entry<AsciiString, String> header : headers.entrySet()) {
      answer = answer.with(Answer.field(header.getKey(), header.getValue()));
    }
    return answer;
  }
}
