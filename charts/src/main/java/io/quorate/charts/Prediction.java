package io.quorate.charts;

/**
 * How long a write would wait for its quorum if nothing but the injected delay took time: the w-th
 * least of N independent draws, uniform between two bounds. Scaled to [0, 1] it is distributed as
 * Beta(w, N + 1 - w).
 *
 * @param quorum w, 1 to {@code followers}
 * @param followers N
 * @param leastUs lower bound of the delay, microseconds
 * @param mostUs upper bound of the delay, microseconds
 */
public record Prediction(int quorum, int followers, double leastUs, double mostUs) {
  private static final int BISECTIONS = 200;

  /** Checks the ranges. */
  public Prediction {
    if (quorum < 1 || quorum > followers || !(leastUs <= mostUs)) {
      throw new IllegalArgumentException(
          quorum + " of " + followers + " in " + leastUs + " to " + mostUs);
    }
  }

  /** Microseconds. */
  double mean() {
    return leastUs + (mostUs - leastUs) * quorum / (followers + 1);
  }

  /** Share of the writes, 0 to 1, that wait this many microseconds or less. */
  double cumulative(double us) {
    if (us >= mostUs) {
      return 1;
    }
    return us <= leastUs ? 0 : atLeastQuorumBelow((us - leastUs) / (mostUs - leastUs));
  }

  /** The microseconds that this share of the writes, 0 to 1, do not exceed. */
  public double quantile(double share) {
    if (share >= 1) {
      return mostUs;
    }
    double low = 0;
    double high = 1;
    for (int step = 0; step < BISECTIONS; step++) {
      double middle = (low + high) / 2;
      if (atLeastQuorumBelow(middle) < share) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return leastUs + (mostUs - leastUs) * high;
  }

  /** Microseconds at one of {@link Statistic#PREDICTED}, or at any other percentile. */
  double at(Statistic statistic) {
    return statistic == Statistic.MEAN ? mean() : quantile(statistic.quantile());
  }

  /**
   * The cumulative Beta distribution for whole parameters, as a sum of binomial terms: the chance
   * that at least w of N draws are below the place. Each term comes from the one before it by
   * logarithms, so that no factorial of a large N overflows.
   */
  private double atLeastQuorumBelow(double place) {
    if (place <= 0 || place >= 1) {
      return place <= 0 ? 0 : 1;
    }
    double logTerm = followers * Math.log1p(-place);
    double logOdds = Math.log(place) - Math.log1p(-place);
    double sum = 0;
    double rest = 0;
    for (int below = 0; below <= followers; below++) {
      if (below < quorum) {
        rest += Math.exp(logTerm);
      } else {
        sum += Math.exp(logTerm);
      }
      logTerm += Math.log((double) (followers - below) / (below + 1)) + logOdds;
    }
    return sum < rest ? sum : 1 - rest;
  }
}
