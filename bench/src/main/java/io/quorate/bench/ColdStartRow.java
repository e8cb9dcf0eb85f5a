package io.quorate.bench;

import io.quorate.loadgen.LocalCluster;
import io.quorate.loadgen.NodeProcess;
import io.quorate.loadgen.NodeUrl;
import io.quorate.loadgen.Refusal;
import java.time.Duration;
import java.util.Set;

/** From starting a node that leads nobody to its first 200 of {@code /readyz}. */
final class ColdStartRow implements Experiment {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  @Override
  public Set<Row> rows() {
    return Set.of(Row.COLD_START);
  }

  @Override
  public void measure(Bench bench, Set<Row> wanted, Results results) throws Refusal {
    Rates seconds = new Rates();
    for (int round = 1; round <= bench.plan().rounds(); round++) {
      bench.say("cold start, round " + round + " of " + bench.plan().rounds());
      seconds.add(start(bench));
    }
    results.add(
        Result.measured(
            Row.COLD_START,
            seconds.samples(),
            "median of "
                + bench.plan().rounds()
                + " starts, from starting the process to 200 of /readyz"));
  }

  private static double start(Bench bench) throws Refusal {
    int port = Ports.free(1).get(0);
    NodeUrl url = new NodeUrl(LocalCluster.HOST, port);
    long startNanos = System.nanoTime();
    try (NodeProcess leader = bench.loneLeader(port)) {
      return bench.awaitReady(leader, url, startNanos, LIMIT);
    }
  }
}
