package io.quorate.http;

import io.quorate.core.Mutation;
import io.quorate.replication.WatchPart;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * What a watch is told, as server-sent events (WHATWG HTML, section 9.2). JSON has no line ends in
 * it, so that each field is one line.
 *
 * <pre>
 *  id: 3.17                        : watching after 3.16
 *  event: put
 *  data: {"key":"a", ... }
 * </pre>
 */
final class EventText {

  private EventText() {}

  /** A line that clients pass over. */
  static String comment(String text) {
    return ": " + text + "\n\n";
  }

  static byte[] of(WatchPart part) {
    if (part instanceof WatchPart.Events told) {
      ByteArrayOutputStream out = new ByteArrayOutputStream(1024);
      for (Mutation event : told.events()) {
        text(out, "id: " + event.token() + "\nevent: " + (event.isDelete() ? "delete" : "put"));
        data(out, json(event));
      }
      return out.toByteArray();
    }
    if (part instanceof WatchPart.Alive alive) {
      String held = alive.heldBack();
      return comment(held == null ? "nothing new" : held).getBytes(StandardCharsets.UTF_8);
    }
    return cut((WatchPart.Cut) part);
  }

  /** Without an id: what a client resumes after stays what it was told last. */
  private static byte[] cut(WatchPart.Cut cut) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(256);
    text(out, "event: cut");
    data(
        out,
        JsonText.object(
            json -> {
              json.writeStringField("resume", cut.resume().toString());
              json.writeStringField("reason", cut.reason());
            }));
    return out.toByteArray();
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

  private static void text(ByteArrayOutputStream out, String text) {
    out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
  }

  private static void data(ByteArrayOutputStream out, byte[] json) {
    text(out, "\ndata: ");
    out.writeBytes(json);
    text(out, "\n\n");
  }
}
