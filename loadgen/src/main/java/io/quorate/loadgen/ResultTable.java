package io.quorate.loadgen;

import io.quorate.charts.Sweep;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * The passes of a sweep as a table of at most {@link #WIDTH} columns, latencies in milliseconds.
 */
final class ResultTable {
  static final int WIDTH = 100;

  private static final String ROW = "%-7s %3s %9s %9s %9s %9s %9s %9s %10s %8s";

  /** Stands under the table where a pass is marked. */
  static final String FOOT = "* cut short: the figures are of a part of its writes";

  /** In place of the latency of no write. */
  private static final String NONE = "-";

  private ResultTable() {}

  /** The lines of the table, headings first, and what its marks mean last. */
  static List<String> lines(List<Sweep.Pass> passes) {
    List<String> lines = new ArrayList<>();
    lines.add(
        String.format(
            Locale.ROOT,
            ROW,
            "load",
            "w",
            "mean ms",
            "p50 ms",
            "p90 ms",
            "p99 ms",
            "p99.9 ms",
            "max ms",
            "writes/s",
            "errors"));
    passes.forEach(pass -> lines.add(row(pass)));
    if (!passes.stream().allMatch(Sweep.Pass::complete)) {
      lines.add(FOOT);
    }
    return lines;
  }

  private static String row(Sweep.Pass pass) {
    Sweep.Latency latency = pass.latency();
    return String.format(
        Locale.ROOT,
        ROW,
        pass.load() + (pass.complete() ? "" : "*"),
        pass.quorum(),
        milliseconds(latency, Sweep.Latency::mean),
        milliseconds(latency, Sweep.Latency::p50),
        milliseconds(latency, Sweep.Latency::p90),
        milliseconds(latency, Sweep.Latency::p99),
        milliseconds(latency, Sweep.Latency::p999),
        milliseconds(latency, Sweep.Latency::max),
        String.format(Locale.ROOT, "%.0f", pass.writesPerSecond()),
        pass.errors());
  }

  /** Microseconds as milliseconds, to the microsecond as long as that fits its column. */
  private static String milliseconds(
      Sweep.@Nullable Latency latency, ToDoubleFunction<Sweep.Latency> figureMicros) {
    if (latency == null) {
      return NONE;
    }
    double millis = figureMicros.applyAsDouble(latency) / 1_000;
    return String.format(Locale.ROOT, millis < 99_999 ? "%.3f" : "%.0f", millis);
  }
}
