package io.quorate.bench;

import io.quorate.loadgen.LocalCluster;
import io.quorate.loadgen.NodeProcess;
import io.quorate.loadgen.NodeUrl;
import io.quorate.loadgen.Refusal;
import io.quorate.loadgen.StopSignal;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** GET of a node alone, beside bare Netty and nginx, taking turns. */
final class ReadRows implements Experiment {
  private static final Duration START_LIMIT = Duration.ofSeconds(30);
  private static final int DEEP = 16;
  private static final String UNIT = "requests/s";

  private final Rates node = new Rates();
  private final Rates bare = new Rates();
  private final Rates nginx = new Rates();
  private final Rates nodePipelined = new Rates();
  private final Rates barePipelined = new Rates();

  @Override
  public Set<Row> rows() {
    return Set.of(Row.GET, Row.GET_PIPELINED, Row.GET_NGINX);
  }

  @Override
  public void measure(Bench bench, Set<Row> wanted, Results results) throws Refusal {
    StopSignal stop = bench.surroundings().stop();
    Wrk wrk = new Wrk(bench);
    try (NodeProcess bareProgram = bench.program("bare-netty", BareNetty.class);
        NodeProcess leader = bench.loneLeader(LocalCluster.ANY_PORT);
        Nginx peer = wanted.contains(Row.GET_NGINX) ? Nginx.start(bench) : null) {
      NodeUrl bareUrl = bareProgram.awaitListening(START_LIMIT, stop);
      NodeUrl leaderUrl = leader.awaitListening(START_LIMIT, stop);
      wrk.puts(leaderUrl, 0, Duration.ofSeconds(2));
      for (NodeUrl url : new NodeUrl[] {bareUrl, leaderUrl}) {
        wrk.gets(url, 1, bench.plan().warmup().dividedBy(2));
        wrk.gets(url, DEEP, bench.plan().warmup().dividedBy(2));
      }
      for (int round = 1; round <= bench.plan().rounds(); round++) {
        bench.say("GET, round " + round + " of " + bench.plan().rounds());
        turns(wrk, bench.plan().turn(), wanted, bareUrl, leaderUrl, peer);
      }
    }
    tell(wanted, results);
  }

  private void turns(
      Wrk wrk,
      Duration turn,
      Set<Row> wanted,
      NodeUrl bareUrl,
      NodeUrl leaderUrl,
      @Nullable Nginx peer)
      throws Refusal {
    if (wanted.contains(Row.GET) || peer != null) {
      bare.add(wrk.gets(bareUrl, 1, turn));
      node.add(wrk.gets(leaderUrl, 1, turn));
    }
    if (peer != null) {
      nginx.add(wrk.gets(peer.url(), 1, turn));
    }
    if (wanted.contains(Row.GET_PIPELINED)) {
      barePipelined.add(wrk.gets(bareUrl, DEEP, turn));
      nodePipelined.add(wrk.gets(leaderUrl, DEEP, turn));
    }
  }

  private void tell(Set<Row> wanted, Results results) {
    if (wanted.contains(Row.GET)) {
      results.add(Result.measured(Row.GET, node.over(bare), node.beside(bare, UNIT)));
    }
    if (wanted.contains(Row.GET_PIPELINED)) {
      results.add(
          Result.measured(
              Row.GET_PIPELINED,
              nodePipelined.over(barePipelined),
              nodePipelined.beside(barePipelined, UNIT)));
    }
    if (wanted.contains(Row.GET_NGINX)) {
      results.add(Result.measured(Row.GET_NGINX, node.over(nginx), node.beside(nginx, UNIT)));
    }
  }
}
