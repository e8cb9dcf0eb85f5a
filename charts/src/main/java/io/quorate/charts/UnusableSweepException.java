package io.quorate.charts;

/**
 * A sweep's file that cannot be read, or results that cannot be drawn. The message is one line for
 * the user: which file or pass, where, what stood there and what was expected.
 */
public final class UnusableSweepException extends Exception {
  private static final long serialVersionUID = 1L;
  private static final char LINE_SEPARATOR = 0x2028;
  private static final char PARAGRAPH_SEPARATOR = 0x2029;

  UnusableSweepException(String line) {
    super(escaped(line));
  }

  /** Control characters and line separators as Java spells them, so that one line stays one. */
  private static String escaped(String line) {
    StringBuilder escaped = new StringBuilder();
    for (int at = 0; at < line.length(); at++) {
      char one = line.charAt(at);
      if (one == '\n') {
        escaped.append("\\n");
      } else if (Character.isISOControl(one)
          || one == LINE_SEPARATOR
          || one == PARAGRAPH_SEPARATOR) {
        escaped.append("\\u%04x".formatted((int) one));
      } else {
        escaped.append(one);
      }
    }
    return escaped.toString();
  }
}
