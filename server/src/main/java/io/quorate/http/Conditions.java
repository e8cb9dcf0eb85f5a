package io.quorate.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.quorate.core.Condition;
import io.quorate.core.EntityTags;
import io.quorate.core.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code If-Match} and {@code If-None-Match} (RFC 9110, section 13.1). An entity tag that
 * this store never gives is well-formed, and names nothing.
 *
 * <pre>
 *  field = "*" / [ tag ] *( "," [ tag ] ), with a tag at least
 *  tag   = [ "W/" ] DQUOTE *( 0x21 / 0x23 to 0x7e / above 0x7f ) DQUOTE
 * </pre>
 */
final class Conditions {

  private static final String WEAK = "W/";
  private static final String QUOTE = "\"";

  /** What most requests ask for. */
  private static final Parsed<Condition> NONE = Parsed.value(Condition.NONE);

  private Conditions() {}

  static Parsed<Condition> of(Exchange exchange) {
    HttpHeaders headers = exchange.headers();
    if (headers.isEmpty()) {
      return NONE;
    }
    Parsed<Optional<EntityTags>> match = tags(headers, HttpHeaderNames.IF_MATCH, false);
    if (!(match instanceof Parsed.Value<Optional<EntityTags>> wanted)) {
      return ((Parsed.Fault<Optional<EntityTags>>) match).as();
    }
    Parsed<Optional<EntityTags>> noneMatch = tags(headers, HttpHeaderNames.IF_NONE_MATCH, true);
    if (!(noneMatch instanceof Parsed.Value<Optional<EntityTags>> unwanted)) {
      return ((Parsed.Fault<Optional<EntityTags>>) noneMatch).as();
    }
    return Parsed.value(
        wanted.value().isEmpty() && unwanted.value().isEmpty()
            ? Condition.NONE
            : new Condition(wanted.value().orElse(null), unwanted.value().orElse(null)));
  }

  /**
   * What a field names; empty where it is not there.
   *
   * @param weakly whether a weak tag names what the strong one does
   */
  private static Parsed<Optional<EntityTags>> tags(
      HttpHeaders headers, CharSequence name, boolean weakly) {
    List<String> fields = headers.getAll(name);
    if (fields.isEmpty()) {
      return Parsed.value(Optional.empty());
    }
    String text = String.join(",", fields).strip();
    EntityTags tags = tags(text, weakly);
    return tags == null
        ? Parsed.badRequest(
            display(name)
                + ": "
                + PercentCode.shown(text)
                + ": it takes * or entity tags in quotation marks, as \"1.42\", with commas between")
        : Parsed.value(Optional.of(tags));
  }

  /**
   * What the value of a field names; null when it is none.
   *
   * @param weakly whether a weak tag names what the strong one does
   */
  static @Nullable EntityTags tags(String text, boolean weakly) {
    return text.equals("*") ? EntityTags.ANY : list(text, weakly);
  }

  private static String display(CharSequence name) {
    return HttpHeaderNames.IF_MATCH.contentEquals(name) ? "If-Match" : "If-None-Match";
  }

  /** Null when it is no list of tags. */
  private static @Nullable EntityTags list(String text, boolean weakly) {
    List<Token> tokens = new ArrayList<>();
    boolean named = false;
    int at = 0;
    do {
      at = skipSpace(text, at);
      if (at < text.length() && text.charAt(at) != ',') {
        boolean weak = text.startsWith(WEAK, at);
        int open = weak ? at + WEAK.length() : at;
        int close = text.startsWith(QUOTE, open) ? endOfTag(text, open + 1) : -1;
        if (!text.startsWith(QUOTE, close)) {
          return null;
        }
        named = true;
        if (!weak || weakly) {
          Parameters.token(text.substring(open + 1, close)).ifPresent(tokens::add);
        }
        at = skipSpace(text, close + 1);
      }
    } while (text.startsWith(",", at++));
    return named && at > text.length() ? new EntityTags(false, tokens) : null;
  }

  /** Where the first character stands that no tag has. */
  private static int endOfTag(String text, int from) {
    int at = from;
    while (at < text.length() && inTag(text.charAt(at))) {
      at++;
    }
    return at;
  }

  private static boolean inTag(char c) {
    return c > ' ' && c != '"' && c != 0x7f;
  }

  private static int skipSpace(String text, int from) {
    int at = from;
    while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
      at++;
    }
    return at;
  }
}
