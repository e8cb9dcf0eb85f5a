package io.quorate.loadgen;

import java.io.Console;
import java.io.PrintStream;
import java.time.Duration;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * Where a command has got to: on a terminal one line that changes in place, elsewhere a line every
 * few seconds. Used by one thread.
 */
final class ProgressLine {
  private static final Duration LIVE_INTERVAL = Duration.ofMillis(200);
  private static final Duration PLAIN_INTERVAL = Duration.ofSeconds(5);
  private static final String ERASE_LINE = "\r\u001b[K";

  private static final Pattern COLUMNS = Pattern.compile("[1-9]\\d{1,3}");
  private static final int USUAL_COLUMNS = 80;

  private final PrintStream out;
  private final boolean live;
  private final int columns;
  private long lastNanos = System.nanoTime();
  private boolean lineStands;

  ProgressLine(PrintStream out, boolean live) {
    this(out, live, columns());
  }

  /**
   * @param columns how wide the terminal is: a line that wrapped could not be erased
   */
  ProgressLine(PrintStream out, boolean live, int columns) {
    this.out = out;
    this.live = live;
    this.columns = columns;
  }

  private static int columns() {
    String told = System.getenv("COLUMNS");
    return told != null && COLUMNS.matcher(told).matches() ? Integer.parseInt(told) : USUAL_COLUMNS;
  }

  /** Shows the line, unless it was shown only just before. */
  void update(Supplier<String> line) {
    long nowNanos = System.nanoTime();
    Duration interval = live ? LIVE_INTERVAL : PLAIN_INTERVAL;
    if (nowNanos - lastNanos < interval.toNanos()) {
      return;
    }
    lastNanos = nowNanos;
    if (live) {
      String text = line.get();
      out.print(ERASE_LINE + text.substring(0, Math.min(text.length(), columns - 1)));
      out.flush();
      lineStands = true;
    } else {
      out.println(line.get());
    }
  }

  /** Prints a line that stays. */
  void print(String line) {
    if (lineStands) {
      out.print(ERASE_LINE);
      lineStands = false;
    }
    out.println(line);
    lastNanos = System.nanoTime();
  }

  /** Whether someone watches: from JDK 22 on, a console alone does not say so. */
  @SuppressWarnings("SystemConsoleNull")
  static boolean onTerminal() {
    Console console = System.console();
    if (console == null) {
      return false;
    }
    try {
      return (Boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (NoSuchMethodException olderThan22) {
      return true;
    } catch (ReflectiveOperationException failed) {
      throw new IllegalStateException(failed);
    }
  }
}
