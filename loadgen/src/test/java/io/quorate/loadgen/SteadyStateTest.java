package io.quorate.loadgen;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class SteadyStateTest {
  @Test
  void threeWindowsLessThanFivePercentApartAreSteady() {
    assertThat(isSteady(false, 1_000, 1_010, 1_049)).isTrue();
    assertThat(isSteady(false, 500, 1_000, 1_010, 1_049)).isTrue();
  }

  @Test
  void throughputThatStillGrowsIsNot() {
    assertThat(isSteady(false, 1_000, 1_030, 1_060)).isFalse();
  }

  @Test
  void twoWindowsAreTooFewAndNothingIsNotSteady() {
    assertThat(isSteady(false, 1_000, 1_000)).isFalse();
    assertThat(isSteady(false, 0, 0, 0)).isFalse();
  }

  @Test
  void randomArrivalsMayDifferByWhatChanceExplains() {
    assertThat(isSteady(true, 50, 62, 45)).isTrue();
    assertThat(isSteady(false, 50, 62, 45)).isFalse();
    assertThat(isSteady(true, 50_000, 62_000, 45_000)).isFalse();
  }

  private static boolean isSteady(boolean randomArrivals, long... counts) {
    SteadyState state = new SteadyState(randomArrivals);
    for (long count : counts) {
      state.add(count, 0.5);
    }
    return state.isSteady();
  }
}
