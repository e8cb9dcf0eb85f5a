package io.quorate.http;

import io.quorate.core.Key;
import io.quorate.core.Token;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/** The query parameters of the contract. */
final class Parameters {

  /** A hundred years. */
  private static final long MAX_TTL_MILLIS = TimeUnit.DAYS.toMillis(36_500);

  private static final int MOST_DIGITS = 12;

  private Parameters() {}

  /** Which of a key's values a read wants. */
  enum Consistency {
    CONFIRMED,
    LOCAL
  }

  /** {@code w}: how many followers must have confirmed a write. */
  static Parsed<Integer> quorum(Query query, QuorumRange range, int defaultQuorum) {
    Parsed<String> w = query.parameter("w");
    if (!(w instanceof Parsed.Value<String> given)) {
      return ((Parsed.Fault<String>) w).as();
    }
    String text = given.value();
    if (text.isEmpty()) {
      return range.takes(defaultQuorum)
          ? Parsed.value(defaultQuorum)
          : Parsed.badRequest(
              "w is left out, which means " + defaultQuorum + ": w takes " + taken(range));
    }
    long number =
        switch (text) {
          case "majority" -> range.majority();
          case "all" -> range.followers();
          default -> number(text);
        };
    if (!range.takes(number)) {
      return Parsed.badRequest("w=" + PercentCode.shown(text) + ": w takes " + taken(range));
    }
    return Parsed.value((int) number);
  }

  private static String taken(QuorumRange range) {
    return range.numbers() + ", majority or all";
  }

  /** One that is {@code true} or {@code false}, the latter where it is left out. */
  static Parsed<Boolean> flag(Query query, String name) {
    Parsed<String> flag = query.parameter(name);
    if (!(flag instanceof Parsed.Value<String> given)) {
      return ((Parsed.Fault<String>) flag).as();
    }
    return switch (given.value()) {
      case "true" -> Parsed.value(true);
      case "", "false" -> Parsed.value(false);
      default ->
          Parsed.badRequest(
              name + "=" + PercentCode.shown(given.value()) + ": " + name + " takes true or false");
    };
  }

  /** {@code timeout}, in nanoseconds. */
  static Parsed<Long> timeoutNanos(Query query, long defaultNanos) {
    Parsed<String> timeout = query.parameter("timeout");
    if (!(timeout instanceof Parsed.Value<String> given)) {
      return ((Parsed.Fault<String>) timeout).as();
    }
    String text = given.value();
    if (text.isEmpty()) {
      return Parsed.value(defaultNanos);
    }
    OptionalLong nanos = TimeText.timeoutNanos(text);
    return nanos.isEmpty()
        ? Parsed.badRequest(
            "timeout=" + PercentCode.shown(text) + ": timeout takes " + TimeText.TIMEOUT)
        : Parsed.value(nanos.getAsLong());
  }

  /** {@code ttl}: after how many milliseconds a value ends; 0 where it is left out. */
  static Parsed<Long> ttlMillis(Query query) {
    Parsed<String> ttl = query.parameter("ttl");
    if (!(ttl instanceof Parsed.Value<String> given)) {
      return ((Parsed.Fault<String>) ttl).as();
    }
    return given.value().isEmpty() ? Parsed.value(0L) : ttlMillis(given.value());
  }

  /** What a {@code ttl} says. */
  static Parsed<Long> ttlMillis(String text) {
    long millis = TimeText.millis(text);
    return millis <= 0 || millis > MAX_TTL_MILLIS
        ? Parsed.badRequest(
            "ttl="
                + PercentCode.shown(text)
                + ": ttl takes a number with its unit, as 500ms or 30s, above 0 and up to "
                + MAX_TTL_MILLIS / 1000
                + "s")
        : Parsed.value(millis);
  }

