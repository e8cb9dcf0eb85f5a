package io.quorate.charts;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Pairs of results as text: A, B and the ratio under each other. */
final class ComparisonTable {
  private ComparisonTable() {}

  static List<String> lines(List<Comparison.Pair> pairs) {
    List<String> lines = new ArrayList<>();
    StringBuilder header = new StringBuilder(name("load", "w", "", "lag", ""));
    for (Statistic statistic : Statistic.values()) {
      header.append(cell(statistic.label() + " ms"));
    }
    lines.add(header.append(cell("/s")).toString());
    boolean few = false;
    for (Comparison.Pair pair : pairs) {
      Sweep.Result a = pair.a();
      String operation = Words.of(a.operation());
      String quorum = String.valueOf(a.quorum());
      lines.add(name(Words.of(a.load()), quorum, operation, Words.of(a.lag()), "A") + figures(a));
      lines.add(name("", "", "", "", "B") + figures(pair.b()));
      lines.add(name("", "", "", "", "B/A") + ratios(pair));
      few |= isAnyFew(a) || isAnyFew(pair.b());
    }
    lines.add("light, loaded: closed loop, from sending; open: open loop, from the intended start");
    for (Comparison.Pair pair : pairs) {
      if (!pair.isJudged()) {
        lines.add("not judged, connections or rates asked for differ: " + pair.a().name());
      }
    }
    if (few) {
      lines.add("* fewer than 10 samples lie beyond it: not a fact");
    }
    return lines;
  }

  private static boolean isAnyFew(Sweep.Result result) {
    return Arrays.stream(Statistic.values()).anyMatch(statistic -> isFew(result, statistic));
  }

  private static boolean isFew(Sweep.Result result, Statistic statistic) {
    Sweep.Latency latency = result.latency();
    return latency != null && latency.isFew(statistic);
  }

  private static String figures(Sweep.Result result) {
    StringBuilder line = new StringBuilder();
    Sweep.Latency latency = result.latency();
    for (Statistic statistic : Statistic.values()) {
      line.append(
          cell(
              latency == null
                  ? "-"
                  : Numbers.ms(latency.of(statistic).us())
                      + (isFew(result, statistic) ? "*" : "")));
    }
    return line + cell(Numbers.fixed(result.perSecond(), 0));
  }

  private static String ratios(Comparison.Pair pair) {
    StringBuilder line = new StringBuilder();
    for (Statistic statistic : Statistic.values()) {
      boolean few = isFew(pair.a(), statistic) || isFew(pair.b(), statistic);
      line.append(cell(ratio(pair.ratio(statistic)) + (few ? "*" : "")));
    }
    return line + cell(ratio(pair.throughputRatio()));
  }

  private static String ratio(double ratio) {
    return Double.isNaN(ratio) ? "-" : Numbers.fixed(ratio, 2);
  }

  private static String name(
      String load, String quorum, String operation, String lag, String which) {
    return "%-6s %3s %-5s %-8s %3s".formatted(load, quorum, operation, lag, which);
  }

  private static String cell(String text) {
    return String.format(Locale.ROOT, "%10s", text);
  }
}
