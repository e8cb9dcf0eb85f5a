package io.quorate.bench;

import io.quorate.loadgen.LocalCluster;
import io.quorate.loadgen.NodeUrl;
import io.quorate.loadgen.Refusal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;

/**
 * PUT with every write forced to disk, beside the insert or update of a row of PostgreSQL that
 * waits for the disks of the primary and one of two standbys, taking turns. Ours waits for a leader
 * and three of five followers.
 */
final class PostgresRow implements Experiment {
  private static final int STANDBYS = 2;
  private static final String QUORUM = "3";
  private static final String VALUE_BYTES = "64";

  private static final String SCRIPT =
      """
      \\set key random(0, :keys - 1)
      INSERT INTO kv VALUES ('key-' || to_char(:key::int, 'FM0000'), repeat('x', 64))
        ON CONFLICT (key) DO UPDATE SET value = EXCLUDED.value;
      """;

  @Override
  public Set<Row> rows() {
    return Set.of(Row.PUT_POSTGRES);
  }

  @Override
  public void measure(Bench bench, Set<Row> wanted, Results results) throws Refusal {
    PostgresAccount account = PostgresAccount.here(Objects.requireNonNull(Tool.POSTGRES.find()));
    try (Scratch theirs = Scratch.below(bench.disk());
        Scratch ours = Scratch.below(bench.disk())) {
      String whyNot = RealDisk.whyNone(bench.disk());
      if (whyNot == null) {
        whyNot = account.whyNot(theirs.directory(), bench);
      }
      if (whyNot != null) {
        results.add(Result.skipped(Row.PUT_POSTGRES, whyNot));
        return;
      }
      try (LocalCluster cluster = bench.clusterOnDisk(Bench.FOLLOWERS, ours.directory(), "always");
          PostgresServers servers =
              PostgresServers.start(bench, account, theirs.directory(), STANDBYS)) {
        results.add(beside(bench, cluster.leader(), servers));
      }
    }
  }

  private static Result beside(Bench bench, NodeUrl leader, PostgresServers servers)
      throws Refusal {
    Rates ours = new Rates();
    Rates theirs = new Rates();
    Path script = bench.scratch().resolve("put.pgbench");
    try {
      Files.writeString(script, SCRIPT, StandardCharsets.US_ASCII);
    } catch (IOException failed) {
      throw Refusal.failed("cannot write " + script + ": " + failed);
    }
    puts(bench, leader, bench.plan().warmup());
    servers.perSecond(script, Wrk.CONNECTIONS, bench.plan().turn());
    for (int round = 1; round <= bench.plan().rounds(); round++) {
      bench.say("PUT beside PostgreSQL, round " + round + " of " + bench.plan().rounds());
      ours.add(puts(bench, leader, bench.plan().turn()));
      theirs.add(servers.perSecond(script, Wrk.CONNECTIONS, bench.plan().turn()));
    }
    String measured =
        ours.beside(theirs, "writes/s")
            + "; 10,000 keys each; PostgreSQL by pgbench, an upsert a transaction, its log forced to "
            + RealDisk.kind(bench.disk());
    return Result.measured(Row.PUT_POSTGRES, ours.over(theirs), measured);
  }

  private static double puts(Bench bench, NodeUrl leader, Duration length) throws Refusal {
    return new Wrk(bench)
        .run(
            leader,
            Wrk.CONNECTIONS,
            length,
            Wrk.Script.PUT,
            QUORUM,
            VALUE_BYTES,
            Integer.toString(PostgresServers.KEYS))
        .perSecond();
  }
}
