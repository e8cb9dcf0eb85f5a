package io.quorate.replication;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class InjectedDelayTest {

  private static final int DRAWS = 100_000;

  private final InjectedDelay delay =
      new InjectedDelay(new SplittableRandom(42), new Settings(1, 100_000, 1_000_000, 1));

  /**
   * Kolmogorov-Smirnov distance from the uniform distribution; 1.63 / sqrt(n) is its 99th
   * percentile.
   */
  @Test
  void delaysAreUniformBetweenTheBounds() {
    long[] draws = new long[DRAWS];
    Arrays.setAll(draws, draw -> delay.drawNanos());
    Arrays.sort(draws);
    double distance = 0;
    for (int i = 0; i < DRAWS; i++) {
      double expected = (draws[i] - 100_000) / 900_000.0;
      distance = Math.max(distance, Math.abs(expected - (i + 0.5) / DRAWS));
    }
    assertThat(draws[0]).isGreaterThanOrEqualTo(100_000);
    assertThat(draws[DRAWS - 1]).isLessThanOrEqualTo(1_000_000);
    assertThat(distance).isLessThan(1.63 / Math.sqrt(DRAWS));
  }

  @Test
  void equalBoundsAreAConstantDelay() {
    delay.change(new Settings(1, 300_000, 300_000, 1));
    assertThat(delay.drawNanos()).isEqualTo(300_000);
    assertThat(delay.isOn()).isTrue();
  }

  @Test
  void noLagIsOff() {
    delay.change(new Settings(1, 0, 0, 1));
    assertThat(delay.isOn()).isFalse();
  }

  @Test
  void errorIsCountedFromTheMomentItWasDue() {
    delay.handedOver(1_000_000, 1_050_000);
    delay.handedOver(2_000_000, 2_050_000);
    assertThat(delay.error().count()).isEqualTo(2);
    assertThat(delay.error().p50Micros()).isBetween(49.9, 50.1);
    delay.change(new Settings(1, 0, 0, 1));
    assertThat(delay.error().count()).isZero();
  }
}
