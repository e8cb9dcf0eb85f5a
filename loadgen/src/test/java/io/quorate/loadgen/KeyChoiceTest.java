package io.quorate.loadgen;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class KeyChoiceTest {
  private static final int DRAWS = 200_000;

  @ParameterizedTest
  @CsvSource({"100, 0.99", "1000, 0.99", "1000, 0.5", "100000, 0.99"})
  void zipfianKeysAreAskedForAsOftenAsTheirRankSays(int keys, double theta) {
    long seed = ThreadLocalRandom.current().nextLong();
    System.out.println("KeyChoiceTest: seed " + seed);
    int[] counts = draw(KeyChoice.zipfian(keys, theta), seed);
    double zeta = 0;
    for (int rank = 1; rank <= keys; rank++) {
      zeta += Math.pow(rank, -theta);
    }
    for (int key = 0; key < 2; key++) {
      double expected = DRAWS * Math.pow(key + 1, -theta) / zeta;
      assertThat((counts[key] - expected) / Math.sqrt(expected))
          .as("deviations of key %d, seed %d", key, seed)
          .isBetween(-5.0, 5.0);
    }
    double expectedShare = 0;
    double share = 0;
    for (int key = 0; key < keys; key++) {
      expectedShare += Math.pow(key + 1, -theta) / zeta;
      share += (double) counts[key] / DRAWS;
      assertThat(share)
          .as("keys through %d, seed %d", key, seed)
          .isBetween(expectedShare - 0.02, expectedShare + 0.02);
    }
  }

  @Test
  void uniformKeysAreAskedForAlike() {
    assertThat(Arrays.stream(draw(KeyChoice.uniform(10), 3)))
        .allMatch(count -> count > 19_300 && count < 20_700);
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

  private static int[] draw(KeyChoice choice, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int[] counts = new int[choice.keys()];
    for (int draw = 0; draw < DRAWS; draw++) {
      counts[choice.key(random.nextDouble())]++;
    }
    return counts;
  }
}
