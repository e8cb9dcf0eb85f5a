package io.quorate.bench;

import io.quorate.loadgen.Refusal;
import java.util.regex.Pattern;

/** The table that {@code strace -c} prints. */
final class StraceReport {
  /**
   * Of the last line, {@code 100.00 0.123456 12 4567 89 total}: the errors and, in older versions,
   * the microseconds a call may be left out.
   */
  private static final Pattern TOTAL =
      Pattern.compile(
          "(?m)^\\s*100\\.0+\\s+\\d+\\.\\d+\\s+(?:\\d+\\s+)?(\\d+)(?:\\s+\\d+)?\\s+total$");

  private static final Pattern CALLS = Pattern.compile("(?m)^.*\\scalls\\s.*$");

  private StraceReport() {}

  /**
   * How many system calls were counted.
   *
   * @throws Refusal when the table is not there
   */
  static long calls(String printed) throws Refusal {
    if (!CALLS.matcher(printed).find()) {
      throw Printed.unreadable("strace", "table of calls", printed);
    }
    return Long.parseLong(Printed.find("strace", "total", TOTAL, printed));
  }
}
