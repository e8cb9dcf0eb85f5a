package io.quorate.it;

import com.fasterxml.jackson.databind.JsonNode;
import io.quorate.it.history.Token;
import java.util.Optional;

/** A value that a node holds of a key, and the write that it came with. */
record Held(String value, long epoch, long version) {

  /** What was shown: nothing when the answer is 404. Any other but 200 is an error. */
  static Optional<Held> of(Answer answer) {
    if (answer.status() == 404) {
      return Optional.empty();
    }
    if (answer.status() != 200) {
      throw new AssertionError("no read is answered so: " + answer);
    }
    JsonNode json = answer.json();
    return Optional.of(
        new Held(
            json.path("value").asText(),
            json.path("epoch").asLong(),
            json.path("version").asLong()));
  }

  Token token() {
    return new Token(epoch, version);
  }
}
