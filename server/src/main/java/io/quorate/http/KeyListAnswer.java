package io.quorate.http;

import io.quorate.core.Key;
import io.quorate.core.KeyPage;

/** A page of keys as JSON. */
final class KeyListAnswer {

  private KeyListAnswer() {}

  static Answer of(KeyPage page) {
    return Answer.json(
        JsonText.object(
            json -> {
              json.writeArrayFieldStart("keys");
              for (KeyPage.Item item : page.items()) {
                json.writeStartObject();
                json.writeStringField("key", item.key().toString());
                json.writeNumberField("version", item.entry().version());
                json.writeNumberField("epoch", item.entry().epoch());
                json.writeEndObject();
              }
              json.writeEndArray();
              Key next = page.next();
              JsonText.field(json, "next", next == null ? null : next.toString());
            }));
  }
}
