package io.quorate.loadgen;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.charts.Sweep;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class ResultTableTest {
  private static final double HOUR = 3.6e9;

  @Test
  void latenciesAreShownInMilliseconds() {
    Sweep.Latency latency =
        new Sweep.Latency(
            figure(512.3, 50),
            figure(498, 50),
            figure(700, 50),
            figure(910.4, 50),
            figure(1_400, 10),
            figure(2_100, 0));
    List<String> lines = lines(result(Sweep.Load.LIGHT, 10_000, 2, latency, true));
    assertThat(lines).hasSize(2);
    assertThat(lines.get(0).split("  +"))
        .containsExactly(
            "load",
            "w",
            "mean ms",
            "p50 ms",
            "p90 ms",
            "p99 ms",
            "p99.9 ms",
            "max ms",
            "per sec",
            "errors");
    assertThat(lines.get(1).split(" +"))
        .containsExactly(
            "light", "3", "write", "0.512", "0.498", "0.700", "0.910", "1.400", "2.100", "2000",
            "2");
  }

  @Test
  void aPercentileOfFewSamplesIsMarkedAndTheMarkExplained() {
    Sweep.Latency latency =
        new Sweep.Latency(
            figure(1, 5), figure(1, 10), figure(1, 9), figure(1, 9), figure(1, 0), figure(1, 0));
    List<String> lines = lines(result(Sweep.Load.LIGHT, 5, 0, latency, true));
    assertThat(lines.get(1).split(" +"))
        .containsExactly(
            "light", "3", "write", "0.001", "0.001", "~0.001", "~0.001", "~0.001", "0.001", "1",
            "0");
    assertThat(lines.get(2)).isEqualTo(ResultTable.FEW);
  }

  @Test
  void aPassWithoutAConfirmedWriteHasNoLatency() {
    List<String> lines = lines(result(Sweep.Load.LIGHT, 0, 20, null, true));
    assertThat(lines.get(1).split(" +"))
        .containsExactly("light", "3", "write", "-", "-", "-", "-", "-", "-", "0", "20");
  }

  @Test
  void aPassThatWasCutShortIsMarkedAndTheMarkExplained() {
    List<String> lines = lines(result(Sweep.Load.LOADED, 10, 0, all(1, null), false));
    assertThat(lines.get(1)).startsWith("loaded*        3 write");
    assertThat(lines).contains(ResultTable.CUT_SHORT);
  }

  @Test
  void theRoundsHaveLinesOfTheirOwn() {
    List<String> lines = lines(result(Sweep.Load.LIGHT, 1_000, 0, all(2_000, 1_500.0), true));
    assertThat(lines.get(2).strip()).startsWith("least").contains("1.500");
    assertThat(lines.get(3).strip()).startsWith("most").contains("3.000");
  }

  @Test
  void aRateThatWasNotReachedIsLoud() {
    Sweep.Result open =
        new Sweep.Result(
            Sweep.Load.OPEN,
            Sweep.Mode.OPEN,
            100,
            5_000.0,
            Sweep.Lag.INJECTED,
            2,
            Sweep.Operation.WRITE,
            8_000,
            0,
            2,
            false,
            new Sweep.Late(120, 2_500),
            all(1, null),
            List.of(),
            1,
            true,
            "h",
            "t");
    assertThat(lines(open))
        .anyMatch(line -> line.startsWith("RATE NOT REACHED: open w=2 write: asked for 5000/s"))
        .anyMatch(line -> line.contains("late by 0.120 ms at p99 of its worst pass, 2.500 ms"));
  }

  @Test
  void theWorstFiguresFitAHundredColumns() {
    Sweep.Result worst =
        new Sweep.Result(
            Sweep.Load.LIGHT,
            Sweep.Mode.CLOSED,
            1,
            null,
            Sweep.Lag.NONE,
            50,
            Sweep.Operation.WRITE,
            99_999_999,
            10_000_000,
            1,
            null,
            null,
            all(HOUR, HOUR / 2),
            List.of(),
            2,
            false,
            "h",
            "t");
    assertThat(lines(worst)).allMatch(line -> line.length() <= ResultTable.WIDTH);
  }

  private static Sweep.Figure figure(double us, long beyond) {
    return new Sweep.Figure(us, beyond, null, null);
  }

  private static Sweep.Latency all(double us, @Nullable Double low) {
    Double high = low == null ? null : (Double) (2 * low);
    Sweep.Figure each = new Sweep.Figure(us, 0, low, high);
    return new Sweep.Latency(each, each, each, each, each, each);
  }

  private static Sweep.Result result(
      Sweep.Load load, long count, long errors, Sweep.@Nullable Latency latency, boolean complete) {
    return new Sweep.Result(
        load,
        Sweep.Mode.CLOSED,
        1,
        null,
        Sweep.Lag.INJECTED,
        3,
        Sweep.Operation.WRITE,
        count,
        errors,
        5,
        null,
        null,
        latency,
        List.of(),
        1,
        complete,
        "h",
        "t");
  }

  private static List<String> lines(Sweep.Result result) {
    Sweep.Settings settings =
        new Sweep.Settings(
            "http://127.0.0.1:8080",
            5,
            0.1,
            1,
            Sweep.Mode.CLOSED,
            20,
            null,
            null,
            0,
            Sweep.ReadFrom.LEADER,
            100,
            Sweep.KeyDistribution.UNIFORM,
            null,
            64,
            64,
            10_000L,
            null,
            "none",
            1,
            5_000,
            1);
    return ResultTable.lines(
        new Sweep(
            "2026-11-22T14:00:00Z",
            true,
            List.of("loadgen"),
            settings,
            new Sweep.Machine("Linux", "17", 2, "1.0.0", "1.0.0"),
            List.of(result),
            List.of(),
            List.of(),
            null));
  }
}
