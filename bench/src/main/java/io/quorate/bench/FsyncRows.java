package io.quorate.bench;

import io.quorate.loadgen.LocalCluster;
import io.quorate.loadgen.Refusal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** PUT to clusters that differ in when they force their logs, taking turns. */
final class FsyncRows implements Experiment {
  private static final int CONNECTIONS = 256;
  private static final String QUORUM = "3";
  private static final double MICROS_PER_MILLI = 1e3;

  /** A cluster, and what it reached in each round. */
  private record Contender(String fsync, LocalCluster cluster, Rates rates, Rates p99Millis)
      implements AutoCloseable {

    static Contender start(Bench bench, Path kept, String fsync) throws Refusal {
      Path data = kept.resolve(fsync.replaceAll("\\W", "-"));
      LocalCluster cluster = bench.clusterOnDisk(Bench.FOLLOWERS, data, fsync);
      return new Contender(fsync, cluster, new Rates(), new Rates());
    }

    WrkReport puts(Bench bench, Duration length) throws Refusal {
      return new Wrk(bench).run(cluster.leader(), CONNECTIONS, length, Wrk.Script.PUT, QUORUM);
    }

    void turn(Bench bench) throws Refusal {
      WrkReport report = puts(bench, bench.plan().turn());
      rates.add(report.perSecond());
      p99Millis.add(report.p99Micros() / MICROS_PER_MILLI);
    }

    @Override
    public void close() {
      cluster.close();
    }
  }

  @Override
  public Set<Row> rows() {
    return Set.of(Row.PUT_FSYNC, Row.PUT_INTERVAL);
  }

  @Override
  public void measure(Bench bench, Set<Row> wanted, Results results) throws Refusal {
    String none = RealDisk.whyNone(bench.disk());
    if (none != null) {
      wanted.forEach(row -> results.add(Result.skipped(row, none)));
      return;
    }
    try (Scratch kept = Scratch.below(bench.disk())) {
      String place = place(kept.directory());
      List<Contender> contenders = new ArrayList<>();
      try {
        for (String fsync : fsyncs(wanted)) {
          contenders.add(Contender.start(bench, kept.directory(), fsync));
        }
        rounds(bench, contenders);
      } finally {
        contenders.forEach(Contender::close);
      }
      tell(contenders, wanted, results, place);
    }
  }

  private static List<String> fsyncs(Set<Row> wanted) {
    List<String> fsyncs = new ArrayList<>(List.of("always"));
    if (wanted.contains(Row.PUT_FSYNC)) {
      fsyncs.add("never");
    }
    if (wanted.contains(Row.PUT_INTERVAL)) {
      fsyncs.add("interval:50ms");
    }
    return fsyncs;
  }

  private static String place(Path kept) throws Refusal {
    return String.format(
        Locale.ROOT,
        "on %s, where a force alone takes %.2f ms",
        RealDisk.kind(kept),
        RealDisk.forceMillis(kept));
  }

  /** Each round begins with another one, so that what a turn leaves to its next favours none. */
  private static void rounds(Bench bench, List<Contender> contenders) throws Refusal {
    for (Contender contender : contenders) {
      bench.say("PUT with FSYNC=" + contender.fsync() + ", warm-up");
      contender.puts(bench, bench.plan().warmup().dividedBy(2));
    }
    List<Contender> order = new ArrayList<>(contenders);
    for (int round = 1; round <= bench.plan().rounds(); round++) {
      bench.say("PUT on disk, round " + round + " of " + bench.plan().rounds());
      for (Contender contender : order) {
        contender.turn(bench);
      }
      Collections.rotate(order, 1);
    }
  }

  private static void tell(
      List<Contender> contenders, Set<Row> wanted, Results results, String place) {
    Contender always = contenders.get(0);
    for (Contender other : contenders.subList(1, contenders.size())) {
      Row row = other.fsync().equals("never") ? Row.PUT_FSYNC : Row.PUT_INTERVAL;
      if (wanted.contains(row)) {
        String measured =
            String.format(
                Locale.ROOT,
                "%s, p99 %s, %s",
                always.rates().beside(other.rates(), "writes/s"),
                millisBeside(always.p99Millis(), other.p99Millis()),
                place);
        results.add(Result.measured(row, always.rates().over(other.rates()), measured));
      }
    }
  }

  private static String millisBeside(Rates ours, Rates others) {
    return String.format(
        Locale.ROOT, "%.1f / %.1f ms", ours.samples().median(), others.samples().median());
  }
}
