package io.quorate.bench;

import io.quorate.loadgen.Refusal;
import io.quorate.loadgen.StopSignal;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Measures the rows of the table, one experiment after the other. */
final class Table {
  private Table() {}

  /** In the order they are run: what loads the disk or fills memory comes last. */
  static List<Experiment> experiments(Path benchmarks) {
    return List.of(
        new ReadRows(),
        new WriteRows(),
        new LagRow(),
        new OpenLoopRow(),
        new CrowdRows(),
        new DelayRows(),
        new AllocationRows(benchmarks),
        new SystemCallRow(),
        new IdleRows(),
        new ColdStartRow(),
        new HeapRow(),
        new LeaseRow(),
        new FsyncRows(),
        new EtcdRows(),
        new PostgresRow(),
        new RestartRows(),
        new CatchUpRows());
  }

  /**
   * Measures what was asked for and can be. An experiment that breaks fails its own rows, and the
   * others go on; once the user stops the bench, all rows that are left are skipped.
   */
  static void measure(List<Experiment> experiments, Bench bench, Set<Row> asked, Results results) {
    for (Experiment experiment : experiments) {
      Set<Row> wanted = EnumSet.noneOf(Row.class);
      for (Row row : experiment.rows()) {
        if (asked.contains(row)) {
          String missing = missing(row);
          if (missing == null) {
            wanted.add(row);
          } else {
            results.add(Result.skipped(row, missing));
          }
        }
      }
      if (!wanted.isEmpty()) {
        measure(experiment, bench, wanted, results);
      }
    }
  }

  private static void measure(
      Experiment experiment, Bench bench, Set<Row> wanted, Results results) {
    String why = StopSignal.STOPPED;
    boolean broken = false;
    if (!bench.surroundings().stop().isRequested()) {
      try {
        experiment.measure(bench, wanted, results);
        return;
      } catch (Refusal refusal) {
        broken = !bench.surroundings().stop().isRequested();
        why = broken ? refusal.line() : StopSignal.STOPPED;
      } catch (RuntimeException defect) {
        broken = true;
        why = Printed.excerpt(defect.toString());
      }
    }
    for (Row row : wanted) {
      if (!results.has(row)) {
        results.add(broken ? Result.failed(row, why) : Result.skipped(row, why));
      }
    }
  }

  /** Why a row cannot be measured here, or null. */
  private static @Nullable String missing(Row row) {
    return row.tools().stream()
        .filter(tool -> tool.find() == null)
        .map(Tool::missing)
        .reduce((one, other) -> one + "; " + other)
        .orElse(null);
  }
}
