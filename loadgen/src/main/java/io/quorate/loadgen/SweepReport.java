package io.quorate.loadgen;

import io.quorate.charts.ResidualTable;
import io.quorate.charts.Sweep;
import java.io.PrintStream;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is told of one sweep, printed and in files. The sweep's file is written anew with every pass
 * and says that it is incomplete until the end: what was measured survives our own death.
 */
final class SweepReport {
  private final PrintStream out;
  private final SweepDirectory directory;
  private final List<String> command;
  private final Sweep.Settings settings;
  private final Sweep.Machine machine;
  private final SweepResults results;
  private final String startedAt = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
  private final Completers completers;

  /**
   * @param command the words typed
   * @param completers what the leader tells of the measured writes
   */
  SweepReport(
      PrintStream out,
      SweepDirectory directory,
      List<String> command,
      Sweep.Settings settings,
      Sweep.Machine machine,
      SweepResults results,
      Completers completers) {
    this.out = out;
    this.directory = directory;
    this.command = command;
    this.settings = settings;
    this.machine = machine;
    this.results = results;
    this.completers = completers;
  }

  /** Prints what is about to be measured. */
  void printHeader(Set<Integer> quorums, boolean baseline) {
    out.printf(
        "leader %s, %d followers, injected delay %s to %s ms%n",
        settings.leader(), settings.followers(), settings.minDelayMs(), settings.maxDelayMs());
    SettingsText.load(settings).forEach(out::println);
    out.printf(
        "write quorums %s, %s a pass, %s%s, seed %d%n",
        quorums,
        SettingsText.length(settings),
        settings.rounds() == 1 ? "1 round" : settings.rounds() + " rounds",
        baseline ? ", baseline at zero lag" : "",
        settings.seed());
  }

  /** Takes a pass that has ended, or was cut short. */
  void add(PassOutcome outcome) throws Refusal {
    for (SweepResults.Merged changed : results.add(outcome)) {
      directory.write(changed, outcome);
    }
    directory.write(sweep(false, null));
  }

  /**
   * Prints the table and the proof and writes what belongs into files.
   *
   * @param cutShort why the sweep did not come to its end, or null where it did
   * @param failures one line for each part of the sweep in which requests failed
   */
  void end(@Nullable String cutShort, Sweep.@Nullable Proof proof, List<String> failures)
      throws Refusal {
    Sweep sweep = sweep(cutShort == null, proof);
    out.println();
    ResultTable.lines(sweep).forEach(out::println);
    out.println();
    List<String> residuals = ResidualTable.lines(sweep);
    residuals.forEach(out::println);
    if (!residuals.isEmpty()) {
      out.println();
    }
    CompletionTable.lines(sweep).forEach(out::println);
    failures.forEach(line -> out.println("not confirmed: " + line));
    if (cutShort != null) {
      out.println("incomplete: " + cutShort);
    }
    if (proof != null) {
      print(proof);
    }
    directory.writeReport(sweep);
    out.println("results in " + directory);
  }

  private void print(Sweep.Proof proof) {
    out.printf(
        "proof: %s; %d nodes, %d keys read from each and compared%s%n",
        proof.converged() ? "converged" : "NOT CONVERGED",
        proof.nodes(),
        proof.keys(),
        proof.digest() == null ? "" : ", digest " + proof.digest());
    proof.problems().forEach(problem -> out.println("  " + problem));
  }

  private Sweep sweep(boolean complete, Sweep.@Nullable Proof proof) {
    return new Sweep(
        startedAt,
        complete,
        command,
        settings,
        machine,
        results.results(),
        completers.completions(),
        completers.links(),
        proof);
  }
}
