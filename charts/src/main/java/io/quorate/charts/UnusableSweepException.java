package io.quorate.charts;

/**
 * A sweep's file that cannot be read, or results that cannot be drawn. The message is one line for
 * the user: which file or pass, where, what stood there and what was expected.
 */
public final class UnusableSweepException extends Exception {
  private static final long serialVersionUID = 1L;

  UnusableSweepException(String line) {
    super(line.replaceAll("\\s+", " ").strip());
  }
}
