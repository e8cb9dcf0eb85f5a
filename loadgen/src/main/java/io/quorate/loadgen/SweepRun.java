package io.quorate.loadgen;

import io.quorate.charts.Sweep;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The passes of a sweep, each after a warm-up of its own. */
final class SweepRun {
  private static final Duration ANSWER_SLACK = Duration.ofSeconds(2);

  /** How many timeouts without one request answered are taken for the end of the cluster. */
  private static final int SILENT_TIMEOUTS = 2;

  /** Where the passes go as they end. */
  interface Results {
    /** A pass has ended, or was cut short. */
    void add(PassOutcome outcome) throws Refusal;
  }

  private final HttpClient client;
  private final NodeUrl leader;
  private final @Nullable LocalCluster own;
  private final List<NodeUrl> followers;
  private final SweepSettings settings;
  private final WriteLog log;
  private final RunWatch watch;
  private final ProgressLine progress;
  private final Lag lag;
  private final Completers completers;
  private final List<String> failures = new ArrayList<>();
  private final SplittableRandom arrivalSeeds;
  private final List<String> passesCutShort = new ArrayList<>();
  private boolean lagSetBack = true;

  SweepRun(
      HttpClient client,
      NodeUrl leader,
      NodeStatus status,
      SweepSettings settings,
      WriteLog log,
      Surroundings surroundings,
      @Nullable LocalCluster own) {
    this.client = client;
    this.leader = leader;
    this.own = own;
    this.followers = status.followers().stream().map(NodeStatus.Follower::url).toList();
    this.settings = settings;
    this.log = log;
    progress = new ProgressLine(surroundings.out(), surroundings.terminal());
    watch =
        new RunWatch(
            surroundings.stop(),
            progress,
            () -> own == null ? null : own.ended(),
            settings.timeout().multipliedBy(SILENT_TIMEOUTS).plus(ANSWER_SLACK));
    lag = new Lag(client, leader, new DelayRange(status.minDelayMs(), status.maxDelayMs()));
    completers = new Completers(client, leader);
    arrivalSeeds = new SplittableRandom(settings.workload().seed());
  }

  /**
   * Runs all passes, and sets back the lag that the leader injects, however they end. Returns why
   * it stopped before the last one ended, or null where it did not.
   */
  @Nullable String measure(List<Pass> passes, Results results) throws Refusal {
    try {
      String cutShort = preload();
      cutShort = cutShort == null ? openingWarmUp(passes.get(0)) : cutShort;
      for (Pass pass : passes) {
        cutShort = cutShort == null ? setLag(pass.lag()) : cutShort;
        cutShort = cutShort == null ? pass(pass, results) : cutShort;
      }
      return cutShort;
    } finally {
      setLagBack();
    }
  }

  /**
   * Returns why the leader does not inject that, or null; that a node has ended is the best reason.
   */
  private @Nullable String setLag(Sweep.Lag wanted) {
    String failure = lag.set(wanted);
    String ended = failure == null || own == null ? null : own.awaitEnded();
    return ended == null ? failure : ended;
  }

  /** A cluster of our own that has ended needs no lag; any other keeps what is left to it. */
  private void setLagBack() {
    String failure = lag.restore();
    if (failure != null && (settings.leader() != null || watch.cutShort() == null)) {
      lagSetBack = false;
      progress.print("THE INJECTED LAG WAS NOT SET BACK: " + failure);
      progress.print("  this sets it back: " + lag.restoreCommand());
    }
  }

  /** Whether the leader injects what it did before. */
  boolean isLagSetBack() {
    return lagSetBack;
  }

  /** Which passes ended before their quota was used up, and why; empty where all did. */
  List<String> passesCutShort() {
    return List.copyOf(passesCutShort);
  }

  /** One line for each part of the sweep that had failures, saying which. */
  List<String> failures() {
    return List.copyOf(failures);
  }

  /** Who completed the quorums, as far as the leader tells. */
  Completers completers() {
    return completers;
  }

  /** One write to each key, on all followers, where there are to be reads. */
  private @Nullable String preload() {
    int keys = settings.workload().first();
    if (keys == 0) {
      return null;
    }
    try (Traffic traffic = traffic(SweepSettings.OPENING_LANES, Mix.WRITES, followers.size())) {
      PassRecording unmeasured = new PassRecording();
      Quota quota = Quota.ofWrites(keys);
      return unmeasured(traffic, traffic.closed(quota, unmeasured), unmeasured, "first writes");
    }
  }

