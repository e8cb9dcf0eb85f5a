package io.quorate.bench;

import io.quorate.loadgen.LocalCluster;
import io.quorate.loadgen.NodeUrl;
import io.quorate.loadgen.Refusal;
import java.util.Set;

/**
 * GET of a leader that keeps what it holds on disk, and so answers only while its lease lasts,
 * beside one that has everything in memory and no lease, taking turns.
 */
final class LeaseRow implements Experiment {
  @Override
  public Set<Row> rows() {
    return Set.of(Row.GET_LEASE);
  }

  @Override
  public void measure(Bench bench, Set<Row> wanted, Results results) throws Refusal {
    Rates with = new Rates();
    Rates without = new Rates();
    try (Scratch kept = Scratch.below(bench.disk());
        LocalCluster onDisk = bench.clusterOnDisk(Bench.FOLLOWERS, kept.directory(), "always");
        LocalCluster inMemory = bench.cluster(Bench.FOLLOWERS)) {
      Wrk wrk = new Wrk(bench);
      for (NodeUrl leader : new NodeUrl[] {onDisk.leader(), inMemory.leader()}) {
        Filling.fill(bench, leader, 1, Wrk.KEYS);
        wrk.gets(leader, 1, bench.plan().warmup().dividedBy(2));
      }
      for (int round = 1; round <= bench.plan().rounds(); round++) {
        bench.say("GET with a lease, round " + round + " of " + bench.plan().rounds());
        with.add(wrk.gets(onDisk.leader(), 1, bench.plan().turn()));
        without.add(wrk.gets(inMemory.leader(), 1, bench.plan().turn()));
      }
    }
    results.add(
        Result.measured(Row.GET_LEASE, with.over(without), with.beside(without, "requests/s")));
  }
}
