package io.quorate.charts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResidualTest {
  @Test
  void residualIsWhatWasPutOnTopOfThePrediction() {
    for (Residual residual : Residual.of(Sweeps.complete())) {
      if (residual.statistic() == Statistic.P50) {
        double cost = 90 + 6 * residual.quorum() - 40 * Math.log10(0.5);
        assertThat(residual.raw()).isCloseTo(cost, within(1e-6));
        assertThat(residual.beyondBaseline()).isCloseTo(0, within(1e-6));
      }
      if (residual.statistic() == Statistic.P99) {
        assertThat(residual.beyondBaseline()).isCloseTo(200, within(1e-6));
      }
      assertThat(residual.low())
          .isCloseTo(0.95 * residual.measured() - residual.predicted(), within(1e-6));
    }
  }

  @Test
  void everyQuorumOfLightAndOpenLoadHasOneAtEachFigure() {
    assertThat(Residual.of(Sweeps.complete())).hasSize(Sweeps.FOLLOWERS * 4);
    assertThat(Residual.of(Sweeps.open()))
        .as("the greatest quorum missed its rate")
        .hasSize((Sweeps.FOLLOWERS - 1) * 4)
        .allMatch(residual -> residual.load() == Sweep.Load.OPEN);
  }

  @Test
  void loadedPassReadBaselineAndQuorumOfNoneAreNotHeldAgainstAPrediction() {
    Sweep sweep = Sweeps.open();
    assertThat(Residual.prediction(sweep, Sweeps.read(2))).isNull();
    for (Sweep.Lag lag : Sweep.Lag.values()) {
      assertThat(Residual.prediction(sweep, Sweeps.result(Sweep.Load.LOADED, lag, 2))).isNull();
    }
    assertThat(Residual.prediction(sweep, Sweeps.result(Sweep.Load.LIGHT, Sweep.Lag.NONE, 2)))
        .isNull();
    Sweep.Result none = Sweeps.atQuorumZero();
    assertThat(Residual.prediction(sweep, none)).isNull();
    assertThat(Residual.prediction(sweep, Sweeps.result(Sweep.Load.OPEN, Sweep.Lag.INJECTED, 2)))
        .isEqualTo(new Prediction(2, 5, 100, 1000));
  }

  @Test
  void passThatMissedItsRateOrWasCutShortIsNotHeldAgainstAPredictionNorIsItABaseline() {
    assertThat(Residual.of(Sweeps.open())).noneMatch(residual -> residual.quorum() == 5);
    assertThat(Residual.of(Sweeps.allReached(Sweeps.open())))
        .filteredOn(residual -> residual.quorum() == 5)
        .hasSize(4)
        .allMatch(residual -> residual.baseline() != null);
    assertThat(Residual.of(Sweeps.partial())).hasSize(4).allMatch(one -> one.quorum() == 1);
    List<Sweep.Result> results = new ArrayList<>(Sweeps.complete().results());
    results.replaceAll(result -> result.lag() == Sweep.Lag.NONE ? cutShort(result) : result);
    Sweep sweep = Sweeps.sweep(Sweeps.settings(Sweep.Mode.CLOSED), results, false, null);
    assertThat(Residual.of(sweep)).isNotEmpty().allMatch(one -> one.baseline() == null);
  }

  private static Sweep.Result cutShort(Sweep.Result result) {
    Draft draft = new Draft(result);
    draft.complete = false;
    return draft.result();
  }

  @Test
  void withoutABaselineThereIsNoneToGoBeyond() {
    List<Sweep.Result> results = new ArrayList<>(Sweeps.complete().results());
    results.removeIf(result -> result.lag() == Sweep.Lag.NONE && result.quorum() == 2);
    Sweep sweep = Sweeps.sweep(Sweeps.settings(Sweep.Mode.CLOSED), results, true, null);
    for (Residual residual : Residual.of(sweep)) {
      assertThat(residual.beyondBaseline() == null).isEqualTo(residual.quorum() == 2);
    }
  }
}
