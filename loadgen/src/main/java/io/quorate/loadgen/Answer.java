package io.quorate.loadgen;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What came of one request: an answer that arrived whole, or none. Answers are not compared as a
 * whole.
 *
 * @param status the HTTP status, or {@link #NONE}
 * @param etag the {@code ETag} header as it came
 * @param latencyNanos from handing the request to the socket to the last byte of the answer
 * @param failure why there is no answer; null exactly when there is one
 */
@SuppressWarnings("ArrayRecordComponent")
record Answer(
    int status, @Nullable String etag, byte[] body, long latencyNanos, @Nullable String failure) {

  /** The status of no answer. */
  static final int NONE = 0;

  private static final int LONGEST_EXCERPT = 200;

  static Answer none(String failure) {
    return new Answer(NONE, null, new byte[0], 0, failure);
  }

  boolean arrived() {
    return failure == null;
  }

  /** The version that the {@code ETag} names, or null where it names none. */
  @Nullable KeyVersion version() {
    return etag == null ? null : KeyVersion.ofETag(etag);
  }

  /**
   * What came, in one line for a reader: the status and the start of the body, or why nothing came.
   */
  String describe() {
    if (failure != null) {
      return failure;
    }
    String text = new String(body, StandardCharsets.UTF_8).replaceAll("\\s+", " ").strip();
    String excerpt =
        text.length() > LONGEST_EXCERPT ? text.substring(0, LONGEST_EXCERPT) + "..." : text;
    return "status " + status + (excerpt.isEmpty() ? "" : ": " + excerpt);
  }
}
