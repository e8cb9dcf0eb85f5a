package io.quorate.http;

import io.quorate.core.Key;
import io.quorate.core.KeyPage;
import io.quorate.replication.Replica;
import java.util.Optional;
import java.util.function.Function;

/** A page of keys as JSON. */
final class KeyListAnswer {

  private KeyListAnswer() {}

  /**
   * Reads the page here, or where nothing changes meanwhile if too much does here, and answers with
   * what is then made of it.
   */
  static void read(
      Exchange exchange, Replica replica, KeyListRequest asked, Function<KeyPage, Answer> shown) {
    KeyPage page = asked.pageAtOneMoment(replica.store());
    if (page != null) {
      exchange.answer(shown.apply(page));
    } else {
      Later.answer(
          exchange,
          replica.still(
              store ->
                  store.isPartial() ? Optional.<KeyPage>empty() : Optional.of(asked.page(store))),
          still -> still.map(shown).orElseGet(FollowerRead::notLevel));
    }
  }

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
