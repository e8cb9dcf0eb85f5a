package io.quorate.charts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PredictionTest {
  private static final int DRAWS = 200_000;

  @ParameterizedTest
  @CsvSource({"1,250,216.5", "2,400,382", "3,550,550", "4,700,718", "5,850,883.5"})
  void fiveFollowersFromATenthToOneMillisecondHaveThePublishedMeanAndMedian(
      int quorum, double meanUs, double medianUs) {
    Prediction prediction = new Prediction(quorum, 5, 100, 1000);
    assertThat(prediction.mean()).isCloseTo(meanUs, within(1e-9));
    assertThat(prediction.quantile(0.5)).isCloseTo(medianUs, within(0.5));
  }

  @Test
  void predictionAgreesWithMonteCarlo() {
    long seed = System.nanoTime();
    System.out.println("PredictionTest seed " + seed);
    Random random = new Random(seed);
    for (int followers : new int[] {1, 3, 5, 8}) {
      double[][] waits = new double[followers][DRAWS];
      for (int draw = 0; draw < DRAWS; draw++) {
        double[] delays = random.doubles(followers, 100, 1000).sorted().toArray();
        for (int quorum = 1; quorum <= followers; quorum++) {
          waits[quorum - 1][draw] = delays[quorum - 1];
        }
      }
      for (int quorum = 1; quorum <= followers; quorum++) {
        agrees(new Prediction(quorum, followers, 100, 1000), waits[quorum - 1], seed);
      }
    }
  }

  private static void agrees(Prediction prediction, double[] waits, long seed) {
    String which = prediction + ", seed " + seed;
    double mean = Arrays.stream(waits).average().orElseThrow();
    assertThat(prediction.mean()).as(which).isCloseTo(mean, within(4.0));
    Arrays.sort(waits);
    double apart = 0;
    for (int draw = 0; draw < DRAWS; draw++) {
      double cumulative = prediction.cumulative(waits[draw]);
      apart = Math.max(apart, Math.abs(cumulative - (draw + 0.5) / DRAWS));
    }
    // Kolmogorov-Smirnov: exceeded by chance once in about ten million comparisons.
    assertThat(apart).as(which).isLessThan(2.9 / Math.sqrt(DRAWS));
    for (double share : new double[] {0.5, 0.9, 0.99}) {
      double drawn = waits[(int) (share * DRAWS)];
      assertThat(prediction.cumulative(drawn)).as(which).isCloseTo(share, within(0.007));
    }
  }

  @Test
  void aNeighbouringQuorumIsToldApartByTheSameMonteCarlo() {
    Random random = new Random(7);
    double[] waits =
        random
            .doubles(DRAWS)
            .map(any -> random.doubles(5, 100, 1000).sorted().toArray()[2])
            .toArray();
    assertThatThrownBy(() -> agrees(new Prediction(2, 5, 100, 1000), waits, 7))
        .isInstanceOf(AssertionError.class);
  }

  @Test
  void leastAndGreatestOfManyHaveTheirClosedForms() {
    for (int followers : new int[] {1, 2, 5, 40, 1000}) {
      for (double place : new double[] {0.001, 0.2, 0.5, 0.93, 0.9999}) {
        assertThat(new Prediction(1, followers, 0, 1).cumulative(place))
            .isCloseTo(1 - Math.pow(1 - place, followers), within(1e-9));
        assertThat(new Prediction(followers, followers, 0, 1).cumulative(place))
            .isCloseTo(Math.pow(place, followers), within(1e-9));
      }
    }
  }

  @Test
  void quantileIsTheInverseOfTheDistribution() {
    for (int quorum = 1; quorum <= 9; quorum++) {
      Prediction prediction = new Prediction(quorum, 9, 50, 3000);
      for (double share = 0.001; share < 1; share += 0.037) {
        double us = prediction.quantile(share);
        assertThat(prediction.cumulative(us)).isCloseTo(share, within(1e-9));
      }
      assertThat(prediction.quantile(0)).isCloseTo(50, within(1e-6));
      assertThat(prediction.quantile(1)).isCloseTo(3000, within(1e-6));
    }
  }

  @Test
  void sameDelayForEveryWriteIsPredictedExactly() {
    Prediction prediction = new Prediction(2, 3, 400, 400);
    assertThat(prediction.mean()).isEqualTo(400);
    assertThat(prediction.quantile(0.99)).isEqualTo(400);
    assertThat(prediction.cumulative(399.9)).isZero();
    assertThat(prediction.cumulative(400)).isEqualTo(1);
  }

  @Test
  void quorumThatNoOrderStatisticBelongsToIsRefused() {
    assertThatThrownBy(() -> new Prediction(0, 5, 0, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Prediction(6, 5, 0, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Prediction(1, 5, 2, 1))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