  /** {@code consistency} of a read. */
  static Parsed<Consistency> consistency(Query query, Consistency whenLeftOut) {
    Parsed<String> consistency = query.parameter("consistency");
    if (!(consistency instanceof Parsed.Value<String> given)) {
      return ((Parsed.Fault<String>) consistency).as();
    }
    return switch (given.value()) {
      case "" -> Parsed.value(whenLeftOut);
      case "confirmed" -> Parsed.value(Consistency.CONFIRMED);
      case "local" -> Parsed.value(Consistency.LOCAL);
      default ->
          Parsed.badRequest(
              "consistency="
                  + PercentCode.shown(given.value())
                  + ": consistency takes confirmed or local");
    };
  }

  /** {@code max_lag}, in versions; no bound where it is left out. */
  static Parsed<Long> maxLag(Query query) {
    Parsed<String> maxLag = query.parameter("max_lag");
    if (!(maxLag instanceof Parsed.Value<String> given)) {
      return ((Parsed.Fault<String>) maxLag).as();
    }
    if (given.value().isEmpty()) {
      return Parsed.value(Long.MAX_VALUE);
    }
    long number = number(given.value());
    return number < 0
        ? Parsed.badRequest(
            "max_lag="
                + PercentCode.shown(given.value())
                + ": max_lag takes a number of versions, 0 or more")
        : Parsed.value(number);
  }

  /** {@code min_version}: what this node has to have for the answer; empty where it is left out. */
  static Parsed<Optional<Token>> minVersion(Query query) {
    return token(query, "min_version");
  }

  /** One that is a token; empty where it is left out. */
  static Parsed<Optional<Token>> token(Query query, String name) {
    Parsed<String> sent = query.parameter(name);
    if (!(sent instanceof Parsed.Value<String> given)) {
      return ((Parsed.Fault<String>) sent).as();
    }
    return given.value().isEmpty()
        ? Parsed.value(Optional.empty())
        : token(name, name + "=", given.value());
  }

  /**
   * @param name of what holds it
   * @param shown what stands before its value where that is wrong
   */
  static Parsed<Optional<Token>> token(String name, String shown, String text) {
    Optional<Token> token = token(text);
    return token.isEmpty()
        ? Parsed.badRequest(
            shown
                + PercentCode.shown(text)
                + ": "
                + name
                + " takes a token, as 1.42, epoch and version")
        : Parsed.value(token);
  }

  /** Empty where it is none: a token has one spelling, without zeros before its numbers. */
  static Optional<Token> token(String text) {
    return Token.parse(text).filter(token -> token.toString().equals(text));
  }

  /** A key or the beginning of one; empty where the parameter is left out or is empty. */
  static Parsed<Key> bound(Query query, String name) {
    Parsed<String> sent = query.encodedOnce(name);
    if (!(sent instanceof Parsed.Value<String> given)) {
      return ((Parsed.Fault<String>) sent).as();
    }
    String encoded = given.value();
    byte[] bytes = PercentCode.decode(encoded);
    String wrong = null;
    if (bytes == null) {
      wrong = "is not percent-encoded, which takes two hexadecimal digits after each %";
    } else if (bytes.length > Key.MAX_BYTES) {
      wrong = "has " + bytes.length + " bytes";
    } else if (!PercentCode.isUtf8(bytes)) {
      wrong = "is not UTF-8";
    }
    return bytes == null || wrong != null
        ? Parsed.badRequest(
            name
                + "="
                + PercentCode.shown(encoded)
                + " "
                + wrong
                + "; "
                + name
                + " takes up to 512 bytes of UTF-8")
        : Parsed.value(new Key(bytes));
  }

  /** A number of nothing but digits; -1 for anything else, and for more digits than make sense. */
  static long number(String text) {
    if (text.isEmpty() || text.length() > MOST_DIGITS) {
      return -1;
    }
    long number = 0;
    for (int i = 0; i < text.length(); i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      number = number * 10 + digit;
    }
    return number;
  }
}
