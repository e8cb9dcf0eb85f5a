package io.quorate.bench;

import io.quorate.loadgen.LocalCluster;
import io.quorate.loadgen.NodeUrl;
import io.quorate.loadgen.Refusal;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * PUT through the HTTP gateway of etcd, beside PUT to a leader of five followers, in memory and
 * with every write forced to disk, taking turns. A majority of five members is three, the leader
 * among them; {@code w=3} is one more.
 */
final class EtcdRows implements Experiment {
  private static final int MEMBERS = 5;
  private static final int QUORUM = 3;

  private final Rates memory = new Rates();
  private final Rates disk = new Rates();
  private final Rates etcd = new Rates();

  @Override
  public Set<Row> rows() {
    return Set.of(Row.PUT_ETCD, Row.PUT_ETCD_FSYNC);
  }

  @Override
  public void measure(Bench bench, Set<Row> wanted, Results results) throws Refusal {
    try (Scratch kept = Scratch.below(bench.disk());
        LocalCluster inMemory =
            wanted.contains(Row.PUT_ETCD) ? bench.cluster(Bench.FOLLOWERS) : null;
        LocalCluster onDisk =
            wanted.contains(Row.PUT_ETCD_FSYNC)
                ? bench.clusterOnDisk(Bench.FOLLOWERS, kept.directory(), "always")
                : null;
        EtcdMembers members = EtcdMembers.start(bench, MEMBERS, kept.directory())) {
      Wrk wrk = new Wrk(bench);
      puts(wrk, inMemory, bench.plan().warmup(), new Rates());
      puts(wrk, onDisk, bench.plan().warmup(), new Rates());
      NodeUrl member = fastest(wrk, members);
      for (int round = 1; round <= bench.plan().rounds(); round++) {
        bench.say("PUT beside etcd, round " + round + " of " + bench.plan().rounds());
        puts(wrk, inMemory, bench.plan().turn(), memory);
        puts(wrk, onDisk, bench.plan().turn(), disk);
        etcd.add(puts(wrk, member, bench.plan().turn()));
      }
    }
    tell(Row.PUT_ETCD, memory, wanted, results, bench);
    tell(Row.PUT_ETCD_FSYNC, disk, wanted, results, bench);
  }

  private void tell(Row row, Rates ours, Set<Row> wanted, Results results, Bench bench)
      throws Refusal {
    if (wanted.contains(row)) {
      String measured =
          ours.beside(etcd, "writes/s")
              + "; etcd through its HTTP gateway, its log forced to "
              + RealDisk.kind(bench.disk());
      results.add(Result.measured(row, ours.over(etcd), measured));
    }
  }

  private static void puts(Wrk wrk, @Nullable LocalCluster ours, Duration length, Rates rates)
      throws Refusal {
    if (ours != null) {
      rates.add(wrk.puts(ours.leader(), QUORUM, length));
    }
  }

  /** The member that carries the most: that which leads has one hop less. */
  private static NodeUrl fastest(Wrk wrk, EtcdMembers etcd) throws Refusal {
    NodeUrl fastest = etcd.members().get(0);
    double most = 0;
    for (NodeUrl member : etcd.members()) {
      double perSecond = puts(wrk, member, Duration.ofSeconds(1));
      if (perSecond > most) {
        most = perSecond;
        fastest = member;
      }
    }
    return fastest;
  }

  private static double puts(Wrk wrk, NodeUrl member, Duration length) throws Refusal {
    return wrk.run(member, Wrk.CONNECTIONS, length, Wrk.Script.ETCD).perSecond();
  }
}
