package io.quorate.charts;

import java.math.BigDecimal;
import java.util.Locale;

/** How numbers are written for readers. */
final class Numbers {
  static final double US_PER_MS = 1000;

  private Numbers() {}

  /** Milliseconds with three decimals, of microseconds. */
  static String ms(double us) {
    return fixed(us / US_PER_MS, 3);
  }

  /** Milliseconds with their sign. */
  static String signedMs(double us) {
    String text = ms(us);
    return text.startsWith("-") ? text : "+" + text;
  }

  static String fixed(double number, int decimals) {
    return String.format(Locale.ROOT, "%." + decimals + "f", number);
  }

  /** As few digits as tell it, without an exponent. */
  static String plain(double number) {
    BigDecimal stripped = BigDecimal.valueOf(number).stripTrailingZeros();
    return (stripped.scale() < 0 ? stripped.setScale(0) : stripped).toPlainString();
  }

  /** Whole, in groups of three digits. */
  static String grouped(double number) {
    return String.format(Locale.ROOT, "%,.0f", number);
  }

  static String percent(double share) {
    return fixed(100 * share, 1) + " %";
  }

  static double toMs(double us) {
    return us / US_PER_MS;
  }
}
