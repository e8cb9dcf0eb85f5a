package io.quorate.bench;

import io.quorate.loadgen.Refusal;
import java.util.regex.Pattern;

/**
 * The table that {@code strace -c} prints. Its figures end where their headings end, and any of
 * them may be missing:
 *
 * <pre>
 *   % time     seconds  usecs/call     calls    errors syscall
 *   100.00    3.698295         214     17241        77 total
 * </pre>
 */
final class StraceReport {
  private static final Pattern HEADINGS = Pattern.compile("(?m)^(.* seconds .* calls) .*syscall$");
  private static final Pattern TOTAL = Pattern.compile("(?m)^(.*\\d.*) total$");
  private static final Pattern LAST_NUMBER = Pattern.compile("(\\d+)$");

  private StraceReport() {}

  /**
   * How many system calls were counted.
   *
   * @throws Refusal when the table is not there
   */
  static long calls(String printed) throws Refusal {
    int end = Printed.find("strace", "table of calls", HEADINGS, printed).length();
    String total = Printed.find("strace", "total", TOTAL, printed);
    String throughCalls = total.substring(0, Math.min(end, total.length()));
    return Long.parseLong(Printed.find("strace", "total of calls", LAST_NUMBER, throughCalls));
  }
}
