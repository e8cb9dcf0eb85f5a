package io.quorate.bench;

import io.quorate.loadgen.LocalCluster;
import io.quorate.loadgen.NodeUrl;
import io.quorate.loadgen.OpenWrites;
import io.quorate.loadgen.Refusal;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;

/** The p99 of PUT w=1 at half of what the closed loop just before it carried. */
final class OpenLoopRow implements Experiment {
  private static final double HALF = 0.5;

  /** Of the capacity: a generator that is not warm yet cannot keep up with half of it. */
  private static final double[] WARMUP_SHARES = {0.1, 0.25, 0.4};

  private static final double MICROS_PER_MILLI = 1e3;

  @Override
  public Set<Row> rows() {
    return Set.of(Row.PUT_P99);
  }

  @Override
  public void measure(Bench bench, Set<Row> wanted, Results results) throws Refusal {
    Rates p99Millis = new Rates();
    Rates rates = new Rates();
    Plan plan = bench.plan();
    Wrk wrk = new Wrk(bench);
    try (LocalCluster cluster = bench.cluster(Bench.FOLLOWERS)) {
      NodeUrl leader = cluster.leader();
      double warm = wrk.puts(leader, 1, plan.warmup());
      for (double share : WARMUP_SHARES) {
        Duration part = plan.warmup().dividedBy(WARMUP_SHARES.length);
        OpenWrites.warm(bench.client(), leader, 1, share * warm, part, bench.surroundings());
      }
      for (int round = 1; round <= plan.rounds(); round++) {
        bench.say("PUT in an open loop, round " + round + " of " + plan.rounds());
        double rate = HALF * wrk.puts(leader, 1, plan.turn());
        rates.add(rate);
        p99Millis.add(open(bench, leader, rate, plan.open()).p99Us() / MICROS_PER_MILLI);
      }
    }
    String measured =
        String.format(
            Locale.ROOT,
            "median of %d rounds of %d s, at %,.0f writes/s, Poisson arrivals",
            plan.rounds(),
            plan.open().toSeconds(),
            rates.samples().median());
    results.add(Result.measured(Row.PUT_P99, p99Millis.samples(), measured));
  }

  private static OpenWrites.Outcome open(
      Bench bench, NodeUrl leader, double perSecond, Duration length) throws Refusal {
    return OpenWrites.run(bench.client(), leader, 1, perSecond, length, bench.surroundings());
  }
}
