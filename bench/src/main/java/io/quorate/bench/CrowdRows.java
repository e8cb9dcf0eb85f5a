package io.quorate.bench;

import io.quorate.loadgen.LocalCluster;
import io.quorate.loadgen.NodeUrl;
import io.quorate.loadgen.Refusal;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;

/** The p99 of clients beside a {@link Crowd} and without it, taking turns on one cluster. */
final class CrowdRows implements Experiment {
  private static final double MICROS_PER_MILLI = 1e3;

  private final Rates getsAlone = new Rates();
  private final Rates putsAlone = new Rates();
  private final Rates getsBeside = new Rates();
  private final Rates putsBeside = new Rates();

  @Override
  public Set<Row> rows() {
    return Set.of(Row.GET_CROWD, Row.PUT_CROWD);
  }

  @Override
  public void measure(Bench bench, Set<Row> wanted, Results results) throws Refusal {
    Plan plan = bench.plan();
    try (LocalCluster cluster = bench.cluster(Bench.FOLLOWERS)) {
      NodeUrl leader = cluster.leader();
      puts(bench, leader, plan.warmup(), new Rates());
      gets(bench, leader, plan.turn(), new Rates());
      for (int round = 1; round <= plan.rounds(); round++) {
        bench.say("beside a crowd and without, round " + round + " of " + plan.rounds());
        gets(bench, leader, plan.turn(), getsAlone);
        puts(bench, leader, plan.turn(), putsAlone);
        try (Crowd crowd = Crowd.gather(leader.port())) {
          gets(bench, leader, plan.turn(), getsBeside);
          puts(bench, leader, plan.turn(), putsBeside);
          crowd.check();
        }
      }
    }
    tell(Row.GET_CROWD, getsBeside, getsAlone, wanted, results);
    tell(Row.PUT_CROWD, putsBeside, putsAlone, wanted, results);
  }

  private static void gets(Bench bench, NodeUrl leader, Duration turn, Rates p99) throws Refusal {
    add(bench, leader, turn, p99, Wrk.Script.GET, "1", Integer.toString(Wrk.KEYS));
  }

  private static void puts(Bench bench, NodeUrl leader, Duration turn, Rates p99) throws Refusal {
    add(bench, leader, turn, p99, Wrk.Script.PUT, "1");
  }

  private static void add(
      Bench bench, NodeUrl leader, Duration turn, Rates p99, Wrk.Script script, String... arguments)
      throws Refusal {
    p99.add(
        new Wrk(bench).run(leader, Wrk.CONNECTIONS, turn, script, arguments).p99Micros()
            / MICROS_PER_MILLI);
  }

  private static void tell(Row row, Rates beside, Rates alone, Set<Row> wanted, Results results) {
    if (wanted.contains(row)) {
      String measured =
          String.format(
              Locale.ROOT,
              "%.2f / %.2f ms; %,d idle connections, %,d that send a byte of a head a second",
              beside.samples().median(),
              alone.samples().median(),
              Crowd.IDLE,
              Crowd.SLOW);
      results.add(Result.measured(row, beside.over(alone), measured));
    }
  }
}
