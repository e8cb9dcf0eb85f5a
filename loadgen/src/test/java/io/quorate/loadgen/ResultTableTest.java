package io.quorate.loadgen;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.charts.Sweep;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ResultTableTest {
  @Test
  void latenciesAreShownInMilliseconds() {
    Sweep.Latency latency = new Sweep.Latency(512.3, 498, 700, 910.4, 1_400, 2_100);
    List<String> lines =
        ResultTable.lines(
            List.of(new Sweep.Pass("light", 3, 1, 10_000, 2, 5.0, latency, true, "h")));
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
            "writes/s",
            "errors");
    assertThat(lines.get(1).split(" +"))
        .containsExactly(
            "light", "3", "0.512", "0.498", "0.700", "0.910", "1.400", "2.100", "2000", "2");
  }

  @Test
  void aPassWithoutAConfirmedWriteHasNoLatency() {
    List<String> lines =
        ResultTable.lines(List.of(new Sweep.Pass("light", 3, 1, 0, 20, 5.0, null, true, "h")));
    assertThat(lines.get(1).split(" +"))
        .containsExactly("light", "3", "-", "-", "-", "-", "-", "-", "0", "20");
  }

  @Test
  void aPassThatWasCutShortIsMarkedAndTheMarkExplained() {
    Sweep.Latency latency = new Sweep.Latency(1, 1, 1, 1, 1, 1);
    List<String> lines =
        ResultTable.lines(
            List.of(
                new Sweep.Pass("light", 3, 1, 10, 0, 5.0, latency, true, "h"),
                new Sweep.Pass("loaded", 3, 20, 7, 0, 5.0, latency, false, "h")));
    assertThat(lines.get(1)).startsWith("light     3 ");
    assertThat(lines.get(2)).startsWith("loaded*   3 ");
    assertThat(lines.get(3)).isEqualTo(ResultTable.FOOT);
  }

  @Test
  void theWorstFiguresFitAHundredColumns() {
    double hour = 3.6e9;
    Sweep.Latency latency = new Sweep.Latency(hour, hour, hour, hour, hour, hour);
    List<String> lines =
        ResultTable.lines(
            List.of(
                new Sweep.Pass(
                    "loaded", 50, 1_000, 10_000_000, 10_000_000, 0.01, latency, true, "h")));
    assertThat(lines).hasSize(2).allMatch(line -> line.length() <= ResultTable.WIDTH);
    assertThat(lines.get(0)).hasSameSizeAs(lines.get(1));
  }
}
