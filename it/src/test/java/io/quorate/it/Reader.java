package io.quorate.it;

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

  /** Of the node's data at present; empty when it does not say. */
  Optional<String> incarnation() {
    Answer status = client.ask("/v1/status");
    return status.status() == 200
        ? Optional.of(status.json().path("incarnation").asText())
        : Optional.empty();
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
