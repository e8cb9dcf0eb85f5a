package io.quorate.it;

import com.fasterxml.jackson.databind.JsonNode;
import io.quorate.it.history.History;
import io.quorate.it.history.Operation;
import io.quorate.it.history.Operation.Kind;
import io.quorate.it.history.Operation.Outcome;
import java.time.Duration;
import java.util.Optional;

/** A client that reads one node and tells how each read went, in the time of a history. */
final class Reader {

  private final NodeHandle node;
  private final NodeClient client;
  private final History history;

  /**
   * @param limit a node that has not answered for so long does not answer
   */
  Reader(NodeHandle node, Duration limit, History history) {
    this.node = node;
    this.client = node.client().within(limit);
    this.history = history;
  }

  /**
   * Of the node's data at present, and the epoch that it has entered: while both stay, versions do
   * not go back. Empty when it does not say, or is between two epochs.
   */
  Optional<String> incarnation() {
    Answer answer = client.ask("/v1/status");
    if (answer.status() != 200) {
      return Optional.empty();
    }
    JsonNode status = answer.json();
    long epoch = status.path("epoch").asLong();
    return status.path("granted_epoch").asLong() > epoch
        ? Optional.empty()
        : Optional.of(status.path("incarnation").asText() + ", epoch " + epoch);
  }

  /**
   * Asks once.
   *
   * @param incarnation that the node's data is of
   * @return nothing when the node did not say what the key holds
   */
  Optional<Operation> read(String key, Kind kind, String incarnation) {
    String consistency = kind == Kind.CONFIRMED_READ ? "confirmed" : "local";
    long invokedNanos = history.now();
    Answer answer = client.read(key, "consistency=" + consistency);
    long completedNanos = history.now();
    if (answer.status() != 200 && answer.status() != 404) {
      return Optional.empty();
    }
    Held held = Held.of(answer).orElse(null);
    return Optional.of(
        new Operation(
            invokedNanos,
            completedNanos,
            node.name(),
            incarnation,
            key,
            kind,
            held == null ? null : held.value(),
            held == null ? null : held.token(),
            Outcome.OK));
  }
}
