package io.quorate.charts;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One value of a JSON file and the place it stood at, so that each complaint can name it.
 *
 * @param place file, line, column and JSON pointer, as it stands before the colon of a complaint
 * @param content a map of fields, a list, text, a number, a boolean, or null for JSON's null
 */
record JsonValue(String place, @Nullable Object content) {
  private static final long MAX_FILE_BYTES = 16L << 20;
  private static final int MAX_QUOTED_CHARACTERS = 40;

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxDocumentLength(MAX_FILE_BYTES)
                  .maxNestingDepth(16)
                  .build())
          .build();

  /** The one value that the file holds. */
  static JsonValue read(Path file) throws UnusableSweepException {
    try (JsonParser parser = JSON.createParser(Files.newInputStream(file))) {
      if (parser.nextToken() == null) {
        throw new UnusableSweepException(file + ": the file is empty; expected a sweep's results");
      }
      JsonValue value = read(file, parser, "");
      if (parser.nextToken() != null) {
        throw new UnusableSweepException(
            place(file, parser.currentTokenLocation(), "") + ": expected the end of the file");
      }
      return value;
    } catch (JacksonException e) {
      throw new UnusableSweepException(
          place(file, e.getLocation(), "")
              + (atEnd(file, e.getLocation())
                  ? ": the file ends too early; expected the rest of it"
                  : ": not well-formed JSON: " + e.getOriginalMessage()));
    } catch (NoSuchFileException e) {
      throw new UnusableSweepException(file + ": no such file; expected a sweep's results");
    } catch (IOException e) {
      throw new UnusableSweepException(file + ": cannot be read: " + e.getMessage());
    }
  }

  private static JsonValue read(Path file, JsonParser parser, String pointer) throws IOException {
    String place = place(file, parser.currentTokenLocation(), pointer);
    Object content =
        switch (parser.currentToken()) {
          case START_OBJECT -> fields(file, parser, pointer);
          case START_ARRAY -> items(file, parser, pointer);
          case VALUE_STRING -> parser.getText();
          case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> parser.getNumberValue();
          case VALUE_TRUE, VALUE_FALSE -> parser.getBooleanValue();
          default -> null;
        };
    return new JsonValue(place, content);
  }

  private static Map<String, JsonValue> fields(Path file, JsonParser parser, String pointer)
      throws IOException {
    Map<String, JsonValue> fields = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      parser.nextToken();
      fields.put(name, read(file, parser, pointer + "/" + name));
    }
    return fields;
  }

  private static List<JsonValue> items(Path file, JsonParser parser, String pointer)
      throws IOException {
    List<JsonValue> items = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      items.add(read(file, parser, pointer + "/" + items.size()));
    }
    return items;
  }

  private static String place(Path file, @Nullable JsonLocation location, String pointer) {
    String path = pointer.isEmpty() ? "" : ", " + pointer;
    return location == null
        ? file + path
        : file + ": line " + location.getLineNr() + ", column " + location.getColumnNr() + path;
  }

  private static boolean atEnd(Path file, @Nullable JsonLocation location) {
    return location != null && location.getByteOffset() >= file.toFile().length();
  }

  /** The field of this object; a complaint when it is not there. */
  JsonValue field(String name) throws UnusableSweepException {
    JsonValue field = object().get(name);
    if (field == null) {
      throw new UnusableSweepException(place + ": expected a field \"" + name + "\", found none");
    }
    return field;
  }

  /** Complains of a value that should be null: all of them, unless the condition holds. */
  JsonValue presentOnlyIf(boolean present, String otherwise) throws UnusableSweepException {
    if (!present && !isNull()) {
      throw unexpected("null, for " + otherwise);
    }
    return this;
  }

  boolean isNull() {
    return content == null;
  }

  String text() throws UnusableSweepException {
    if (content instanceof String text) {
      return text;
    }
    throw unexpected("a text");
  }

  boolean flag() throws UnusableSweepException {
    if (content instanceof Boolean flag) {
      return flag;
    }
    throw unexpected("true or false");
  }

  List<JsonValue> items() throws UnusableSweepException {
    if (content instanceof List<?> list) {
      return list.stream().map(JsonValue.class::cast).toList();
    }
    throw unexpected("a list");
  }

  int integer(int least, int most) throws UnusableSweepException {
    return (int) whole(least, most);
  }

  long whole(long least, long most) throws UnusableSweepException {
    if (content instanceof Integer || content instanceof Long) {
      long number = ((Number) content).longValue();
      if (least <= number && number <= most) {
        return number;
      }
    }
    throw unexpected("a whole number from " + least + " to " + most);
  }

  double measure(String unit) throws UnusableSweepException {
    if (content instanceof Number number
        && Double.isFinite(number.doubleValue())
        && number.doubleValue() >= 0) {
      return number.doubleValue();
    }
    throw unexpected("a number of " + unit + ", 0 or more");
  }

  double share() throws UnusableSweepException {
    if (measure("share") > 1) {
      throw unexpected("a share from 0 to 1");
    }
    return measure("share");
  }

  /** The constant that this text spells. */
  <E extends Enum<E>> E word(Class<E> type) throws UnusableSweepException {
    for (E constant : type.getEnumConstants()) {
      if (Words.of(constant).equals(content)) {
        return constant;
      }
    }
    throw unexpected("one of " + String.join(", ", Words.all(type)));
  }

  UnusableSweepException unexpected(String expected) {
    return new UnusableSweepException(place + ": got " + shown() + ", expected " + expected);
  }

  private String shown() {
    if (content instanceof Map) {
      return "an object";
    }
    if (content instanceof List) {
      return "a list";
    }
    String text = String.valueOf(content);
    String cut =
        text.length() <= MAX_QUOTED_CHARACTERS
            ? text
            : text.substring(0, MAX_QUOTED_CHARACTERS) + "…";
    return content instanceof String ? '"' + cut + '"' : cut;
  }

  @SuppressWarnings("unchecked")
  private Map<String, JsonValue> object() throws UnusableSweepException {
    if (content instanceof Map<?, ?> map) {
      return (Map<String, JsonValue>) map;
    }
    throw unexpected("an object");
  }
}
