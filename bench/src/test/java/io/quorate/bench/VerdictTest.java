package io.quorate.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class VerdictTest {
  @Test
  void figureThatShouldBeHighIsHeldAgainstBothBounds() {
    Target target = Target.atLeast(1.3, 2.0);
    assertThat(target.verdict(1.29)).isEqualTo(Verdict.NOT_MET);
    assertThat(target.verdict(1.3)).isEqualTo(Verdict.MET);
    assertThat(target.verdict(1.99)).isEqualTo(Verdict.MET);
    assertThat(target.verdict(2.0)).isEqualTo(Verdict.AIM_MET);
  }

  @Test
  void figureThatShouldBeLowIsHeldAgainstBothBounds() {
    Target target = Target.atMost(3, 2);
    assertThat(target.verdict(3.01)).isEqualTo(Verdict.NOT_MET);
    assertThat(target.verdict(3)).isEqualTo(Verdict.MET);
    assertThat(target.verdict(2)).isEqualTo(Verdict.AIM_MET);
  }

  @Test
  void whatIsNoFiniteNumberIsNotMet() {
    for (double figure :
        new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}) {
      assertThat(Target.atLeast(1, 2).verdict(figure)).isEqualTo(Verdict.NOT_MET);
      assertThat(Target.atMost(2, 1).verdict(figure)).isEqualTo(Verdict.NOT_MET);
    }
  }

  @Test
  void medianAndNotTheBestRoundIsHeldAgainstTheTarget() {
    Result result = Result.measured(Row.GET, Samples.of(0.5, 0.6, 2.0), "");
    assertThat(result.verdict()).isEqualTo(Verdict.NOT_MET);
  }

  @Test
  void rowWithoutATargetIsReported() {
    assertThat(Result.measured(Row.PUT_GET, Samples.of(0.4), "").verdict())
        .isEqualTo(Verdict.REPORTED);
  }

  @Test
  void whatWasNotMeasuredIsNeverMet() {
    for (Row row : Row.values()) {
      assertThat(Result.skipped(row, "why").verdict()).isEqualTo(Verdict.SKIPPED);
      assertThat(Result.failed(row, "why").verdict()).isEqualTo(Verdict.FAILED);
    }
  }

  @Test
  void aimIsNeverEasierThanTheLeast() {
    for (Row row : Row.values()) {
      Target target = row.target();
      if (target != null) {
        assertThat(target.verdict(target.aim())).as(row.word()).isEqualTo(Verdict.AIM_MET);
        assertThat(target.verdict(target.least())).as(row.word()).isEqualTo(Verdict.MET);
      }
    }
  }

  @Test
  void everyRowBelongsToOneExperiment() {
    List<Row> measured =
        Table.experiments(Path.of("none")).stream()
            .flatMap(experiment -> experiment.rows().stream())
            .sorted()
            .toList();
    assertThat(measured).isEqualTo(Arrays.asList(Row.values()));
  }
}
