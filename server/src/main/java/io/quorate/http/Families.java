package io.quorate.http;

import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.quorate.metrics.DurationCounts;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The metrics of one scrape, each a family of values that differ in their labels. Durations are in
 * seconds.
 */
final class Families {

  private static final double NANOS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);

  /** One number of a family. */
  record Sample(double value, Labels labels) {

    /**
     * @param labels names and values by turns
     */
    static Sample of(Number value, String... labels) {
      return new Sample(value.doubleValue(), Labels.of(labels));
    }
  }

  /** The durations of a family that have these labels. */
  record Timed(DurationCounts durations, Labels labels) {}

  private final List<MetricSnapshot> all = new ArrayList<>();

  void gauge(String name, String help, Number value) {
    gauge(name, help, List.of(Sample.of(value)));
  }

  void gauge(String name, String help, List<Sample> samples) {
    GaugeSnapshot.Builder family = GaugeSnapshot.builder().name(name).help(help);
    for (Sample sample : samples) {
      family.dataPoint(
          GaugeDataPointSnapshot.builder().value(sample.value()).labels(sample.labels()).build());
    }
    all.add(family.build());
  }

  /**
   * @param name without {@code _total}, which is put behind it
   */
  void counter(String name, String help, List<Sample> samples) {
    CounterSnapshot.Builder family = CounterSnapshot.builder().name(name).help(help);
    for (Sample sample : samples) {
      family.dataPoint(
          CounterDataPointSnapshot.builder().value(sample.value()).labels(sample.labels()).build());
    }
    all.add(family.build());
  }

  void histogram(String name, String help, List<Timed> times) {
    HistogramSnapshot.Builder family = HistogramSnapshot.builder().name(name).help(help);
    for (Timed timed : times) {
      family.dataPoint(
          HistogramDataPointSnapshot.builder()
              .classicHistogramBuckets(buckets(timed.durations()))
              .sum(seconds(timed.durations().sumNanos()))
              .labels(timed.labels())
              .build());
    }
    all.add(family.build());
  }

  private static ClassicHistogramBuckets buckets(DurationCounts durations) {
    ClassicHistogramBuckets.Builder buckets = ClassicHistogramBuckets.builder();
    long[] bounds = durations.boundsNanos();
    long[] counts = durations.buckets();
    for (int i = 0; i < counts.length; i++) {
      buckets.bucket(i < bounds.length ? seconds(bounds[i]) : Double.POSITIVE_INFINITY, counts[i]);
    }
    return buckets.build();
  }

  static double seconds(long nanos) {
    return nanos / NANOS_PER_SECOND;
  }

  List<MetricSnapshot> all() {
    return all;
  }
}
