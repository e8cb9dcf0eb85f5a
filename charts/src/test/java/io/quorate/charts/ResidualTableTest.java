package io.quorate.charts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class ResidualTableTest {
  @Test
  void eachQuorumTellsWhatIsPredictedWhatIsLeftAndWhatIsLeftBeyondTheBaseline() {
    Sweep sweep = Sweeps.complete();
    List<String> lines = ResidualTable.lines(sweep);

    assertThat(lines).hasSize(2 + Sweeps.FOLLOWERS).allMatch(line -> line.length() <= 100);
    Residual p50 =
        Residual.of(sweep).stream()
            .filter(residual -> residual.quorum() == 2 && residual.statistic() == Statistic.P50)
            .findFirst()
            .orElseThrow();
    assertThat(lines.get(3))
        .startsWith("light     2")
        .contains(String.format(Locale.ROOT, "%.3f", p50.predicted() / 1000))
        .contains(String.format(Locale.ROOT, "%.3f", p50.raw() / 1000));
  }

  @Test
  void sweepWithoutAPredictionHasNoTable() {
    assertThat(ResidualTable.lines(Sweeps.empty())).isEmpty();
  }
}
