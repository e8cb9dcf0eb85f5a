package io.quorate.loadgen;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object that came from a node, or from a tool. A member that is absent, null or of another
 * type than asked for is null: what a member must be is for its reader to say.
 */
public final class JsonObject {
  private static final JsonFactory FACTORY = new JsonFactory();

  private final Map<String, Object> members;

  private JsonObject(Map<String, Object> members) {
    this.members = members;
  }

  /** The object that {@code json} is, or null where it is anything else. */
  public static @Nullable JsonObject read(byte[] json) {
    try (JsonParser parser = FACTORY.createParser(json)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return null;
      }
      JsonObject object = object(parser);
      return parser.nextToken() == null ? object : null;
    } catch (IOException notJson) {
      return null;
    }
  }

  /** A string. */
  public @Nullable String text(String name) {
    return members.get(name) instanceof String text ? text : null;
  }

  /** A whole number. */
  public @Nullable Long whole(String name) {
    return members.get(name) instanceof Long whole ? whole : null;
  }

  /** Any number. */
  public @Nullable Double decimal(String name) {
    return members.get(name) instanceof Number number ? number.doubleValue() : null;
  }

  @Nullable Boolean truth(String name) {
    return members.get(name) instanceof Boolean truth ? truth : null;
  }

  /** An object. */
  public @Nullable JsonObject object(String name) {
    return members.get(name) instanceof JsonObject object ? object : null;
  }

  /** The objects of an array; null where there is no array, or it holds anything else. */
  public @Nullable List<JsonObject> objects(String name) {
    if (!(members.get(name) instanceof List<?> list)) {
      return null;
    }
    List<JsonObject> objects = new ArrayList<>();
    for (Object element : list) {
      if (!(element instanceof JsonObject object)) {
        return null;
      }
      objects.add(object);
    }
    return objects;
  }

  /** The numbers of an array, and of the arrays in it; others are passed over. */
  public List<Double> decimals(String name) {
    return numbers(members.get(name)).toList();
  }

  private static Stream<Double> numbers(@Nullable Object value) {
    if (value instanceof List<?> list) {
      return list.stream().flatMap(JsonObject::numbers);
    }
    return value instanceof Number number ? Stream.of(number.doubleValue()) : Stream.of();
  }

  /** The elements of an array, each as it prints; empty where there is no array. */
  List<String> printed(String name) {
    return members.get(name) instanceof List<?> list
        ? list.stream().map(String::valueOf).toList()
        : List.of();
  }

  @Override
  public String toString() {
    return members.entrySet().stream()
        .map(member -> member.getKey() + "=" + member.getValue())
        .collect(Collectors.joining(", "));
  }

  private static JsonObject object(JsonParser parser) throws IOException {
    Map<String, Object> members = new LinkedHashMap<>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      parser.nextToken();
      Object value = value(parser);
      if (value != null) {
        members.put(name, value);
      }
    }
    return new JsonObject(members);
  }

  private static List<Object> array(JsonParser parser) throws IOException {
    List<Object> elements = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      Object value = value(parser);
      if (value != null) {
        elements.add(value);
      }
    }
    return elements;
  }

  private static @Nullable Object value(JsonParser parser) throws IOException {
    JsonToken token = parser.currentToken();
    if (token == null) {
      throw new IOException("ends in the middle");
    }
    return switch (token) {
      case START_OBJECT -> object(parser);
      case START_ARRAY -> array(parser);
      case VALUE_STRING -> parser.getText();
      case VALUE_NUMBER_INT -> wholeOrDecimal(parser);
      case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> null;
      case END_ARRAY, END_OBJECT, FIELD_NAME, NOT_AVAILABLE, VALUE_EMBEDDED_OBJECT ->
          throw new IOException("no value at " + token);
    };
  }

  private static Object wholeOrDecimal(JsonParser parser) throws IOException {
    return parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
        ? (Object) parser.getDoubleValue()
        : (Object) parser.getLongValue();
  }
}