  private @Nullable String unmeasured(
      Traffic traffic, CompletableFuture<RunEnd> run, PassRecording recording, String label) {
    String cutShort =
        watch.await(
            run,
            recording,
            label,
            seconds -> RunLine.ofUnmeasured(label, recording, seconds),
            () -> false,
            traffic::end);
    noteFailures(label, recording);
    return cutShort;
  }

  /**
   * Closed and on many lanes, because that takes the code of all nodes through their compilers; but
   * a running cluster that was to have a rate has no more than that.
   */
  private @Nullable String openingWarmUp(Pass first) {
    if (settings.warmupLimit().isZero()) {
      return null;
    }
    boolean full = settings.opensAtFullSpeed();
    int lanes = full ? SweepSettings.OPENING_LANES : settings.connections();
    try (Traffic traffic = traffic(lanes, settings.mix(), first.quorum())) {
      PassRecording recording = new PassRecording();
      return warmUp(
          traffic,
          full
              ? traffic.closed(Quota.UNLIMITED, recording)
              : start(traffic, first, Quota.UNLIMITED, recording),
          recording,
          "warm-up",
          new WarmUp(
              recording,
              settings.openingWarmup(),
              settings.openingWarmup(),
              !full && first.isOpen()));
    }
  }

  private @Nullable String warmUp(
      Traffic traffic,
      CompletableFuture<RunEnd> run,
      PassRecording recording,
      String label,
      WarmUp warmUp) {
    String cutShort =
        watch.await(
            run,
            recording,
            label,
            seconds -> RunLine.ofUnmeasured(label, recording, seconds),
            warmUp,
            traffic::end);
    noteFailures(label, recording);
    return cutShort;
  }

  private @Nullable String pass(Pass pass, Results results) throws Refusal {
    int lanes = pass.load() == Sweep.Load.LIGHT ? 1 : settings.connections();
    try (Traffic traffic = traffic(lanes, settings.mix(), pass.quorum())) {
      String cutShort = settings.warmupLimit().isZero() ? null : warmUp(traffic, pass);
      return cutShort == null ? measured(traffic, pass, results) : cutShort;
    }
  }

  private @Nullable String warmUp(Traffic traffic, Pass pass) {
    PassRecording recording = new PassRecording();
    return warmUp(
        traffic,
        start(traffic, pass, Quota.UNLIMITED, recording),
        recording,
        pass.label() + " warm-up",
        new WarmUp(recording, Duration.ZERO, settings.warmupLimit(), pass.isOpen()));
  }

  private Traffic traffic(int lanes, Mix mix, int quorum) {
    return new Traffic(
        client, new Traffic.Shape(leader, followers, lanes, mix, quorum, settings.timeout()), log);
  }

  private CompletableFuture<RunEnd> start(
      Traffic traffic, Pass pass, Quota quota, PassRecording into) {
    Sweep.Arrivals arrivals = settings.arrivals();
    Double rate = settings.rate();
    if (!pass.isOpen() || arrivals == null || rate == null) {
      return traffic.closed(quota, into);
    }
    return traffic.open(new ArrivalSchedule(arrivals, rate, arrivalSeeds.nextLong()), quota, into);
  }

  private @Nullable String measured(Traffic traffic, Pass pass, Results results) throws Refusal {
    PassRecording recording = new PassRecording();
    RunLine line = new RunLine(pass, settings.rounds(), settings.quota(), recording);
    completers.before(pass);
    long startedMillis = System.currentTimeMillis();
    long startNanos = System.nanoTime();
    CompletableFuture<RunEnd> run = start(traffic, pass, settings.quota(), recording);
    String cutShort =
        watch.await(run, recording, pass.label(), line::under, () -> false, traffic::end);
    double seconds = (System.nanoTime() - startNanos) / 1e9;
    traffic.close();
    completers.after(pass);
    noteFailures(pass.label(), recording);
    if (recording.count() + recording.failed() == 0) {
      return cutShort;
    }
    if (cutShort != null) {
      passesCutShort.add(pass.label() + ": " + cutShort);
    }
    RunEnd end = run.getNow(new RunEnd(seconds, pass.isOpen() ? false : null, cutShort));
    PassOutcome outcome =
        new PassOutcome(pass, recording, end.seconds(), end.rateReached(), cutShort, startedMillis);
    results.add(outcome);
    progress.print(line.ended(outcome));
    // A load that was too much for this quorum is told, and the next one has its turn.
    return end.cutShort() != null && run.isDone() && pass.isOpen() ? null : cutShort;
  }

  private void noteFailures(String label, PassRecording recording) {
    recording.failures().forEach(each -> failures.add(label + ": " + each));
  }
}
