package io.quorate.loadgen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class KeyChoiceTest {
  private static final int DRAWS = 200_000;

  /**
   * How far the formula's law is from Zipf's: the share of the first keys, however many, is off by
   * less than this, and by 0.0170 for the first 8 of 100 keys with a skew of 0.99.
   */
  private static final double FORMULA_OFF = 0.0175;

  @ParameterizedTest
  @CsvSource({"100, 0.99", "1000, 0.99", "1000, 0.5", "100000, 0.99"})
  void zipfianKeysAreAskedForAsOftenAsTheirRankSays(int keys, double theta) {
    int[] counts = countOfEvenDraws(KeyChoice.zipfian(keys, theta));
    double zeta = zeta(keys, theta);
    for (int key = 0; key < 2; key++) {
      assertThat((double) counts[key])
          .as("draws of key %d", key)
          .isCloseTo(DRAWS * Math.pow(key + 1, -theta) / zeta, within(1.0));
    }
    assertThat(distance(counts, theta)).isLessThan(FORMULA_OFF);
  }

  @ParameterizedTest
  @CsvSource({"0.95", "0.9999"})
  void anotherSkewIsToldApart(double theta) {
    int[] counts = countOfEvenDraws(KeyChoice.zipfian(1_000, theta));
    assertThat(distance(counts, 0.9)).isGreaterThan(FORMULA_OFF);
  }

  @Test
  void uniformKeysAreAskedForAlike() {
    assertThat(countOfEvenDraws(KeyChoice.uniform(10))).containsOnly(DRAWS / 10);
  }

  @Test
  void everyDrawIsAKeyThatThereIs() {
    for (int keys : new int[] {1, 2, 3, 100_000}) {
      KeyChoice zipfian = KeyChoice.zipfian(keys, KeyChoice.DEFAULT_THETA);
      assertThat(zipfian.key(0)).isZero();
      assertThat(zipfian.key(Math.nextDown(1.0))).isBetween(0, keys - 1);
      assertThat(KeyChoice.uniform(keys).key(Math.nextDown(1.0))).isEqualTo(keys - 1);
    }
  }

  /** How often each key comes of draws that lie evenly in [0, 1): its probability, not a chance. */
  private static int[] countOfEvenDraws(KeyChoice choice) {
    int[] counts = new int[choice.keys()];
    for (int draw = 0; draw < DRAWS; draw++) {
      counts[choice.key((draw + 0.5) / DRAWS)]++;
    }
    return counts;
  }

  /** The most by which the share of the first keys, however many, is off from Zipf's law. */
  private static double distance(int[] counts, double theta) {
    double zeta = zeta(counts.length, theta);
    double expected = 0;
    double share = 0;
    double most = 0;
    for (int key = 0; key < counts.length; key++) {
      expected += Math.pow(key + 1, -theta) / zeta;
      share += (double) counts[key] / DRAWS;
      most = Math.max(most, Math.abs(share - expected));
    }
    return most;
  }

  private static double zeta(int keys, double theta) {
    return IntStream.rangeClosed(1, keys).mapToDouble(rank -> Math.pow(rank, -theta)).sum();
  }
}
