package io.quorate.charts;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What was measured beside what is predicted, for a terminal: milliseconds, in 100 columns. */
public final class ResidualTable {

  private static final List<Statistic> SHOWN =
      List.of(Statistic.MEAN, Statistic.P50, Statistic.P99);
  private static final double MICROS_PER_MILLI = 1e3;

  private ResidualTable() {}

  /** One line for each load and quorum that has a prediction, with a head; none without any. */
  public static List<String> lines(Sweep sweep) {
    Map<String, List<Residual>> rows = new LinkedHashMap<>();
    for (Residual residual : Residual.of(sweep)) {
      if (SHOWN.contains(residual.statistic())) {
        String load = residual.load().name().toLowerCase(Locale.ROOT);
        String row = String.format(Locale.ROOT, "%-8s %2d", load, residual.quorum());
        rows.computeIfAbsent(row, first -> new ArrayList<>()).add(residual);
      }
    }
    List<String> lines = new ArrayList<>();
    if (rows.isEmpty()) {
      return lines;
    }
    lines.add("residual, ms: measured less predicted; beyond: less the same at zero lag, too");
    StringBuilder head = new StringBuilder("load      w");
    SHOWN.forEach(
        statistic ->
            head.append(
                String.format(
                    Locale.ROOT,
                    "  %9s %8s %8s",
                    "pred " + statistic.label(),
                    "residual",
                    "beyond")));
    lines.add(head.toString());
    rows.forEach(
        (row, residuals) -> {
          StringBuilder line = new StringBuilder(row);
          for (Residual residual : residuals) {
            line.append(
                String.format(
                    Locale.ROOT,
                    "  %9s %8s %8s",
                    milliseconds(residual.predicted(), false),
                    milliseconds(residual.raw(), residual.few()),
                    milliseconds(residual.beyondBaseline(), residual.few())));
          }
          lines.add(line.toString());
        });
    return lines;
  }

  private static String milliseconds(@Nullable Double micros, boolean few) {
    return micros == null
        ? "-"
        : (few ? "~" : "") + String.format(Locale.ROOT, "%.3f", micros / MICROS_PER_MILLI);
  }
}
