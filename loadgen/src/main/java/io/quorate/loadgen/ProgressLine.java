package io.quorate.loadgen;

import java.io.Console;
import java.io.PrintStream;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * Where a command has got to: on a terminal one line that changes in place, elsewhere a line every
 * few seconds. Used by one thread.
 */
final class ProgressLine {
  private static final Duration LIVE_INTERVAL = Duration.ofMillis(200);
  private static final Duration PLAIN_INTERVAL = Duration.ofSeconds(5);
  private static final String ERASE_LINE = "\r\u001b[K";

  private final PrintStream out;
  private final boolean live;
  private long lastNanos = System.nanoTime();
  private boolean lineStands;

  ProgressLine(PrintStream out, boolean live) {
    this.out = out;
    this.live = live;
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
      out.print(ERASE_LINE + line.get());
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
