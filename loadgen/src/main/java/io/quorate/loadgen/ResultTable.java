package io.quorate.loadgen;

import io.quorate.charts.Sweep;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The results of a sweep as a table of at most {@link #WIDTH} columns, latencies in milliseconds.
 */
final class ResultTable {
  static final int WIDTH = 100;

  private static final String ROW = "%-13s %2s %-5s%9s %9s %9s %9s %9s %9s %9s %8s";
  private static final List<Function<Sweep.Latency, Sweep.Figure>> FIGURES =
      List.of(
          Sweep.Latency::mean,
          Sweep.Latency::p50,
          Sweep.Latency::p90,
          Sweep.Latency::p99,
          Sweep.Latency::p999,
          Sweep.Latency::max);
  private static final int PERCENTILES_FROM = 1;
  private static final int PERCENTILES_TO = 4;

  /** Stands under the table where a result is marked. */
  static final String CUT_SHORT = "* cut short: the figures are of a part of its requests";

  /** Stands under the table where a percentile is marked. */
  static final String FEW =
      "~ fewer than "
          + Sweep.LEAST_SAMPLES_BEYOND
          + " samples lie beyond this percentile: not a fact";

  /** Stands under the table where the rounds have figures of their own. */
  static final String ROUNDS = "least, most: of the rounds' own figures";

  /** In place of the latency of no request. */
  private static final String NONE = "-";

  private ResultTable() {}

  /** The lines of the table, headings first, and what its marks mean last. */
  static List<String> lines(Sweep sweep) {
    List<String> lines = new ArrayList<>();
    lines.add(
        String.format(
            Locale.ROOT,
            ROW,
            "load",
            "w",
            "",
            "mean ms",
            "p50 ms",
            "p90 ms",
            "p99 ms",
            "p99.9 ms",
            "max ms",
            "per sec",
            "errors"));
    for (Sweep.Result result : sweep.results()) {
      lines.add(row(result));
      lines.addAll(spread(result));
    }
    lines.addAll(feet(sweep.results(), lines));
    return lines;
  }

  private static List<String> feet(List<Sweep.Result> results, List<String> rows) {
    List<String> feet = new ArrayList<>();
    if (!results.stream().allMatch(Sweep.Result::complete)) {
      feet.add(CUT_SHORT);
    }
    if (rows.stream().anyMatch(row -> row.contains("~"))) {
      feet.add(FEW);
    }
    if (results.stream().anyMatch(result -> result.rounds() > 1)) {
      feet.add(ROUNDS);
    }
    for (Sweep.Result result : results) {
      if (Boolean.FALSE.equals(result.rateReached())) {
        feet.add(
            String.format(
                Locale.ROOT,
                "RATE NOT REACHED: %s: asked for %.0f/s in all, %.0f/s of these were answered",
                result.name(),
                result.rateAsked(),
                result.perSecond()));
      }
    }
    List<Sweep.Late> late =
        results.stream().map(Sweep.Result::late).filter(Objects::nonNull).toList();
    if (!late.isEmpty()) {
      feet.add(
          String.format(
              Locale.ROOT,
              "the generator itself sent late by %.3f ms at p99 of its worst pass, %.3f ms at most",
              late.stream().mapToDouble(Sweep.Late::p99).max().orElseThrow() / 1e3,
              late.stream().mapToDouble(Sweep.Late::max).max().orElseThrow() / 1e3));
    }
    return feet;
  }

  private static String row(Sweep.Result result) {
    String lag = result.lag() == Sweep.Lag.NONE ? " no lag" : "";
    return format(
        Pass.word(result.load()) + lag + (result.complete() ? "" : "*"),
        Integer.toString(result.quorum()),
        Pass.word(result.operation()),
        result.latency(),
        Sweep.Figure::us,
        1,
        String.format(Locale.ROOT, "%.0f", result.perSecond()),
        Long.toString(result.errors()));
  }

  private static List<String> spread(Sweep.Result result) {
    Sweep.Latency latency = result.latency();
    return latency == null || latency.mean().low() == null
        ? List.of()
        : List.of(
            format("", "", "least", latency, Sweep.Figure::low, result.rounds(), "", ""),
            format("", "", "most", latency, Sweep.Figure::high, result.rounds(), "", ""));
  }

  /**
   * @param rounds how many rounds share the samples beyond a percentile
   */
  private static String format(
      String load,
      String quorum,
      String operation,
      Sweep.@Nullable Latency latency,
      Function<Sweep.Figure, @Nullable Double> value,
      int rounds,
      String perSecond,
      String errors) {
    List<Object> cells = new ArrayList<>(List.of(load, quorum, operation));
    for (int at = 0; at < FIGURES.size(); at++) {
      Sweep.Figure figure = latency == null ? null : FIGURES.get(at).apply(latency);
      boolean percentile = at >= PERCENTILES_FROM && at <= PERCENTILES_TO;
      boolean few =
          percentile
              && figure != null
              && figure.beyond() < (long) rounds * Sweep.LEAST_SAMPLES_BEYOND;
      cells.add(figure == null ? NONE : cell(value.apply(figure), few));
    }
    cells.add(perSecond);
    cells.add(errors);
    return String.format(Locale.ROOT, ROW, cells.toArray()).stripTrailing();
  }

  /** Microseconds as milliseconds, to the microsecond as long as that fits its column. */
  private static String cell(@Nullable Double micros, boolean few) {
    if (micros == null) {
      return NONE;
    }
    double millis = micros / 1_000;
    String shown = String.format(Locale.ROOT, millis < 9_999 ? "%.3f" : "%.0f", millis);
    return few ? "~" + shown : shown;
  }
}
