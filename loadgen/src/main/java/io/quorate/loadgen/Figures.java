package io.quorate.loadgen;

import io.quorate.charts.Sweep;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;
import org.jspecify.annotations.Nullable;

/** The figures of one round's distribution, microseconds. */
record Figures(double mean, double p50, double p90, double p99, double p999, double max) {
  private static final double NANOS_PER_MICRO = 1e3;
  private static final double NANOS_PER_MILLI = 1e6;
  private static final int SPECTRUM_TICKS_PER_HALF_DISTANCE = 5;
  private static final double ALL = 100;

  /**
   * @param nanos not empty
   */
  static Figures of(Histogram nanos) {
    return new Figures(
        nanos.getMean() / NANOS_PER_MICRO,
        at(nanos, 50),
        at(nanos, 90),
        at(nanos, 99),
        at(nanos, 99.9),
        nanos.getMaxValue() / NANOS_PER_MICRO);
  }

  private static double at(Histogram nanos, double percentile) {
    return nanos.getValueAtPercentile(percentile) / NANOS_PER_MICRO;
  }

  /** All rounds together, with how far they lie apart; null of nothing. */
  static Sweep.@Nullable Latency latency(Histogram nanos, List<Figures> rounds) {
    if (nanos.getTotalCount() == 0) {
      return null;
    }
    Figures all = of(nanos);
    return new Sweep.Latency(
        figure(all, rounds, Figures::mean, nanos.getTotalCount()),
        figure(all, rounds, Figures::p50, beyond(nanos, 50)),
        figure(all, rounds, Figures::p90, beyond(nanos, 90)),
        figure(all, rounds, Figures::p99, beyond(nanos, 99)),
        figure(all, rounds, Figures::p999, beyond(nanos, 99.9)),
        figure(all, rounds, Figures::max, 0));
  }

  /** Whether too few samples lie beyond the percentile to state it as a fact. */
  static boolean isFew(Histogram nanos, double percentile) {
    return beyond(nanos, percentile) < Sweep.LEAST_SAMPLES_BEYOND;
  }

  /** A percentile in milliseconds, marked with {@code ~} where it is no fact. */
  static String shown(Histogram nanos, double percentile) {
    String mark = isFew(nanos, percentile) ? "~" : "";
    return mark
        + String.format(
            Locale.ROOT, "%.3f", nanos.getValueAtPercentile(percentile) / NANOS_PER_MILLI);
  }

  /** How many samples are greater than the one at the percentile. */
  private static long beyond(Histogram nanos, double percentile) {
    long value = nanos.getValueAtPercentile(percentile);
    return value >= nanos.getMaxValue()
        ? 0
        : nanos.getCountBetweenValues(nanos.nextNonEquivalentValue(value), nanos.getMaxValue());
  }

  private static Sweep.Figure figure(
      Figures all, List<Figures> rounds, ToDoubleFunction<Figures> figure, long beyond) {
    boolean several = rounds.size() > 1;
    return new Sweep.Figure(
        figure.applyAsDouble(all),
        beyond,
        several ? rounds.stream().mapToDouble(figure).min().orElseThrow() : null,
        several ? rounds.stream().mapToDouble(figure).max().orElseThrow() : null);
  }

  /** The distribution at percentiles that become denser towards the tail, below 100. */
  static List<Sweep.Point> spectrum(Histogram nanos) {
    List<Sweep.Point> points = new ArrayList<>();
    for (HistogramIterationValue step : nanos.percentiles(SPECTRUM_TICKS_PER_HALF_DISTANCE)) {
      if (step.getPercentileLevelIteratedTo() < ALL) {
        points.add(
            new Sweep.Point(
                step.getPercentileLevelIteratedTo(), step.getValueIteratedTo() / NANOS_PER_MICRO));
      }
    }
    return points;
  }
}
