package io.quorate.loadgen;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Whether throughput has become steady: the rates of three windows in a row are less than 5 %
 * apart. Arrivals that are random by themselves are never that even; there, rates are alike as well
 * when chance alone explains how far they are apart.
 */
final class SteadyState {
  private static final int WINDOWS = 3;
  private static final double MOST_APART = 0.05;

  /** So many standard deviations of a Poisson count may lie between the three windows. */
  private static final double DEVIATIONS = 4;

  private final boolean randomArrivals;
  private final Deque<Double> rates = new ArrayDeque<>();
  private final Deque<Long> counts = new ArrayDeque<>();

  SteadyState(boolean randomArrivals) {
    this.randomArrivals = randomArrivals;
  }

  /** A window of so many seconds has ended, in which so many requests were answered. */
  void add(long count, double seconds) {
    rates.addLast(count / seconds);
    counts.addLast(count);
    if (rates.size() > WINDOWS) {
      rates.removeFirst();
      counts.removeFirst();
    }
  }

  boolean isSteady() {
    if (rates.size() < WINDOWS) {
      return false;
    }
    double least = rates.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
    double most = rates.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
    return least > 0 && (most - least) / most < tolerance();
  }

  private double tolerance() {
    if (!randomArrivals) {
      return MOST_APART;
    }
    double meanCount = counts.stream().mapToLong(Long::longValue).average().orElseThrow();
    return Math.max(MOST_APART, DEVIATIONS / Math.sqrt(meanCount));
  }
}
