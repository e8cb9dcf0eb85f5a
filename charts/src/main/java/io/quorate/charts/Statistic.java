package io.quorate.charts;

import java.util.List;

/** The figures that a latency distribution is told by. */
enum Statistic {
  MEAN("mean", Double.NaN),
  P50("p50", 0.5),
  P90("p90", 0.9),
  P99("p99", 0.99),
  P999("p99.9", 0.999),
  MAX("max", Double.NaN);

  /** Those that are drawn against the quorum, and have a prediction and a residual. */
  static final List<Statistic> PREDICTED = List.of(MEAN, P50, P90, P99);

  /** More than doubles are off by, at the counts where it matters. */
  private static final double ROUNDING = 1e-6;

  private final String label;
  private final double quantile;

  Statistic(String label, double quantile) {
    this.label = label;
    this.quantile = quantile;
  }

  /** What a reader sees. */
  String label() {
    return label;
  }

  /** 0 to 1; not a number for what is no percentile. */
  double quantile() {
    return quantile;
  }

  /** Whether, of so many samples, fewer than 10 lie beyond this percentile: no fact. */
  boolean isFewOf(long count) {
    return isPercentile()
        && Math.floor(count * (1 - quantile) + ROUNDING) < Sweep.LEAST_SAMPLES_BEYOND;
  }

  boolean isPercentile() {
    return !Double.isNaN(quantile);
  }
}
