package io.quorate.bench;

import io.quorate.loadgen.LocalCluster;
import io.quorate.loadgen.NodeProcess;
import io.quorate.loadgen.Refusal;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What a leader and five followers cost while nobody asks them anything. */
final class IdleRows implements Experiment {
  /** For what follows on starting: compiling, the first heartbeats. */
  private static final Duration SETTLE = Duration.ofSeconds(10);

  private static final double PERCENT = 100;

  @Override
  public Set<Row> rows() {
    return Set.of(Row.IDLE_PROCESSOR, Row.IDLE_MEMORY);
  }

  @Override
  public void measure(Bench bench, Set<Row> wanted, Results results) throws Refusal {
    try (LocalCluster cluster = bench.cluster(Bench.FOLLOWERS)) {
      List<NodeProcess> nodes = cluster.nodes();
      bench.say("an idle cluster, for " + bench.plan().idle().toSeconds() + " s");
      bench.pause(SETTLE);
      double before = processorSeconds(nodes);
      long startNanos = System.nanoTime();
      bench.pause(bench.plan().idle());
      double seconds = (System.nanoTime() - startNanos) / 1e9;
      double share = PERCENT * (processorSeconds(nodes) - before) / seconds;
      if (wanted.contains(Row.IDLE_PROCESSOR)) {
        String measured =
            String.format(
                Locale.ROOT, "one window of %.0f s, user and system time of six nodes", seconds);
        results.add(Result.measured(Row.IDLE_PROCESSOR, Samples.of(share), measured));
      }
      if (wanted.contains(Row.IDLE_MEMORY)) {
        results.add(memory(nodes));
      }
    }
  }

  private static double processorSeconds(List<NodeProcess> nodes) throws Refusal {
    double sum = 0;
    for (NodeProcess node : nodes) {
      sum += ProcFile.processorSeconds(node.pid());
    }
    return sum;
  }

  /** The greatest of all nodes is the figure: any of them may be asked about. */
  private static Result memory(List<NodeProcess> nodes) throws Refusal {
    Rates megabytes = new Rates();
    for (NodeProcess node : nodes) {
      megabytes.add(ProcFile.residentMegabytes(node.pid()));
    }
    Samples all = megabytes.samples();
    String measured =
        String.format(
            Locale.ROOT,
            "one sample, VmRSS, the greatest of six; the least is %.0f MB",
            all.least());
    return Result.measured(Row.IDLE_MEMORY, Samples.of(all.most()), measured);
  }
}
