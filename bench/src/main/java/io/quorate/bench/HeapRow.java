package io.quorate.bench;

import io.quorate.loadgen.LocalCluster;
import io.quorate.loadgen.NodeUrl;
import io.quorate.loadgen.Refusal;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;

/** What entries of 64 bytes take of a follower's heap, after a full collection. */
final class HeapRow implements Experiment {
  private static final double MILLION = 1e6;
  private static final double BYTES_PER_MEGABYTE = 1e6;
  private static final Duration JCMD_LIMIT = Duration.ofSeconds(60);

  @Override
  public Set<Row> rows() {
    return Set.of(Row.FOLLOWER_HEAP);
  }

  @Override
  public void measure(Bench bench, Set<Row> wanted, Results results) throws Refusal {
    try (LocalCluster cluster = bench.cluster(1)) {
      long follower = cluster.nodes().get(0).pid();
      NodeUrl followerUrl = cluster.followers().get(0);
      bench.say("filling a follower with " + bench.plan().keys() + " keys");
      long empty = liveBytes(bench, follower);
      Filling.fill(bench, cluster.leader(), 1, bench.plan().keys());
      Filling.awaitKeys(bench, followerUrl, bench.keys(cluster.leader()));
      double keys = bench.keys(followerUrl);
      double perMillion =
          (liveBytes(bench, follower) - empty) / keys * MILLION / BYTES_PER_MEGABYTE;
      String measured =
          String.format(
              Locale.ROOT,
              "one sample, jcmd GC.class_histogram, %,.0f keys of 8 to 10 bytes less the empty"
                  + " %.0f MB",
              keys,
              empty / BYTES_PER_MEGABYTE);
      results.add(Result.measured(Row.FOLLOWER_HEAP, Samples.of(perMillion), measured));
    }
  }

  private static long liveBytes(Bench bench, long pid) throws Refusal {
    List<String> command =
        List.of(
            Objects.requireNonNull(Tool.JCMD.find()).toString(),
            Long.toString(pid),
            "GC.class_histogram");
    return ClassHistogram.liveBytes(
        Command.run("jcmd", command, bench.scratch(), JCMD_LIMIT, bench.surroundings().stop()));
  }
}
