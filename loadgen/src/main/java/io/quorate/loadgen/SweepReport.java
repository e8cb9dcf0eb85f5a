package io.quorate.loadgen;

import io.quorate.charts.Sweep;
import java.io.PrintStream;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * What is told of one sweep, printed and in files. The sweep's file is written anew with every pass
 * and says that it is incomplete until the end: what was measured survives our own death.
 */
final class SweepReport {
  private final PrintStream out;
  private final SweepDirectory directory;
  private final Sweep.Settings settings;
  private final Sweep.Machine machine;
  private final String startedAt = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
  private final List<Sweep.Pass> passes = new ArrayList<>();

  SweepReport(
      PrintStream out,
      SweepDirectory directory,
      SweepSettings asked,
      NodeUrl leader,
      NodeStatus status) {
    this.out = out;
    this.directory = directory;
    settings =
        new Sweep.Settings(
            leader.toString(),
            status.followers().size(),
            status.minDelayMs(),
            status.maxDelayMs(),
            asked.writes(),
            asked.openingWarmup(),
            asked.warmup(),
            asked.timeout().toMillis(),
            asked.workload().keys(),
            asked.workload().valueBytes(),
            asked.workload().seed());
    machine =
        new Sweep.Machine(
            System.getProperty("os.name") + " " + System.getProperty("os.arch"),
            System.getProperty("java.vm.name") + " " + Runtime.version(),
            Runtime.getRuntime().availableProcessors(),
            "transport " + status.transport());
  }

  /** Prints what is about to be measured. */
  void printHeader(Set<Integer> quorums) {
    out.printf(
        "leader %s, %d followers, injected delay %s to %s ms%n",
        settings.leader(), settings.followers(), settings.minDelayMs(), settings.maxDelayMs());
    out.printf(
        "write quorums %s, %,d writes a pass over %,d keys, %,d-byte values, seed %d%n",
        quorums, settings.writes(), settings.keys(), settings.valueBytes(), settings.seed());
  }

  /** Takes a pass that has ended, or was cut short. */
  void add(Sweep.Pass pass, Histogram nanos) throws Refusal {
    passes.add(pass);
    directory.write(pass, nanos);
    directory.write(sweep(false, null));
  }

  /**
   * Prints the table and the proof and writes what belongs into files.
   *
   * @param cutShort why the sweep did not come to its end, or null where it did
   * @param failures one line for each part of the sweep in which writes were not confirmed
   */
  void end(@Nullable String cutShort, Sweep.@Nullable Proof proof, List<String> failures)
      throws Refusal {
    out.println();
    ResultTable.lines(passes).forEach(out::println);
    out.println();
    failures.forEach(line -> out.println("not confirmed: " + line));
    if (cutShort != null) {
      out.println("incomplete: " + cutShort);
    }
    if (proof != null) {
      print(proof);
    }
    Sweep sweep = sweep(cutShort == null, proof);
    directory.write(sweep);
    String noChart = directory.draw(sweep);
    if (noChart != null) {
      out.println("no chart: " + noChart);
    }
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
        Sweep.SCHEMA, startedAt, settings, machine, List.copyOf(passes), complete, proof);
  }
}
