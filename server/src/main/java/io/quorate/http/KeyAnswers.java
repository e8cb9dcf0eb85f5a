package io.quorate.http;

import com.fasterxml.jackson.core.JsonGenerator;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.util.AsciiString;
import io.quorate.core.Condition;
import io.quorate.core.Entry;
import io.quorate.core.Key;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** What a read of a key is answered with. */
final class KeyAnswers {

  private static final AsciiString VARY =
      Answer.field(HttpHeaderNames.VARY, HttpHeaderNames.ACCEPT);
  private static final AsciiString VALUE_FIELDS =
      VARY.concat(Answer.field(AsciiString.cached("x-content-type-options"), "nosniff"));

  private KeyAnswers() {}

  /**
   * The entry, as its bytes or as JSON, or 404 where it is null or a tombstone; 412 or 304 where
   * the condition does not hold of it.
   */
  static Answer of(Exchange exchange, ReadRequest read, @Nullable Entry entry) {
    Condition condition = read.condition();
    if (!condition.matches(entry)) {
      return unmet(entry).answer().with(VARY);
    }
    if (entry != null && !condition.matchesNone(entry)) {
      return Answer.notModified(entry.token()).with(VARY);
    }
    return of(exchange, read.key(), entry);
  }

  private static Problem unmet(@Nullable Entry entry) {
    Problem problem =
        Problem.of(
            HttpResponseStatus.PRECONDITION_FAILED,
            "the condition does not hold of what this node shows of the key");
    return entry == null || entry.isTombstone() ? problem : problem.etag(entry.token());
  }

  private static Answer of(Exchange exchange, Key key, @Nullable Entry entry) {
    byte[] value = entry == null ? null : entry.value();
    if (entry == null || value == null) {
      return Problem.notFound("there is no such key here").answer().with(VARY);
    }
    boolean json = Accepted.json(exchange.headers().getAll(HttpHeaderNames.ACCEPT));
    return new Answer(
        HttpResponseStatus.OK,
        json ? Answer.JSON : Answer.OCTETS,
        entry.token(),
        VALUE_FIELDS,
        Unpooled.wrappedBuffer(json ? json(key, entry, value) : value));
  }

  private static byte[] json(Key key, Entry entry, byte[] value) {
    return JsonText.object(
        json -> {
          json.writeStringField("key", key.toString());
          value(json, value);
          json.writeNumberField("version", entry.version());
          json.writeNumberField("epoch", entry.epoch());
          if (entry.expiresAtMillis() != 0) {
            json.writeNumberField("expires_at_ms", entry.expiresAtMillis());
          }
        });
  }

  /** The value in one of the two fields that it may stand in. */
  static void value(JsonGenerator json, byte[] value) throws IOException {
    if (PercentCode.isUtf8(value)) {
      json.writeFieldName("value");
      json.writeString(new String(value, StandardCharsets.UTF_8));
    } else {
      json.writeBinaryField("value_base64", value);
    }
  }
}
