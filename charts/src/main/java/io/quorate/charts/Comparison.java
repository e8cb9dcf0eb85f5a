package io.quorate.charts;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Two sweeps side by side, result by result: A is what was, B is what is held against it. */
public final class Comparison {
  private final Sweep a;
  private final Sweep b;
  private final List<Pair> pairs;

  private Comparison(Sweep a, Sweep b, List<Pair> pairs) {
    this.a = a;
    this.b = b;
    this.pairs = pairs;
  }

  /** The same load, lag, quorum and operation in both. */
  record Pair(Sweep.Result a, Sweep.Result b) {
    /** B's figure for each of A's; not a number where one of them has none, or A's is 0. */
    double ratio(Statistic statistic) {
      Sweep.Latency before = a.latency();
      Sweep.Latency after = b.latency();
      return before == null || after == null
          ? Double.NaN
          : over(after.of(statistic).us(), before.of(statistic).us());
    }

    /** B's requests per second for each of A's. */
    double throughputRatio() {
      return over(b.perSecond(), a.perSecond());
    }

    /** Whether both figures have enough samples beyond them to be held against each other. */
    boolean isFact(Statistic statistic) {
      Sweep.Latency before = a.latency();
      Sweep.Latency after = b.latency();
      return before != null
          && after != null
          && statistic != Statistic.MAX
          && !before.isFew(statistic)
          && !after.isFew(statistic);
    }

    /** Whether both were measured under the same load, so that one can be worse than the other. */
    boolean isJudged() {
      return a.connections() == b.connections() && Objects.equals(a.rateAsked(), b.rateAsked());
    }

    private static double over(double after, double before) {
      return before > 0 ? after / before : Double.NaN;
    }
  }

  /** Matches the results of both by load, lag, quorum and operation. */
  public static Comparison of(Sweep a, Sweep b) {
    Map<String, Sweep.Result> after = new HashMap<>();
    b.results().forEach(result -> after.put(result.name(), result));
    List<Pair> pairs = new ArrayList<>();
    for (Sweep.Load load : Sweep.Load.values()) {
      for (Sweep.Lag lag : Sweep.Lag.values()) {
        for (Sweep.Operation operation : Sweep.Operation.values()) {
          for (Sweep.Result before : a.of(load, lag, operation)) {
            Sweep.Result other = after.get(before.name());
            if (other != null) {
              pairs.add(new Pair(before, other));
            }
          }
        }
      }
    }
    return new Comparison(a, b, List.copyOf(pairs));
  }

  /** Whether no result of A is in B, so that there is nothing to compare and nothing to judge. */
  public boolean isEmpty() {
    return pairs.isEmpty();
  }

  /**
   * What stands between the two besides what is being compared, one line each: settings and
   * machines that differ, results that only one of them has, and what each is to be doubted for.
   */
  public List<String> differences() {
    return Differences.of(a, b);
  }

  /** The figures of both and their ratios, as lines of at most 100 columns. */
  public List<String> table() {
    return ComparisonTable.lines(pairs);
  }

  /**
   * What became worse by more than the factor, one line each: a mean or percentile of B that is
   * more than {@code factor} times A's, a closed loop that carries less than A's by more than the
   * factor, a rate that is no longer reached, a result without any answer where A had some, errors
   * where A had none, a result that only A has, and a proof of convergence that only A has. The
   * greatest latency and percentiles with too few samples beyond them are no facts and left out;
   * results with different connections or rates asked for are not judged.
   *
   * @param factor greater than 0; 1.2 allows for a fifth more
   * @throws IllegalArgumentException when the factor is not a number greater than 0
   */
  public List<String> regressions(double factor) {
    if (!(factor > 0)) {
      throw new IllegalArgumentException("factor " + factor);
    }
    List<String> regressions = new ArrayList<>();
    for (Pair pair : pairs) {
      if (pair.isJudged()) {
        failures(pair, regressions);
        slower(pair, factor, regressions);
      }
    }
    Set<String> inB = new HashSet<>();
    b.results().forEach(result -> inB.add(result.name()));
    for (Sweep.Result before : a.results()) {
      if (!inB.contains(before.name())) {
        regressions.add(before.name() + ": missing in B");
      }
    }
    Sweep.Proof before = a.proof();
    Sweep.Proof after = b.proof();
    if (before != null && before.converged() && (after == null || !after.converged())) {
      regressions.add(
          "convergence: proved in A, " + (after == null ? "no proof in B" : "not converged in B"));
    }
    return regressions;
  }

  private static void failures(Pair pair, List<String> regressions) {
    String name = pair.a().name() + ": ";
    if (pair.a().latency() != null && pair.b().latency() == null) {
      regressions.add(name + "nothing was answered in B");
    }
    if (pair.a().errors() == 0 && pair.b().errors() > 0) {
      regressions.add(
          name + "no errors in A, " + Numbers.grouped((double) pair.b().errors()) + " in B");
    }
    if (Boolean.TRUE.equals(pair.a().rateReached())
        && Boolean.FALSE.equals(pair.b().rateReached())) {
      regressions.add(name + "the rate asked for was reached in A and is not in B");
    }
  }

  private static void slower(Pair pair, double factor, List<String> regressions) {
    String name = pair.a().name() + ": ";
    Sweep.Latency before = pair.a().latency();
    Sweep.Latency after = pair.b().latency();
    if (before == null || after == null) {
      return;
    }
    for (Statistic statistic : Statistic.values()) {
      if (pair.isFact(statistic) && pair.ratio(statistic) > factor) {
        regressions.add(
            "%s%s is %s times A's (%s ms, then %s ms)"
                .formatted(
                    name,
                    statistic.label(),
                    Numbers.fixed(pair.ratio(statistic), 2),
                    Numbers.ms(before.of(statistic).us()),
                    Numbers.ms(after.of(statistic).us())));
      }
    }
    boolean closed = pair.a().mode() == Sweep.Mode.CLOSED;
    if (closed && pair.throughputRatio() < 1 / factor) {
      regressions.add(
          "%sthroughput is %s of A's (%s/s, then %s/s)"
              .formatted(
                  name,
                  Numbers.fixed(pair.throughputRatio(), 2),
                  Numbers.grouped(pair.a().perSecond()),
                  Numbers.grouped(pair.b().perSecond())));
    }
  }

  /**
   * Draws both over each other: {@code compare-*.svg} and {@code compare-*.png} in the directory,
   * which is made where it is missing. Nothing is drawn where they have nothing in common.
   *
   * @return the files' names
   * @throws IOException when the place cannot be written
   */
  public List<String> write(Path directory) throws IOException {
    List<String> names = new ArrayList<>();
    for (Picture picture : ComparisonPictures.of(a, b, pairs)) {
      picture.write(directory);
      names.add(picture.name() + ".svg");
      names.add(picture.name() + ".png");
    }
    return names;
  }
}
