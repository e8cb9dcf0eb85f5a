package io.quorate.http;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.quorate.core.Change;
import io.quorate.core.Condition;
import io.quorate.core.EntityTags;
import io.quorate.core.Key;
import io.quorate.core.Token;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads one item of a batch.
 *
 * <pre>
 *  {"op": "put", "key": text, "value": text or "value_base64": text}    may have ttl
 *  {"op": "delete", "key": text}
 *  both may have if_match, if_none_match: "*", a version as "1.42", or a list of versions
 * </pre>
 */
final class BatchItem {

  private static final String TAGS_TAKEN =
      ": it takes \"*\", a version, as \"1.42\", or a list of versions";

  private String op = "";
  private @Nullable Key key;
  private byte @Nullable [] value;
  private @Nullable EntityTags match;
  private @Nullable EntityTags noneMatch;
  private long ttlMillis;

  private BatchItem() {}

  /**
   * The change that an item asks for, or what is wrong with it.
   *
   * @param parser at the item's begin; at its end afterwards, if nothing is wrong
   */
  static Parsed<Change> read(JsonParser parser) throws IOException {
    BatchItem item = new BatchItem();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      parser.nextToken();
      String fault = item.take(parser, name);
      if (!fault.isEmpty()) {
        return Parsed.badRequest(fault);
      }
    }
    return item.change();
  }

  private Parsed<Change> change() {
    Key named = key;
    String fault = named == null ? "key is missing" : wrongTogether();
    return named == null || !fault.isEmpty()
        ? Parsed.badRequest(fault)
        : Parsed.value(new Change(named, value, condition(), ttlMillis));
  }

  private String wrongTogether() {
    return switch (op) {
      case "put" -> value == null ? "a put takes value or value_base64" : "";
      case "delete" ->
          value != null ? "a delete takes no value" : ttlMillis > 0 ? "a delete takes no ttl" : "";
      default -> "op is missing; op takes put or delete";
    };
  }

  private Condition condition() {
    return match == null && noneMatch == null ? Condition.NONE : new Condition(match, noneMatch);
  }

  /** What is wrong with a field; empty when nothing is. */
  private String take(JsonParser parser, String name) throws IOException {
    return switch (name) {
      case "if_match" -> {
        match = tags(parser, false);
        yield match == null ? name + TAGS_TAKEN : "";
      }
      case "if_none_match" -> {
        noneMatch = tags(parser, true);
        yield noneMatch == null ? name + TAGS_TAKEN : "";
      }
      case "op", "key", "value", "value_base64", "ttl" ->
          parser.currentToken() == JsonToken.VALUE_STRING
              ? take(name, parser.getText())
              : name + " takes a text";
      default ->
          PercentCode.shown(name)
              + " is no field of an item; there are op, key, value, value_base64, ttl, if_match and"
              + " if_none_match";
    };
  }

  private String take(String name, String text) {
    return switch (name) {
      case "op" -> {
        op = text;
        yield text.equals("put") || text.equals("delete")
            ? ""
            : "op=" + PercentCode.shown(text) + ": op takes put or delete";
      }
      case "key" -> takeKey(text);
      case "ttl" -> takeTtl(text);
      case "value" -> takeValue(utf8(text), "value has half of a surrogate pair");
      default -> takeValue(base64(text), "value_base64 is not Base64");
    };
  }

  private String takeKey(String text) {
    byte[] bytes = utf8(text);
    if (bytes == null) {
      return "key has half of a surrogate pair; a key is 1 to 512 bytes of UTF-8";
    }
    if (bytes.length == 0 || bytes.length > Key.MAX_BYTES) {
      return "key has " + bytes.length + " bytes; a key is 1 to 512 bytes of UTF-8";
    }
    key = new Key(bytes);
    return "";
  }

  private String takeTtl(String text) {
    Parsed<Long> ttl = Parameters.ttlMillis(text);
    if (ttl instanceof Parsed.Value<Long> millis) {
      ttlMillis = millis.value();
      return "";
    }
    return ((Parsed.Fault<Long>) ttl).detail();
  }

  private String takeValue(byte @Nullable [] bytes, String otherwise) {
    if (value != null) {
      return "value and value_base64; a put takes one of them";
    }
    value = bytes;
    return bytes == null ? otherwise : "";
  }

  /** Null where half of a surrogate pair stands alone. */
  private static byte @Nullable [] utf8(String text) {
    try {
      ByteBuffer encoded = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
      byte[] bytes = new byte[encoded.remaining()];
      encoded.get(bytes);
      return bytes;
    } catch (CharacterCodingException halfOfAPair) {
      return null;
    }
  }

  private static byte @Nullable [] base64(String text) {
    try {
      return Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException other) {
      return null;
    }
  }

  /** Null where they are neither. */
  private static @Nullable EntityTags tags(JsonParser parser, boolean weakly) throws IOException {
    if (parser.currentToken() == JsonToken.VALUE_STRING) {
      return tags(parser.getText(), weakly);
    }
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      return null;
    }
    List<Token> tokens = new ArrayList<>();
    boolean named = false;
    while (parser.nextToken() == JsonToken.VALUE_STRING) {
      EntityTags one = tags(parser.getText(), weakly);
      if (one == null || one.any()) {
        return null;
      }
      named = true;
      tokens.addAll(one.tokens());
    }
    return named && parser.currentToken() == JsonToken.END_ARRAY
        ? new EntityTags(false, tokens)
        : null;
  }

  /** A version is spelled as a token, or as the entity tag that answers show. */
  private static @Nullable EntityTags tags(String text, boolean weakly) {
    Optional<Token> token = Parameters.token(text);
    return token.isPresent()
        ? new EntityTags(false, List.of(token.get()))
        : Conditions.tags(text, weakly);
  }
}
