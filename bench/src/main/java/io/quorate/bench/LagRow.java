package io.quorate.bench;

import io.quorate.loadgen.DelayRange;
import io.quorate.loadgen.LocalCluster;
import io.quorate.loadgen.NodeUrl;
import io.quorate.loadgen.Refusal;
import java.time.Duration;
import java.util.Set;

/** PUT w=3 with lag and without, taking turns on one cluster. */
final class LagRow implements Experiment {
  private static final int CONNECTIONS = 256;
  private static final String QUORUM = "3";

  @Override
  public Set<Row> rows() {
    return Set.of(Row.PUT_LAG);
  }

  @Override
  public void measure(Bench bench, Set<Row> wanted, Results results) throws Refusal {
    Rates with = new Rates();
    Rates without = new Rates();
    try (LocalCluster cluster = bench.cluster(Bench.FOLLOWERS)) {
      NodeUrl leader = cluster.leader();
      puts(bench, leader, Bench.NO_LAG, bench.plan().warmup());
      puts(bench, leader, Bench.LAG, bench.plan().turn());
      for (int round = 1; round <= bench.plan().rounds(); round++) {
        bench.say("PUT with lag and without, round " + round + " of " + bench.plan().rounds());
        without.add(puts(bench, leader, Bench.NO_LAG, bench.plan().turn()));
        with.add(puts(bench, leader, Bench.LAG, bench.plan().turn()));
      }
    }
    results.add(Result.measured(Row.PUT_LAG, with.over(without), with.beside(without, "writes/s")));
  }

  private static double puts(Bench bench, NodeUrl leader, DelayRange lag, Duration length)
      throws Refusal {
    bench.setLag(leader, lag);
    return new Wrk(bench).run(leader, CONNECTIONS, length, Wrk.Script.PUT, QUORUM).perSecond();
  }
}
