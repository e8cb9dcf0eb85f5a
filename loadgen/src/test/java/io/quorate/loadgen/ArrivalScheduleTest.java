package io.quorate.loadgen;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.charts.Sweep;
import java.util.Arrays;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ArrivalScheduleTest {
  private static final int SAMPLES = 20_000;

  /** Kolmogorov's distribution: the scaled distance is greater once in a million draws. */
  private static final double CRITICAL = 2.69;

  @ParameterizedTest
  @ValueSource(doubles = {0.1, 3, 1_000, 333_333})
  void constantStartsAreExactMultiplesOfTheGap(double rate) {
    ArrivalSchedule schedule = new ArrivalSchedule(Sweep.Arrivals.CONSTANT, rate, 1);
    ArrivalSchedule.Starts starts = schedule.starts();
    for (int number = 1; number <= 10_000; number++) {
      assertThat(starts.nextNanos()).isEqualTo(Math.round(number * 1e9 / rate));
    }
    assertThat(schedule.gapNanos(17)).isEqualTo(1e9 / rate);
  }

  @Test
  void poissonStartsComeAtTheMeanRate() {
    long seed = seed();
    ArrivalSchedule.Starts starts = poisson(1_000, seed).starts();
    long lastNanos = 0;
    for (int number = 0; number < SAMPLES; number++) {
      long nextNanos = starts.nextNanos();
      assertThat(nextNanos).isGreaterThanOrEqualTo(lastNanos);
      lastNanos = nextNanos;
    }
    double deviations = (lastNanos / 1e6 - SAMPLES) / Math.sqrt(SAMPLES);
    assertThat(deviations).as("seed %d", seed).isBetween(-5.0, 5.0);
  }

  @Test
  void poissonGapsAreExponential() {
    long seed = seed();
    double rate = 250;
    ArrivalSchedule schedule = poisson(rate, seed);
    assertThat(distance(gapsSeconds(schedule), gap -> -Math.expm1(-rate * gap)))
        .as("seed %d", seed)
        .isLessThan(CRITICAL);
  }

  @Test
  void anotherDistributionFailsTheTestOfTheGaps() {
    double rate = 250;
    double[] even = IntStream.range(0, SAMPLES).mapToDouble(each -> 1 / rate).toArray();
    double[] slower = gapsSeconds(poisson(0.95 * rate, 5));
    DoubleUnaryOperator exponential = gap -> -Math.expm1(-rate * gap);
    assertThat(distance(even, exponential)).isGreaterThan(CRITICAL);
    assertThat(distance(slower, exponential)).isGreaterThan(CRITICAL);
  }

  @Test
  void gapsThatFollowOneAnotherAreNotCorrelated() {
    long seed = seed();
    double[] gaps = gapsSeconds(poisson(1, seed));
    double sum = 0;
    for (int number = 1; number < SAMPLES; number++) {
      sum += (gaps[number] - 1) * (gaps[number - 1] - 1);
    }
    assertThat(sum / Math.sqrt(SAMPLES)).as("seed %d", seed).isBetween(-5.0, 5.0);
  }

  @Test
  void theSeedAloneDrawsTheSchedule() {
    ArrivalSchedule.Starts one = poisson(100, 7).starts();
    ArrivalSchedule.Starts again = poisson(100, 7).starts();
    ArrivalSchedule.Starts other = poisson(100, 8).starts();
    long[] starts = IntStream.range(0, 50).mapToLong(each -> one.nextNanos()).toArray();
    assertThat(IntStream.range(0, 50).mapToLong(each -> again.nextNanos()).toArray())
        .isEqualTo(starts);
    assertThat(IntStream.range(0, 50).mapToLong(each -> other.nextNanos()).toArray())
        .isNotEqualTo(starts);
  }

  private static ArrivalSchedule poisson(double rate, long seed) {
    return new ArrivalSchedule(Sweep.Arrivals.POISSON, rate, seed);
  }

  private static double[] gapsSeconds(ArrivalSchedule schedule) {
    return IntStream.range(0, SAMPLES).mapToDouble(n -> schedule.gapNanos(n) / 1e9).toArray();
  }

  /** The Kolmogorov-Smirnov distance, scaled by the square root of the sample's size. */
  private static double distance(double[] sample, DoubleUnaryOperator cdf) {
    double[] sorted = sample.clone();
    Arrays.sort(sorted);
    double most = 0;
    for (int at = 0; at < sorted.length; at++) {
      double expected = cdf.applyAsDouble(sorted[at]);
      most = Math.max(most, Math.abs(expected - (double) at / sorted.length));
      most = Math.max(most, Math.abs(expected - (at + 1.0) / sorted.length));
    }
    return most * Math.sqrt(sorted.length);
  }

  private static long seed() {
    long seed = ThreadLocalRandom.current().nextLong();
    System.out.println("ArrivalScheduleTest: seed " + seed);
    return seed;
  }
}
