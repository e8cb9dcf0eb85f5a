package io.quorate.node;

import java.math.BigDecimal;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reads variables; a value that is missing or empty is the default. */
final class Environment {

  private static final BigDecimal NANOS_PER_MILLI = BigDecimal.valueOf(1_000_000);

  private static final long LEAST_BYTES = 1024;
  private static final long LARGEST_BYTES = 1L << 40;

  private final Map<String, String> values;

  Environment(Map<String, String> values) {
    this.values = values;
  }

  Optional<String> given(Variable variable) {
    return Optional.ofNullable(values.get(variable.name()))
        .map(String::strip)
        .filter(value -> !value.isEmpty());
  }

  String text(Variable variable) {
    return given(variable).orElse(variable.preset);
  }

  long number(Variable variable, long min, long max) throws WrongVariableException {
    String text = text(variable);
    try {
      long number = Long.parseLong(text);
      if (number >= min && number <= max && text.charAt(0) != '+') {
        return number;
      }
    } catch (NumberFormatException notANumber) {
      // refused below, like a number out of bounds
    }
    throw new WrongVariableException(variable, text);
  }

  /** A number of bytes that has no fixed default. */
  long bytes(Variable variable, long preset) throws WrongVariableException {
    return given(variable).isEmpty() ? preset : number(variable, LEAST_BYTES, LARGEST_BYTES);
  }

  /** Decimal milliseconds as nanoseconds; what is finer is cut. */
  long millisAsNanos(Variable variable, BigDecimal minMillis, BigDecimal maxMillis)
      throws WrongVariableException {
    String text = text(variable);
    if (text.matches("[0-9]{1,9}(\\.[0-9]{1,9})?")) {
      BigDecimal millis = new BigDecimal(text);
      if (millis.compareTo(minMillis) >= 0 && millis.compareTo(maxMillis) <= 0) {
        return millis.multiply(NANOS_PER_MILLI).longValue();
      }
    }
    throw new WrongVariableException(variable, text);
  }

  boolean flag(Variable variable) throws WrongVariableException {
    return switch (text(variable).toLowerCase(Locale.ROOT)) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new WrongVariableException(variable, text(variable));
    };
  }

  /** An http URL without path, query, fragment or user, as given but for a slash at its end. */
  Optional<URI> url(Variable variable) throws WrongVariableException {
    Optional<String> text = given(variable);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    Optional<URI> url = readUrl(text.get());
    if (url.isEmpty()) {
      throw new WrongVariableException(variable, text.get());
    }
    return url;
  }

  List<URI> urls(Variable variable, int most) throws WrongVariableException {
    List<URI> urls = new ArrayList<>();
    String text = given(variable).orElse("");
    for (String part : text.split(",", -1)) {
      if (!part.isBlank()) {
        urls.add(
            readUrl(part.strip()).orElseThrow(() -> new WrongVariableException(variable, text)));
      } else if (!text.isEmpty()) {
        throw new WrongVariableException(variable, text);
      }
    }
    if (urls.size() > most || urls.stream().distinct().count() < urls.size()) {
      throw new WrongVariableException(variable, text);
    }
    return urls;
  }

  static boolean isUrl(String text) {
    return readUrl(text).isPresent();
  }

  /** Whether the text is a host and a port. */
  static boolean isHostAndPort(String text) {
    return readUrl("http://" + text).filter(url -> url.getPort() > 0).isPresent();
  }

  private static Optional<URI> readUrl(String text) {
    try {
      URI url = new URI(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
      boolean plain =
          "http".equalsIgnoreCase(url.getScheme())
              && url.getHost() != null
              && url.getUserInfo() == null
              && url.getPort() <= 0xffff
              && url.getPort() != 0
              && url.getRawPath().isEmpty()
              && url.getRawQuery() == null
              && url.getRawFragment() == null;
      return plain ? Optional.of(url) : Optional.empty();
    } catch (URISyntaxException notAUrl) {
      return Optional.empty();
    }
  }
}
