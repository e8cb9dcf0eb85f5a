package io.quorate.loadgen;

import io.quorate.charts.Sweep;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** The passes of a sweep, one after another: at each write quorum a light one and a loaded one. */
final class SweepRun {
  private static final long POLL_MILLIS = 50;

  /** Ctrl-C on a terminal ends our nodes too, and may be seen there first. */
  private static final Duration STOP_GRACE = Duration.ofMillis(300);

  private static final Duration ANSWER_SLACK = Duration.ofSeconds(2);

  /** How many write timeouts without one write confirmed are taken for the end of the cluster. */
  private static final int SILENT_TIMEOUTS = 2;

  /** Where the passes go as they end. */
  interface Results {
    /** A pass has ended, or was cut short. The histogram is in nanoseconds. */
    void add(Sweep.Pass pass, Histogram histogram) throws Refusal;
  }

  private record Load(String name, int connections) {
    String label(int quorum) {
      return "w=" + quorum + " " + name;
    }
  }

  private final HttpClient client;
  private final NodeUrl leader;
  private final SweepSettings settings;
  private final WriteLog log;
  private final StopSignal stop;
  private final ProgressLine progress;
  private final Supplier<@Nullable String> clusterEnd;
  private final List<String> failures = new ArrayList<>();

  /**
   * @param clusterEnd why the cluster cannot go on, or null
   */
  SweepRun(
      HttpClient client,
      NodeUrl leader,
      SweepSettings settings,
      WriteLog log,
      StopSignal stop,
      ProgressLine progress,
      Supplier<@Nullable String> clusterEnd) {
    this.client = client;
    this.leader = leader;
    this.settings = settings;
    this.log = log;
    this.stop = stop;
    this.progress = progress;
    this.clusterEnd = clusterEnd;
  }

  /**
   * Runs all passes. Returns why it stopped before the last one ended, or null where it did not.
   */
  @Nullable String measure(Collection<Integer> quorums, Results results) throws Refusal {
    Load light = new Load(Sweep.LIGHT, 1);
    Load loaded = new Load(Sweep.LOADED, settings.connections());
    String cutShort = openingWarmup(loaded, quorums.iterator().next());
    for (int quorum : quorums) {
      for (Load load : List.of(light, loaded)) {
        cutShort = cutShort == null ? pass(load, quorum, results) : cutShort;
      }
    }
    return cutShort;
  }

  /** One line for each part of the sweep that had failures, saying which. */
  List<String> failures() {
    return List.copyOf(failures);
  }

  /** Loaded, because that takes the code of all nodes through their compilers soonest. */
  private @Nullable String openingWarmup(Load load, int quorum) {
    try (ClosedLoop loop = loop(load, quorum)) {
      return warmUp(loop, "warm-up", settings.openingWarmup());
    }
  }

  private @Nullable String pass(Load load, int quorum, Results results) throws Refusal {
    try (ClosedLoop loop = loop(load, quorum)) {
      String cutShort = warmUp(loop, load.label(quorum) + " warm-up", settings.warmup());
      return cutShort == null ? measured(loop, load, quorum, results) : cutShort;
    }
  }

  private ClosedLoop loop(Load load, int quorum) {
    return new ClosedLoop(
        client,
        leader,
        load.connections(),
        log,
        Integer.toString(quorum),
        settings.timeout(),
        settings.timeout().plus(ANSWER_SLACK));
  }

  private @Nullable String warmUp(ClosedLoop loop, String label, int writes) {
    Recording unmeasured = new Recording();
    String cutShort = await(loop.run(writes, unmeasured), unmeasured, label, writes);
    noteFailures(label, unmeasured);
    return cutShort;
  }

