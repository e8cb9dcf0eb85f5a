package io.quorate.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** JSON in and out. */
final class JsonText {

  /** Reads refuse a field that stands twice. */
  static final JsonFactory FACTORY =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private static final int NANOS_DIGITS_OF_MILLI = 6;

  private JsonText() {}

  /** What is wrong with a text, without where the parser thinks that it came from. */
  static String told(JsonProcessingException malformed) {
    String message = malformed.getOriginalMessage();
    int place = message.indexOf(" (start marker at");
    return place < 0 ? message : message.substring(0, place);
  }

  /** Writes part of a text. */
  interface Part {
    void write(JsonGenerator json) throws IOException;
  }

  /** An object whose fields {@code fields} writes, as UTF-8. */
  static byte[] object(Part fields) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
    try (JsonGenerator json = FACTORY.createGenerator(bytes)) {
      json.writeStartObject();
      fields.write(json);
      json.writeEndObject();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return bytes.toByteArray();
  }

  static void field(JsonGenerator json, String name, @Nullable String value) throws IOException {
    json.writeFieldName(name);
    if (value == null) {
      json.writeNull();
    } else {
      json.writeString(value);
    }
  }

  static void field(JsonGenerator json, String name, @Nullable Long value) throws IOException {
    json.writeFieldName(name);
    if (value == null) {
      json.writeNull();
    } else {
      json.writeNumber(value);
    }
  }

  static void field(JsonGenerator json, String name, @Nullable Boolean value) throws IOException {
    json.writeFieldName(name);
    if (value == null) {
      json.writeNull();
    } else {
      json.writeBoolean(value);
    }
  }

  /** Nanoseconds as a number of milliseconds, with as many decimals as it takes. */
  static void millis(JsonGenerator json, String name, @Nullable Long nanos) throws IOException {
    json.writeFieldName(name);
    if (nanos == null) {
      json.writeNull();
    } else {
      BigDecimal millis = BigDecimal.valueOf(nanos, NANOS_DIGITS_OF_MILLI);
      json.writeNumber(millis.stripTrailingZeros().toPlainString());
    }
  }
}
