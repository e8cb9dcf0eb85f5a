package io.quorate.bench;

import io.quorate.loadgen.LocalCluster;
import io.quorate.loadgen.NodeUrl;
import io.quorate.loadgen.Refusal;
import java.time.Duration;
import java.util.Set;

/**
 * PUT through the HTTP gateway of etcd, beside PUT to a leader of five followers, taking turns. A
 * majority of five members is three, the leader among them; {@code w=3} is one more.
 */
final class EtcdRow implements Experiment {
  private static final int MEMBERS = 5;
  private static final int QUORUM = 3;

  @Override
  public Set<Row> rows() {
    return Set.of(Row.PUT_ETCD);
  }

  @Override
  public void measure(Bench bench, Set<Row> wanted, Results results) throws Refusal {
    Rates ours = new Rates();
    Rates theirs = new Rates();
    Wrk wrk = new Wrk(bench);
    try (LocalCluster cluster = bench.cluster(Bench.FOLLOWERS);
        EtcdMembers etcd = EtcdMembers.start(bench, MEMBERS)) {
      wrk.puts(cluster.leader(), QUORUM, bench.plan().warmup());
      NodeUrl member = fastest(wrk, etcd);
      for (int round = 1; round <= bench.plan().rounds(); round++) {
        bench.say("PUT beside etcd, round " + round + " of " + bench.plan().rounds());
        ours.add(wrk.puts(cluster.leader(), QUORUM, bench.plan().turn()));
        theirs.add(puts(wrk, member, bench.plan().turn()));
      }
    }
    String measured =
        ours.beside(theirs, "writes/s") + "; etcd through its HTTP gateway, its log on disk";
    results.add(Result.measured(Row.PUT_ETCD, ours.over(theirs), measured));
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
