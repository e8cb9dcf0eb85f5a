package io.quorate.bench;

import io.quorate.loadgen.Refusal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What pgbench printed. */
final class PgbenchReport {
  private static final Pattern PER_SECOND = Pattern.compile("(?m)^tps = (\\d+\\.\\d+)");
  private static final Pattern FAILED =
      Pattern.compile("(?m)^number of failed transactions: ([1-9]\\d*)");

  private PgbenchReport() {}

  /**
   * Transactions a second.
   *
   * @throws Refusal when it tells none, or some failed
   */
  static double perSecond(String printed) throws Refusal {
    double perSecond = Double.parseDouble(Printed.find("pgbench", "tps", PER_SECOND, printed));
    Matcher failed = FAILED.matcher(printed);
    if (failed.find()) {
      throw Refusal.failed("pgbench: " + failed.group(1) + " transactions failed");
    }
    if (perSecond == 0) {
      throw Refusal.failed("pgbench: not one transaction was committed");
    }
    return perSecond;
  }
}
