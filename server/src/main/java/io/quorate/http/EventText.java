package io.quorate.http;

import io.quorate.core.Mutation;
import io.quorate.core.Token;
import io.quorate.replication.WatchPart;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * What a watch is told, as server-sent events (WHATWG HTML, section 9.2). JSON has no line ends in
 * it, so that each field is one line.
 *
 * <pre>
 *  id: 3.17                        : watching after 3.16
 *  event: put                      id: 3.16
 *  data: {"key":"a", ... }
 * </pre>
 *
 * A client that reads an id without data has no event, and where to go on.
 */
final class EventText {

  private static final byte[] END = bytes("\n\n");

  private EventText() {}

  /** A line that clients pass over, and what they go on after from then on. */
  static byte[] comment(String text, Token reached) {
    return bytes(": " + text + "\nid: " + reached + "\n\n");
  }

  static byte[] of(Mutation event) {
    return event(event.token(), event.isDelete() ? "delete" : "put", json(event));
  }

  static byte[] of(WatchPart.Alive alive) {
    String held = alive.heldBack();
    return comment(held == null ? "nothing new" : held, alive.reached());
  }

  static byte[] of(WatchPart.Cut cut) {
    return event(
        cut.resume(),
        "cut",
        JsonText.object(
            json -> {
              json.writeStringField("resume", cut.resume().toString());
              json.writeStringField("reason", cut.reason());
            }));
  }

  private static byte[] event(Token id, String kind, byte[] data) {
    byte[] begin = bytes("id: " + id + "\nevent: " + kind + "\ndata: ");
    return ByteBuffer.allocate(begin.length + data.length + END.length)
        .put(begin)
        .put(data)
        .put(END)
        .array();
  }

  private static byte[] json(Mutation event) {
    return JsonText.object(
        json -> {
          json.writeStringField("key", event.key().toString());
          byte[] value = event.value();
          if (value != null) {
            KeyAnswers.value(json, value);
          }
          json.writeNumberField("version", event.version());
          json.writeNumberField("epoch", event.epoch());
          if (event.attributes().expiresAtMillis() != 0) {
            json.writeNumberField("expires_at_ms", event.attributes().expiresAtMillis());
          }
          if (event.attributes().expiry()) {
            json.writeBooleanField("expired", true);
          }
        });
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
