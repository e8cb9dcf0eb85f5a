package io.quorate.bench;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What became of each row so far. Each is told in a line when it is there. */
final class Results {
  private final Map<Row, Result> byRow = new EnumMap<>(Row.class);
  private final PrintStream out;

  Results(PrintStream out) {
    this.out = out;
  }

  void add(Result result) {
    byRow.put(result.row(), result);
    out.println("  " + TableText.line(result));
  }

  boolean has(Row row) {
    return byRow.containsKey(row);
  }

  /** In the order of the table. */
  List<Result> all() {
    return new ArrayList<>(byRow.values());
  }

  boolean anyFailed() {
    return byRow.values().stream().anyMatch(result -> result.verdict() == Verdict.FAILED);
  }
}
