package io.quorate.bench;

import io.quorate.loadgen.Refusal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What one run of wrk printed.
 *
 * @param requests that were answered
 * @param p99Micros latency, microseconds
 */
record WrkReport(double perSecond, long requests, double p99Micros) {
  private static final Pattern PER_SECOND = Pattern.compile("(?m)^Requests/sec:\\s+(\\d+\\.\\d+)");
  private static final Pattern REQUESTS = Pattern.compile("(?m)^\\s+(\\d+) requests in ");
  private static final Pattern P99 =
      Pattern.compile("(?m)^\\s+99%\\s+(\\d+(?:\\.\\d+)?)(us|ms|s|m)\\s*$");
  private static final Pattern REFUSED = Pattern.compile("Non-2xx or 3xx responses: (\\d+)");
  private static final Pattern SOCKET_ERRORS = Pattern.compile("Socket errors: (.*)");

  /**
   * Reads what wrk printed with {@code --latency}.
   *
   * @throws Refusal when it is not that, an answer was an error or did not come, or there is none
   */
  static WrkReport read(String printed) throws Refusal {
    String perSecond = Printed.find("wrk", "Requests/sec", PER_SECOND, printed);
    String requests = Printed.find("wrk", "number of requests", REQUESTS, printed);
    Matcher p99 = P99.matcher(printed);
    if (!p99.find()) {
      throw Printed.unreadable("wrk", "99% latency", printed);
    }
    Matcher refused = REFUSED.matcher(printed);
    if (refused.find()) {
      throw Refusal.failed("wrk: " + refused.group(1) + " of " + requests + " answers were errors");
    }
    Matcher errors = SOCKET_ERRORS.matcher(printed);
    if (errors.find()) {
      throw Refusal.failed("wrk: socket errors: " + errors.group(1));
    }
    long answered = Long.parseLong(requests);
    if (answered == 0) {
      throw Refusal.failed("wrk: not one request was answered");
    }
    return new WrkReport(
        Double.parseDouble(perSecond),
        answered,
        Double.parseDouble(p99.group(1)) * micros(p99.group(2)));
  }

  private static double micros(String unit) {
    return switch (unit) {
      case "us" -> 1;
      case "ms" -> 1e3;
      case "s" -> 1e6;
      case "m" -> 60e6;
      default -> throw new IllegalArgumentException(unit);
    };
  }
}
