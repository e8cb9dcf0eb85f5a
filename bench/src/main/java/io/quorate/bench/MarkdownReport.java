package io.quorate.bench;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The table as it stands in the README, with what a reader needs to repeat it. */
final class MarkdownReport {
  private MarkdownReport() {}

  static String of(Run run) {
    StringBuilder text = new StringBuilder();
    text.append("`").append(run.command()).append("`, ").append(run.date()).append("\n\n");
    text.append(run.machine().described()).append("; leader, followers and client share it.\n");
    text.append(tools(run)).append("\n");
    text.append(
        String.format(
            Locale.ROOT,
            "Medians of %s, in turns of %d s, where two are compared; any other row says what it"
                + " is of. In brackets the least and the greatest.%n%n",
            run.rounds() == 1 ? "one round" : run.rounds() + " rounds",
            run.turnSeconds()));
    text.append("| figure | measured | at least | aim | verdict | behind it |\n");
    text.append("|---|---|---|---|---|---|\n");
    for (Result result : run.results()) {
      text.append(row(result)).append("\n");
    }
    return text.toString();
  }

  private static String tools(Run run) {
    return run.tools().entrySet().stream()
            .map(tool -> tool.getKey() + " " + tool.getValue())
            .collect(Collectors.joining(", "))
        + ".\n";
  }

  private static String row(Result result) {
    Row row = result.row();
    String spread = TableText.spread(result);
    List<String> cells =
        List.of(
            row.title(),
            TableText.figure(result) + (spread.equals("-") ? "" : " (" + spread + ")"),
            TableText.least(row),
            TableText.aim(row),
            result.verdict().word(),
            result.measured());
    return cells.stream().map(MarkdownReport::cell).collect(Collectors.joining(" | ", "| ", " |"));
  }

  private static String cell(String text) {
    return text.replace("|", "\\|");
  }
}
