package io.quorate.it;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * How a write was answered.
 *
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
