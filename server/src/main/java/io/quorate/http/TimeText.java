package io.quorate.http;

import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/** How long something may take, as clients write it: a whole number with its unit, ms or s. */
public final class TimeText {

  /** What a timeout takes. */
  public static final String TIMEOUT =
      "a number with its unit, as 250ms or 2s, above 0 and up to 3600s";

  private static final long MAX_TIMEOUT_MILLIS = TimeUnit.HOURS.toMillis(1);

  private TimeText() {}

  /** A timeout; empty for what is none. */
  public static OptionalLong timeoutNanos(String text) {
    long millis = millis(text);
    return millis <= 0 || millis > MAX_TIMEOUT_MILLIS
        ? OptionalLong.empty()
        : OptionalLong.of(TimeUnit.MILLISECONDS.toNanos(millis));
  }

  /** -1 for what is no time. */
  static long millis(String text) {
    if (text.endsWith("ms")) {
      return Parameters.number(text.substring(0, text.length() - 2));
    }
    long seconds =
        text.endsWith("s") ? Parameters.number(text.substring(0, text.length() - 1)) : -1;
    return seconds < 0 ? -1 : TimeUnit.SECONDS.toMillis(seconds);
  }
}
