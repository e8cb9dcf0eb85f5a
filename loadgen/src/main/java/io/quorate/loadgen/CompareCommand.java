package io.quorate.loadgen;

import io.quorate.charts.Comparison;
import io.quorate.charts.Sweep;
import io.quorate.charts.SweepFile;
import io.quorate.charts.UnusableSweepException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
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
      "Exit status: 0; 3 when B is worse than --fail-over allows; 2 for files that cannot be read.",
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
      description = "where the charts go (default: none are drawn)")
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
    Comparison comparison = Comparison.of(read(before), read(after));
    PrintStream printing = surroundings.out();
    printing.println("A " + before);
    printing.println("B " + after);
    comparison.differences().forEach(printing::println);
    comparison.table().forEach(printing::println);
    if (out != null) {
      draw(comparison, out);
    }
    List<String> regressions = factor == null ? List.of() : comparison.regressions(factor);
    regressions.forEach(line -> printing.println("REGRESSION: " + line));
    return regressions.isEmpty() ? 0 : REGRESSED;
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
      surroundings
          .out()
          .println(
              names.isEmpty()
                  ? "no charts: the two have no result in common"
                  : "charts in " + directory);
    } catch (IOException failed) {
      throw Refusal.failed("cannot write " + directory + ": " + failed);
    }
  }
}
