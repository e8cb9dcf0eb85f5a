package io.quorate.http;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.quorate.replication.Settings;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.TimeUnit;

/**
 * Reads a patch of the settings: a JSON object with any of {@code write_quorum}, {@code
 * min_delay_ms}, {@code max_delay_ms} and {@code write_timeout_ms}. Refused whole when one of them
 * is wrong, stands twice or is unknown.
 */
final class SettingsPatch {

  private static final double NANOS_PER_MILLI = 1e6;
  private static final int MAX_DELAY_MILLIS = 60_000;
  private static final int MAX_TIMEOUT_MILLIS = 3_600_000;

  private final QuorumRange range;
  private int writeQuorum;
  private long minDelayNanos;
  private long maxDelayNanos;
  private long writeTimeoutNanos;

  private SettingsPatch(Settings current, QuorumRange range) {
    this.range = range;
    this.writeQuorum = current.writeQuorum();
    this.minDelayNanos = current.minDelayNanos();
    this.maxDelayNanos = current.maxDelayNanos();
    this.writeTimeoutNanos = current.writeTimeoutNanos();
  }

  /** The settings after the patch, or why it is refused. */
  static Parsed<Settings> apply(byte[] patch, Settings current, QuorumRange range) {
    SettingsPatch settings = new SettingsPatch(current, range);
    String fault;
    try (JsonParser parser = JsonText.FACTORY.createParser(patch)) {
      fault = settings.read(parser);
    } catch (JsonProcessingException malformed) {
      fault = "the body is not a JSON object: " + JsonText.told(malformed);
    } catch (CharConversionException otherEncoding) {
      fault = "the body is not a JSON object: it is not UTF-8";
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    if (fault.isEmpty() && settings.minDelayNanos > settings.maxDelayNanos) {
      fault =
          "min_delay_ms would be "
              + settings.minDelayNanos / NANOS_PER_MILLI
              + " and max_delay_ms "
              + settings.maxDelayNanos / NANOS_PER_MILLI
              + "; min_delay_ms takes at most max_delay_ms";
    }
    return fault.isEmpty() ? Parsed.value(settings.settings()) : Parsed.badRequest(fault);
  }

  private Settings settings() {
    return new Settings(writeQuorum, minDelayNanos, maxDelayNanos, writeTimeoutNanos);
  }

  /** What is wrong; empty when nothing is. */
  private String read(JsonParser parser) throws IOException {
    if (parser.nextToken() != JsonToken.START_OBJECT) {
      return "the body is not a JSON object";
    }
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      JsonToken token = parser.nextToken();
      String fault = take(parser, name, token);
      if (!fault.isEmpty()) {
        return fault;
      }
    }
    return parser.nextToken() == null ? "" : "something follows the JSON object";
  }

  private String take(JsonParser parser, String name, JsonToken token) throws IOException {
    return switch (name) {
      case "write_quorum" -> takeQuorum(parser, token);
      case "min_delay_ms" -> {
        minDelayNanos = delayNanos(parser, token);
        yield minDelayNanos < 0 ? fault(parser, name, "0 to " + MAX_DELAY_MILLIS) : "";
      }
      case "max_delay_ms" -> {
        maxDelayNanos = delayNanos(parser, token);
        yield maxDelayNanos < 0 ? fault(parser, name, "0 to " + MAX_DELAY_MILLIS) : "";
      }
      case "write_timeout_ms" -> takeTimeout(parser, token);
      default ->
          PercentCode.shown(name)
              + " is not a setting; there are write_quorum, min_delay_ms, max_delay_ms and"
              + " write_timeout_ms";
    };
  }

  private String takeQuorum(JsonParser parser, JsonToken token) throws IOException {
    String text = parser.getText();
    long number = token == JsonToken.VALUE_NUMBER_INT ? Parameters.number(text) : -1;
    if (token == JsonToken.VALUE_STRING && text.equals("majority")) {
      number = range.majority();
    } else if (token == JsonToken.VALUE_STRING && text.equals("all")) {
      number = range.followers();
    }
    if (!range.takes(number)) {
      return fault(parser, "write_quorum", range.numbers() + ", \"majority\" or \"all\"");
    }
    writeQuorum = (int) number;
    return "";
  }

  private String takeTimeout(JsonParser parser, JsonToken token) throws IOException {
    double millis = token.isNumeric() ? parser.getDoubleValue() : -1;
    if (millis < 1 || millis > MAX_TIMEOUT_MILLIS || millis != Math.rint(millis)) {
      return fault(parser, "write_timeout_ms", "a whole number from 1 to " + MAX_TIMEOUT_MILLIS);
    }
    writeTimeoutNanos = TimeUnit.MILLISECONDS.toNanos((long) millis);
    return "";
  }

  /** -1 for what is no number, or outside. */
  private static long delayNanos(JsonParser parser, JsonToken token) throws IOException {
    if (!token.isNumeric()) {
      return -1;
    }
    double millis = parser.getDoubleValue();
    return millis >= 0 && millis <= MAX_DELAY_MILLIS ? Math.round(millis * NANOS_PER_MILLI) : -1;
  }

  private static String fault(JsonParser parser, String name, String taken) throws IOException {
    return name + "=" + PercentCode.shown(parser.getText()) + ": " + name + " takes " + taken;
  }
}
