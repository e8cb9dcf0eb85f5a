package io.quorate.http;

import com.fasterxml.jackson.core.JsonGenerator;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.util.AsciiString;
import io.quorate.core.Entry;
import io.quorate.core.Key;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** What a read of a key is answered with. */
final class KeyAnswers {

  private static final AsciiString NOSNIFF = AsciiString.cached("nosniff");
  private static final AsciiString X_CONTENT_TYPE_OPTIONS =
      AsciiString.cached("x-content-type-options");

  private KeyAnswers() {}

  /** The entry, as its bytes or as JSON, or 404 where it is null or a tombstone. */
  static Answer of(Exchange exchange, Key key, @Nullable Entry entry) {
    byte[] value = entry == null ? null : entry.value();
    if (entry == null || value == null) {
      return Problem.notFound("there is no such key here")
          .answer()
          .with(HttpHeaderNames.VARY, HttpHeaderNames.ACCEPT);
    }
    Answer answer =
        Accepted.json(exchange.headers().getAll(HttpHeaderNames.ACCEPT))
            ? Answer.json(json(key, entry, value))
            : Answer.of(HttpResponseStatus.OK, Answer.OCTETS, Unpooled.wrappedBuffer(value));
    return answer
        .with(HttpHeaderNames.ETAG, etag(entry.epoch(), entry.version()))
        .with(HttpHeaderNames.VARY, HttpHeaderNames.ACCEPT)
        .with(X_CONTENT_TYPE_OPTIONS, NOSNIFF);
  }

  /** {@code "epoch.version"}, in quotes. */
  static String etag(long epoch, long version) {
    return "\"" + epoch + '.' + version + '"';
  }

  private static byte[] json(Key key, Entry entry, byte[] value) {
    return JsonText.object(
        json -> {
          json.writeStringField("key", key.toString());
          value(json, value);
          json.writeNumberField("version", entry.version());
          json.writeNumberField("epoch", entry.epoch());
        });
  }

  private static void value(JsonGenerator json, byte[] value) throws IOException {
    if (PercentCode.isUtf8(value)) {
      json.writeFieldName("value");
      json.writeString(new String(value, StandardCharsets.UTF_8));
    } else {
      json.writeBinaryField("value_base64", value);
    }
  }
}
