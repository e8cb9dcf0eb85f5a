package io.quorate.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorate.loadgen.NodeStatus.DelayError;
import io.quorate.loadgen.Refusal;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is not measured whole is no figure. */
final class HonestFiguresTest {
  private static final WrkReport REPORT = new WrkReport(100, 200, 300);
  private static final DelayError MEASURED = new DelayError(1, 10, 20, 30);
  private static final DelayError EMPTY = new DelayError(0, 0, 0, 0);

  @Test
  void curveThatBreaksKeepsItsPointsAndSaysWhereItBroke() {
    List<Growth.Point> points =
        Scaling.points(
            "keys",
            new long[] {10, 100, 1_000},
            measured -> {
              measured.add(new Growth.Point(10, REPORT, REPORT, null));
              throw Refusal.failed("it broke");
            });
    assertThat(points)
        .containsExactly(
            new Growth.Point(10, REPORT, REPORT, null),
            new Growth.Point(100, null, null, "keys 100: it broke"));
    assertThat(new Growth("keys", "keys", "", points).isBroken()).isTrue();
  }

  @Test
  void curveWithoutAnyFigureIsWrittenToo(@TempDir Path directory) throws Exception {
    Growth.Point broken = new Growth.Point(10, null, null, "keys 10: it broke");
    List<Growth> growths = List.of(new Growth("keys", "keys", "", List.of(broken)));
    GrowthReport.draw(growths, directory);
    assertThat(directory.resolve("scaling-keys.svg")).isNotEmptyFile();
    assertThat(GrowthReport.markdown(growths)).contains("| 10 | - | - | - | - |", "it broke");
    assertThat(GrowthReport.json(growths)).contains("it broke");
  }

  @Test
  void connectionOfRedisThatStallsIsNoMeasurement() throws Exception {
    assertThat(RedisLoad.pairsBetween(new long[] {1, 2}, new long[] {5, 9})).isEqualTo(11);
    assertThatThrownBy(() -> RedisLoad.pairsBetween(new long[] {1, 2}, new long[] {5, 2}))
        .isInstanceOf(Refusal.class);
  }

  @Test
  void delayErrorsAreThoseOfAllFollowers() throws Exception {
    DelayRows.requireAll(List.of(MEASURED, MEASURED), 2);
    assertThatThrownBy(() -> DelayRows.requireAll(List.of(MEASURED), 2))
        .hasMessageContaining("only 1 of 2");
    assertThatThrownBy(() -> DelayRows.requireAll(List.of(MEASURED, EMPTY), 2))
        .hasMessageContaining("only 1 of 2");
  }
}
