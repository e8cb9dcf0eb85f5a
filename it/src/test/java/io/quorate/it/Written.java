package io.quorate.it;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * How a write was answered, if it was.
 *
 * @param status 0 when no answer came: then nothing else is known either
 * @param version 0 where the answer names none
 * @param epoch 0 where the answer names none
 * @param acknowledged followers that had it
 * @param outcome what a failed write tells; empty for one that was confirmed
 * @param location where a failed write may be asked after; empty where it may not
 */
record Written(
    int status,
    long epoch,
    long version,
    int acknowledged,
    int required,
    String outcome,
    String location) {

  private static final Written UNANSWERED = new Written(0, 0, 0, 0, 0, "unknown", "");

  private static final Written UNSENT = new Written(0, 0, 0, 0, 0, "not_applied", "");

  /** No node took the connection. */
  static Written unsent() {
    return UNSENT;
  }

  static Written unanswered() {
    return UNANSWERED;
  }

  static Written of(Answer answer) {
    JsonNode json = answer.json();
    return new Written(
        answer.status(),
        json.path("epoch").asLong(),
        json.path("version").asLong(),
        json.path(answer.status() == 200 ? "acks" : "acked").asInt(),
        json.path("required").asInt(),
        json.path("outcome").asText(),
        answer.header("Location"));
  }

  /** {@code epoch.version}. */
  String token() {
    return epoch + "." + version;
  }
}
