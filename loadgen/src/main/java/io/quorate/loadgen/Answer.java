package io.quorate.loadgen;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What came of one request: an answer that arrived whole, or none. Answers are not compared as a
 * whole.
 *
 * @param status the HTTP status, or {@link #NONE}
 * @param version the one that the {@code ETag} names, or null where it names none
 * @param body empty where the request did not ask to keep it
 * @param sentNanos when the request was handed to the socket, by {@link System#nanoTime}
 * @param arrivedNanos when the last byte of the answer had come, or it was given up
 * @param failure why there is no answer; null exactly when there is one
 */
@SuppressWarnings("ArrayRecordComponent")
public record Answer(
    int status,
    @Nullable KeyVersion version,
    byte[] body,
    long sentNanos,
    long arrivedNanos,
    @Nullable String failure) {

  /** The status of no answer. */
  static final int NONE = 0;

  /** The status of what was done as asked. */
  public static final int OK = 200;

  static final int NOT_FOUND = 404;

  /** The body of an answer that has none, or whose body nobody wanted. */
  static final byte[] NO_BODY = {};

  private static final int LONGEST_EXCERPT = 200;

  static Answer none(String failure) {
    long nowNanos = System.nanoTime();
    return new Answer(NONE, null, NO_BODY, nowNanos, nowNanos, failure);
  }

  /** Whether there is an answer. */
  public boolean arrived() {
    return failure == null;
  }

  /** In what way the request failed, in a word or two, to be counted by. */
  String kind() {
    return arrived() ? Integer.toString(status) : "no answer";
  }

  /**
   * What came, in one line for a reader: the status and the start of the body, or why nothing came.
   */
  public String describe() {
    if (failure != null) {
      return failure;
    }
    String text = new String(body, StandardCharsets.UTF_8).replaceAll("\\s+", " ").strip();
    String excerpt =
        text.length() > LONGEST_EXCERPT ? text.substring(0, LONGEST_EXCERPT) + "..." : text;
    return "status " + status + (excerpt.isEmpty() ? "" : ": " + excerpt);
  }
}
