package io.quorate.loadgen;

import io.quorate.charts.Sweep;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Who completed the quorums, and how long the links took, in lines of at most 100 columns. */
final class CompletionTable {
  private static final int LABEL = 8;

  private CompletionTable() {}

  /** Empty where the leader told nothing. */
  static List<String> lines(Sweep sweep) {
    List<String> lines = new ArrayList<>();
    if (!sweep.completions().isEmpty()) {
      lines.add("share of the writes whose quorum was completed by each follower:");
      for (Sweep.Completions quorum : sweep.completions()) {
        List<String> cells = new ArrayList<>();
        double all = Math.max(1, quorum.writes());
        for (Sweep.Completion each : quorum.followers()) {
          cells.add(
              String.format(Locale.ROOT, "%s %.1f %%", each.follower(), 100 * each.count() / all));
        }
        lines.addAll(wrapped("w=" + quorum.quorum(), cells));
      }
    }
    if (!sweep.links().isEmpty()) {
      lines.add("round trips of the links since the leadership began, all passes together, ms:");
      for (Sweep.Link link : sweep.links()) {
        lines.add(
            String.format(
                Locale.ROOT,
                "  %-24s p50 %s  p90 %s  p99 %s  max %.3f  (%,d)",
                link.follower(),
                percentile(link, 50, link.p50()),
                percentile(link, 90, link.p90()),
                percentile(link, 99, link.p99()),
                link.max() / 1e3,
                link.count()));
      }
    }
    if (lines.stream().anyMatch(line -> line.contains("~"))) {
      lines.add(ResultTable.FEW);
    }
    return lines;
  }

  private static String percentile(Sweep.Link link, double percentile, double micros) {
    double beyond = link.count() * (1 - percentile / 100);
    String mark = beyond < Sweep.LEAST_SAMPLES_BEYOND ? "~" : "";
    return mark + String.format(Locale.ROOT, "%.3f", micros / 1e3);
  }

  private static List<String> wrapped(String label, List<String> cells) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder(("  " + label + " ".repeat(LABEL)).substring(0, LABEL));
    for (String cell : cells) {
      if (line.length() + 2 + cell.length() > ResultTable.WIDTH && line.length() > LABEL) {
        lines.add(line.toString());
        line = new StringBuilder(" ".repeat(LABEL));
      }
      line.append(line.length() > LABEL ? "  " : "").append(cell);
    }
    lines.add(line.toString());
    return lines;
  }
}
