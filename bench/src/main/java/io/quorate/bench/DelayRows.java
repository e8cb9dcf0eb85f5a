package io.quorate.bench;

import io.quorate.charts.Prediction;
import io.quorate.loadgen.DelayRange;
import io.quorate.loadgen.LocalCluster;
import io.quorate.loadgen.NodeStatus;
import io.quorate.loadgen.NodeUrl;
import io.quorate.loadgen.OpenWrites;
import io.quorate.loadgen.Refusal;
import io.quorate.loadgen.StatusReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;

/**
 * What the injected delay costs beyond itself, at 500 writes a second: how late writes leave, and
 * how much longer a quorum takes than predicted and than it does at zero lag.
 */
final class DelayRows implements Experiment {
  private static final double RATE = 500;
  private static final double MEDIAN = 0.5;
  private static final double MICROS_PER_MILLI = 1e3;
  private static final Duration SETTLE = Duration.ofSeconds(1);

  private final Rates medianErrors = new Rates();
  private final Rates p99Errors = new Rates();
  private final List<String> told = new ArrayList<>();
  private double worst = Double.NEGATIVE_INFINITY;

  @Override
  public Set<Row> rows() {
    return Set.of(Row.DELAY_MEDIAN, Row.DELAY_P99, Row.QUORUM_LATENCY);
  }

  @Override
  public void measure(Bench bench, Set<Row> wanted, Results results) throws Refusal {
    try (LocalCluster cluster = bench.cluster(Bench.FOLLOWERS)) {
      NodeUrl leader = cluster.leader();
      // Compiles what is hot: at this rate alone it would take minutes.
      for (DelayRange lag : List.of(Bench.LAG, Bench.NO_LAG)) {
        bench.setLag(leader, lag);
        warm(bench, leader, Bench.FOLLOWERS, 8 * RATE, bench.plan().warmup().dividedBy(2));
      }
      for (int quorum = 1; quorum <= Bench.FOLLOWERS; quorum++) {
        bench.say("lag and quorum, w=" + quorum + " of " + Bench.FOLLOWERS);
        addQuorum(bench, leader, quorum);
      }
    }
    tell(wanted, results, bench.plan().quorum());
  }

  /** With lag first and without it first in turn, so that a drift favours neither. */
  private void addQuorum(Bench bench, NodeUrl leader, int quorum) throws Refusal {
    if (quorum % 2 == 0) {
      double with = medianUnderLag(bench, leader, quorum);
      addBeyond(quorum, with, median(bench, leader, Bench.NO_LAG, quorum));
    } else {
      double without = median(bench, leader, Bench.NO_LAG, quorum);
      addBeyond(quorum, medianUnderLag(bench, leader, quorum), without);
    }
  }

  /** Microseconds. */
  private double medianUnderLag(Bench bench, NodeUrl leader, int quorum) throws Refusal {
    double median = median(bench, leader, Bench.LAG, quorum);
    addDelayErrors(bench, leader);
    return median;
  }

  /** Microseconds. */
  private static double median(Bench bench, NodeUrl leader, DelayRange lag, int quorum)
      throws Refusal {
    bench.setLag(leader, lag);
    warm(bench, leader, quorum, RATE, SETTLE);
    bench.setLag(leader, lag);
    Duration length = bench.plan().quorum();
    return OpenWrites.run(bench.client(), leader, quorum, RATE, length, bench.surroundings())
        .p50Us();
  }

  private static void warm(Bench bench, NodeUrl leader, int quorum, double rate, Duration length)
      throws Refusal {
    OpenWrites.warm(bench.client(), leader, quorum, rate, length, bench.surroundings());
  }

  private void addDelayErrors(Bench bench, NodeUrl leader) throws Refusal {
    List<NodeStatus.DelayError> errors =
        new StatusReader(bench.client())
            .ownLeader(leader).followers().stream()
                .map(NodeStatus.Follower::delayError)
                .filter(Objects::nonNull)
                .toList();
    requireAll(errors, Bench.FOLLOWERS);
    medianErrors.add(
        new Samples(errors.stream().map(NodeStatus.DelayError::p50).toList()).median());
    p99Errors.add(new Samples(errors.stream().map(NodeStatus.DelayError::p99).toList()).most());
  }

  /**
   * Refuses figures that not all followers stand behind.
   *
   * @param errors one of each follower that the leader reports one of
   */
  static void requireAll(List<NodeStatus.DelayError> errors, int followers) throws Refusal {
    long measured = errors.stream().filter(error -> error.count() > 0).count();
    if (measured < followers) {
      throw Refusal.failed(
          "the leader reports the error of the injected delay of only "
              + measured
              + " of "
              + followers
              + " followers");
    }
  }

  private void addBeyond(int quorum, double with, double without) {
    Prediction prediction =
        new Prediction(
            quorum,
            Bench.FOLLOWERS,
            Bench.LAG.leastMs() * MICROS_PER_MILLI,
            Bench.LAG.greatestMs() * MICROS_PER_MILLI);
    double predicted = prediction.quantile(MEDIAN);
    double beyond = with - predicted - without;
    worst = Math.max(worst, beyond);
    told.add(
        String.format(
            Locale.ROOT,
            "w=%d: %.0f (%.0f - %.0f - %.0f)",
            quorum,
            beyond,
            with,
            predicted,
            without));
  }

  private void tell(Set<Row> wanted, Results results, Duration pass) {
    String load =
        String.format(
            Locale.ROOT, "at %.0f writes/s, one pass of %d s a quorum", RATE, pass.toSeconds());
    if (wanted.contains(Row.DELAY_MEDIAN)) {
      results.add(
          Result.measured(
              Row.DELAY_MEDIAN, medianErrors.samples(), load + "; median of the followers"));
    }
    if (wanted.contains(Row.DELAY_P99)) {
      results.add(
          Result.measured(Row.DELAY_P99, p99Errors.samples(), load + "; worst of the followers"));
    }
    if (wanted.contains(Row.QUORUM_LATENCY)) {
      results.add(
          Result.measured(
              Row.QUORUM_LATENCY, Samples.of(worst), load + "; " + String.join("; ", told)));
    }
  }
}
