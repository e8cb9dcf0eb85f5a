package io.quorate.bench;

import java.util.Locale;

/** A result in words and figures. */
final class TableText {
  private static final int FEW_DIGITS_FROM = 100;
  private static final int SOME_DIGITS_FROM = 10;
  private static final String NONE = "-";

  private TableText() {}

  /** In one line, while the bench goes on. */
  static String line(Result result) {
    return result.figure() == null
        ? plain(result.row().title()) + ": " + verdict(result)
        : String.format(
            Locale.ROOT,
            "%s: %s (%s), least %s, aim %s: %s; %s",
            plain(result.row().title()),
            figure(result),
            spread(result),
            least(result.row()),
            aim(result.row()),
            verdict(result),
            result.measured());
  }

  private static String plain(String markdown) {
    return markdown.replace("`", "");
  }

  /** The median, with its unit. */
  static String figure(Result result) {
    Samples figure = result.figure();
    return figure == null ? NONE : withUnit(result.row(), figure.median());
  }

  /** From the least to the greatest of the rounds. */
  static String spread(Result result) {
    Samples figure = result.figure();
    return figure == null || figure.values().size() == 1
        ? NONE
        : number(figure.least()) + " to " + number(figure.most());
  }

  /** What the row has to reach. */
  static String least(Row row) {
    Target target = row.target();
    return target == null ? NONE : bound(row, target, target.least());
  }

  /** What it should reach. */
  static String aim(Row row) {
    Target target = row.target();
    return target == null ? NONE : bound(row, target, target.aim());
  }

  private static String bound(Row row, Target target, double value) {
    return switch (target.better()) {
      case HIGHER -> "≥ " + withUnit(row, value);
      case LOWER -> "≤ " + withUnit(row, value);
    };
  }

  /** The verdict, with the reason where there is no figure. */
  static String verdict(Result result) {
    return result.figure() == null
        ? result.verdict().word() + ": " + result.measured()
        : result.verdict().word();
  }

  private static String withUnit(Row row, double value) {
    return row.unit().isEmpty() ? number(value) : number(value) + " " + row.unit();
  }

  /** With three digits or a few more; a ratio beside its bound needs them. */
  static String number(double value) {
    double size = Math.abs(value);
    String format =
        size >= FEW_DIGITS_FROM
            ? "%,.0f"
            : size >= SOME_DIGITS_FROM ? "%.1f" : size >= 1 ? "%.2f" : "%.3f";
    return String.format(Locale.ROOT, format, value);
  }
}
