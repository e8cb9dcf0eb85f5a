package io.quorate.loadgen;

import io.quorate.charts.Comparison;
import io.quorate.charts.Sweep;
import io.quorate.charts.SweepFile;
import io.quorate.charts.UnusableSweepException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Holds the results of one sweep against those of an earlier one. */
@Command(
    name = "compare",
    description = {
      "Prints two sweeps side by side, with the ratio of B to A, and draws them over each other.",
      "Exit status: 0; 3 when B is worse than --fail-over allows; 2 for files that"
          + " cannot be read or have no result in common.",
      ""
    })
final class CompareCommand implements Callable<Integer> {
  /** Exit status when B is worse than allowed. */
  static final int REGRESSED = 3;

  private static final double LEAST_FACTOR = 0.01;
  private static final double MOST_FACTOR = 1_000;

  private final Surroundings surroundings;

  @Parameters(index = "0", paramLabel = "A/sweep.json", description = "what was")
  private Path before = Path.of("");

  @Parameters(index = "1", paramLabel = "B/sweep.json", description = "what is held against it")
  private Path after = Path.of("");

  @Option(
      names = "--fail-over",
      paramLabel = "FACTOR",
      description =
          "end with status 3 when a mean or percentile of B is more than this times A's, or a"
              + " closed loop carries that much less; such as 1.2")
  private @Nullable String failOver;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "where the charts go (default out/compare-<timestamp>)")
  private @Nullable Path out;

  CompareCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws Refusal {
    Double factor =
        failOver == null
            ? null
            : (Double) Flags.number("--fail-over", failOver, LEAST_FACTOR, MOST_FACTOR);
    Sweep a = read(before);
    Sweep b = read(after);
    if (Collections.disjoint(names(a), names(b))) {
      throw Refusal.badInput(
          after
              + ": has no result in common with "
              + before
              + ": got "
              + names(b)
              + ", takes at least one of "
              + names(a));
    }
    Comparison comparison = Comparison.of(a, b);
    PrintStream printing = surroundings.out();
    printing.println("A " + before);
    printing.println("B " + after);
    comparison.differences().forEach(printing::println);
    comparison.table().forEach(printing::println);
    draw(comparison, out == null ? Flags.defaultOut("compare") : out);
    List<String> regressions = factor == null ? List.of() : comparison.regressions(factor);
    regressions.forEach(line -> printing.println("REGRESSION: " + line));
    return regressions.isEmpty() ? 0 : REGRESSED;
  }

  private static List<String> names(Sweep sweep) {
    return sweep.results().stream().map(Sweep.Result::name).toList();
  }

  private static Sweep read(Path file) throws Refusal {
    try {
      return SweepFile.read(file);
    } catch (UnusableSweepException unusable) {
      throw Refusal.badInput(String.valueOf(unusable.getMessage()));
    }
  }

  private void draw(Comparison comparison, Path directory) throws Refusal {
    try {
      List<String> names = comparison.write(directory);
      surroundings.out().println(names.size() + " charts in " + directory);
    } catch (IOException failed) {
      throw Refusal.failed("cannot write " + directory + ": " + failed);
    }
  }
}