  private @Nullable String measured(ClosedLoop loop, Load load, int quorum, Results results)
      throws Refusal {
    String label = load.label(quorum);
    Recording recording = new Recording();
    long startNanos = System.nanoTime();
    CompletableFuture<Double> run = loop.run(settings.writes(), recording);
    String cutShort = await(run, recording, label, settings.writes());
    if (cutShort != null) {
      loop.stop();
    }
    double seconds = run.getNow((System.nanoTime() - startNanos) / 1e9);
    noteFailures(label, recording);
    if (recording.confirmedWrites() + recording.failedWrites() > 0) {
      Histogram histogram = recording.histogram();
      results.add(passOf(load, quorum, recording, seconds, histogram, cutShort == null), histogram);
      progress.print(line(label, settings.writes(), recording, seconds));
    }
    return cutShort;
  }

  /** Waits for a run. Returns why it does not come to its end, or null where it did. */
  private @Nullable String await(
      CompletableFuture<Double> run, Recording recording, String label, long writes) {
    long startNanos = System.nanoTime();
    long lastConfirmedNanos = startNanos;
    long confirmed = 0;
    long silenceLimitNanos =
        settings.timeout().multipliedBy(SILENT_TIMEOUTS).plus(ANSWER_SLACK).toNanos();
    while (!ended(run)) {
      long nowNanos = System.nanoTime();
      if (recording.confirmedWrites() > confirmed) {
        confirmed = recording.confirmedWrites();
        lastConfirmedNanos = nowNanos;
      }
      String clusterEnded = clusterEnd.get();
      if (stop.isRequested() || (clusterEnded != null && stop.await(STOP_GRACE))) {
        return "stopped by the user";
      }
      if (clusterEnded != null) {
        return clusterEnded;
      }
      if (nowNanos - lastConfirmedNanos > silenceLimitNanos) {
        return label + ": no write was confirmed for " + silenceLimitNanos / 1_000_000_000 + " s";
      }
      progress.update(() -> line(label, writes, recording, (nowNanos - startNanos) / 1e9));
    }
    return null;
  }

  private static boolean ended(CompletableFuture<Double> run) {
    try {
      run.get(POLL_MILLIS, TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException notYet) {
      return false;
    } catch (InterruptedException | ExecutionException bug) {
      throw new IllegalStateException(bug);
    }
  }

  private static String line(String label, long writes, Recording recording, double seconds) {
    long done = recording.confirmedWrites();
    long failed = recording.failedWrites();
    Histogram latencies = recording.histogram();
    return String.format(
        Locale.ROOT,
        "%-20s %,d of %,d  %,.0f/s  p50 %s ms  p99 %s ms%s",
        label,
        done + failed,
        writes,
        seconds > 0 ? done / seconds : 0,
        milliseconds(latencies, 50),
        milliseconds(latencies, 99),
        failed == 0 ? "" : String.format(Locale.ROOT, "  %,d failed", failed));
  }

  private static String milliseconds(Histogram nanos, double percentile) {
    return nanos.getTotalCount() == 0
        ? "-"
        : String.format(Locale.ROOT, "%.3f", nanos.getValueAtPercentile(percentile) / 1e6);
  }

  private void noteFailures(String label, Recording recording) {
    if (recording.failedWrites() > 0) {
      failures.add(label + ": " + recording.failuresByKind());
    }
  }

  private static Sweep.Pass passOf(
      Load load,
      int quorum,
      Recording recording,
      double seconds,
      Histogram nanos,
      boolean complete) {
    return new Sweep.Pass(
        load.name(),
        quorum,
        load.connections(),
        recording.confirmedWrites(),
        recording.failedWrites(),
        seconds,
        latency(nanos),
        complete,
        load.name() + "-w" + quorum + ".hgrm");
  }

  private static Sweep.@Nullable Latency latency(Histogram nanos) {
    return nanos.getTotalCount() == 0
        ? null
        : new Sweep.Latency(
            nanos.getMean() / 1e3,
            nanos.getValueAtPercentile(50) / 1e3,
            nanos.getValueAtPercentile(90) / 1e3,
            nanos.getValueAtPercentile(99) / 1e3,
            nanos.getValueAtPercentile(99.9) / 1e3,
            nanos.getMaxValue() / 1e3);
  }
}
