package io.quorate.bench;

import io.quorate.loadgen.LocalCluster;
import io.quorate.loadgen.NodeUrl;
import io.quorate.loadgen.Refusal;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** PUT to a leader of five followers, beside Redis with five replicas, taking turns. */
final class WriteRows implements Experiment {
  private static final String UNIT = "writes/s";
  private static final Map<Row, Integer> QUORUMS =
      new EnumMap<>(Map.of(Row.PUT_1, 1, Row.PUT_3, 3, Row.PUT_5, 5));

  private final Map<Integer, Rates> puts = new TreeMap<>();
  private final Map<Integer, Rates> waits = new TreeMap<>();
  private final Rates gets = new Rates();

  @Override
  public Set<Row> rows() {
    return Set.of(Row.PUT_1, Row.PUT_3, Row.PUT_5, Row.PUT_GET);
  }

  @Override
  public void measure(Bench bench, Set<Row> wanted, Results results) throws Refusal {
    QUORUMS.forEach(
        (row, quorum) -> {
          if (wanted.contains(row)) {
            puts.put(quorum, new Rates());
            waits.put(quorum, new Rates());
          }
        });
    boolean besideRedis = !waits.isEmpty();
    if (wanted.contains(Row.PUT_GET)) {
      puts.computeIfAbsent(1, first -> new Rates());
    }
    try (LocalCluster cluster = bench.cluster(Bench.FOLLOWERS);
        RedisReplicas redis = besideRedis ? RedisReplicas.start(bench, Bench.FOLLOWERS) : null;
        RedisLoad load = redis == null ? null : new RedisLoad(redis.port())) {
      NodeUrl leader = cluster.leader();
      new Wrk(bench).puts(leader, Bench.FOLLOWERS, bench.plan().warmup());
      turns(bench, leader, load, wanted, bench.plan().turn());
      forget();
      for (int round = 1; round <= bench.plan().rounds(); round++) {
        bench.say("PUT, round " + round + " of " + bench.plan().rounds());
        turns(bench, leader, load, wanted, bench.plan().turn());
      }
    }
    tell(wanted, results);
  }

  /** What the warm-up measured. */
  private void forget() {
    puts.replaceAll((quorum, warmup) -> new Rates());
    waits.replaceAll((quorum, warmup) -> new Rates());
    gets.clear();
  }

  private void turns(
      Bench bench, NodeUrl leader, @Nullable RedisLoad load, Set<Row> wanted, Duration turn)
      throws Refusal {
    Wrk wrk = new Wrk(bench);
    for (Map.Entry<Integer, Rates> put : puts.entrySet()) {
      int quorum = put.getKey();
      put.getValue().add(wrk.puts(leader, quorum, turn));
      Rates peer = waits.get(quorum);
      if (peer != null && load != null) {
        peer.add(load.perSecond(quorum, Wrk.CONNECTIONS, turn, bench));
      }
    }
    if (wanted.contains(Row.PUT_GET)) {
      gets.add(wrk.gets(leader, 1, turn));
    }
  }

  private void tell(Set<Row> wanted, Results results) {
    for (Map.Entry<Row, Integer> row : QUORUMS.entrySet()) {
      Rates ours = puts.get(row.getValue());
      Rates theirs = waits.get(row.getValue());
      if (wanted.contains(row.getKey()) && ours != null && theirs != null) {
        results.add(Result.measured(row.getKey(), ours.over(theirs), ours.beside(theirs, UNIT)));
      }
    }
    Rates first = puts.get(1);
    if (wanted.contains(Row.PUT_GET) && first != null) {
      results.add(Result.measured(Row.PUT_GET, first.over(gets), first.beside(gets, "requests/s")));
    }
  }
}
