package io.quorate.charts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.ToDoubleBiFunction;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.plot.CombinedDomainXYPlot;
import org.jfree.chart.plot.XYPlot;
import org.jfree.data.xy.XYDataset;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LatencyChartTest {
  @TempDir Path directory;

  @Test
  void pointsAreTheMeanAndMedianOfEachLoadInMilliseconds() throws Exception {
    List<XYPlot> panels = panels(Sweeps.complete());
    assertThat(panels).hasSize(2);
    assertPoints(panels.get(0).getDataset(), 0, LatencyChart.MEAN, Sweep.LIGHT, Sweeps::mean);
    assertPoints(panels.get(0).getDataset(), 1, LatencyChart.MEDIAN, Sweep.LIGHT, Sweeps::p50);
    assertPoints(panels.get(1).getDataset(), 0, LatencyChart.MEAN, Sweep.LOADED, Sweeps::mean);
    assertPoints(panels.get(1).getDataset(), 1, LatencyChart.MEDIAN, Sweep.LOADED, Sweeps::p50);
  }

  private static void assertPoints(
      XYDataset points,
      int series,
      String name,
      String load,
      ToDoubleBiFunction<String, Integer> microseconds) {
    assertThat(points.getSeriesCount()).isEqualTo(2);
    assertThat(points.getSeriesKey(series).toString()).isEqualTo(name);
    assertThat(points.getItemCount(series)).isEqualTo(Sweeps.FOLLOWERS);
    for (int quorum = 1; quorum <= Sweeps.FOLLOWERS; quorum++) {
      assertThat(points.getXValue(series, quorum - 1)).isEqualTo(quorum);
      assertThat(points.getYValue(series, quorum - 1))
          .isCloseTo(microseconds.applyAsDouble(load, quorum) / 1000, within(1e-9));
    }
  }

  @Test
  void latencyAxesBeginAtZeroAndHoldEveryPoint() throws Exception {
    for (XYPlot panel : panels(Sweeps.complete())) {
      NumberAxis axis = (NumberAxis) panel.getRangeAxis();
      assertThat(axis.getLowerBound()).isZero();
      assertThat(axis.getUpperBound()).isGreaterThan(panel.getDataset().getYValue(0, 4));
      assertThat(axis.getLabel()).isEqualTo("write latency (ms)");
    }
  }

  @Test
  void markersStandWhereTheAxesSayTheirValueIs() throws Exception {
    assertMarkers(draw(Sweeps.complete()));
  }

  @Test
  void markersOfExchangedLoadsOrFiguresWouldBeSeen() throws Exception {
    List<Sweep.Pass> loads = new ArrayList<>(Sweeps.complete().passes());
    loads.replaceAll(
        pass -> with(pass, isLight(pass) ? Sweep.LOADED : Sweep.LIGHT, pass.latency()));
    SvgFile exchangedLoads = draw(Sweeps.sweep(loads, true, null));
    assertThatThrownBy(() -> assertMarkers(exchangedLoads)).isInstanceOf(AssertionError.class);

    List<Sweep.Pass> figures = new ArrayList<>(Sweeps.complete().passes());
    figures.replaceAll(pass -> with(pass, pass.load(), exchanged(pass.latency())));
    SvgFile exchangedFigures = draw(Sweeps.sweep(figures, true, null));
    assertThatThrownBy(() -> assertMarkers(exchangedFigures)).isInstanceOf(AssertionError.class);
  }

  private static Sweep.Pass with(Sweep.Pass pass, String load, Sweep.@Nullable Latency latency) {
    return new Sweep.Pass(
        load,
        pass.quorum(),
        pass.connections(),
        pass.writes(),
        pass.errors(),
        pass.seconds(),
        latency,
        pass.complete(),
        pass.histogram());
  }

  private static Sweep.Latency exchanged(Sweep.@Nullable Latency figures) {
    Sweep.Latency latency = Objects.requireNonNull(figures);
    return new Sweep.Latency(
        latency.p50(), latency.mean(), latency.p90(), latency.p99(), latency.p999(), latency.max());
  }

  private static void assertMarkers(SvgFile svg) {
    for (String color : List.of("rgb(0,114,178)", "rgb(213,94,0)")) {
      List<double[]> light = svg.markers(color, 0);
      List<double[]> loaded = svg.markers(color, 1);
      assertThat(light).hasSize(Sweeps.FOLLOWERS);
      assertThat(loaded).hasSize(Sweeps.FOLLOWERS);
      ToDoubleBiFunction<String, Integer> figure =
          color.equals("rgb(0,114,178)") ? Sweeps::mean : Sweeps::p50;
      for (int quorum = 1; quorum <= Sweeps.FOLLOWERS; quorum++) {
        assertAt(svg, light.get(quorum - 1), quorum, figure.applyAsDouble(Sweep.LIGHT, quorum), 0);
        assertAt(
            svg, loaded.get(quorum - 1), quorum, figure.applyAsDouble(Sweep.LOADED, quorum), 1);
      }
    }
  }

  private static void assertAt(
      SvgFile svg, double[] marker, int quorum, double microseconds, int panel) {
    assertThat(svg.quorumAt(marker[0])).isCloseTo(quorum, within(0.02));
    assertThat(svg.millisecondsAt(marker[1], panel)).isCloseTo(microseconds / 1000, within(0.02));
  }

  @Test
  void pictureNamesTitleAxesLegendPanelsAndSettings() throws Exception {
    SvgFile svg = draw(Sweeps.complete());
    assertThat(svg.texts())
        .contains(
            "Write latency against write quorum",
            "write quorum w (follower acknowledgements)",
            "light: 1 connection",
            "loaded: 20 connections");
    assertThat(svg.texts()).containsOnlyOnce("mean", "median (p50)", "1", "2", "3", "4", "5");
    assertThat(svg.texts().stream().filter("write latency (ms)"::equals)).hasSize(2);
    assertThat(String.join(" ", svg.texts()))
        .contains(
            "Followers: 5;",
            "delay: 0.1 to 1 ms",
            "keys: 100;",
            "value: 64 bytes",
            "10,000 after 1,000 of warm-up",
            "connections: light 1, loaded 20",
            "Linux 6.1.0 amd64, Java 17.0.15, processors: 2; server: Quorate 1.0.0, epoll")
        .doesNotContain("Incomplete", "No point", "not confirmed", "not shown");
  }

  @Test
  void pictureIsSmallScalesAndOutlinesNoText() throws Exception {
    SvgFile svg = draw(Sweeps.complete());
    assertThat(Files.size(svg.file())).isLessThan(100_000);
    assertThat(svg.root().getAttribute("viewBox")).isEqualTo("0 0 880 820");
    assertThat(svg.root().getAttribute("font-family")).endsWith("sans-serif");
    assertThat(svg.texts()).allMatch(text -> !text.isBlank());
    assertThat(svg.textsBeyond(880, 820)).isEmpty();
  }

  @Test
  void sameSweepGivesTheSameBytes() throws Exception {
    byte[] first = Files.readAllBytes(draw(Sweeps.complete()).file());
    assertThat(Files.readAllBytes(draw(Sweeps.complete()).file())).isEqualTo(first);
  }

  @Test
  void passWithoutConfirmedWriteLeavesAGapAndSaysSo() throws Exception {
    List<Sweep.Pass> passes = new ArrayList<>(Sweeps.complete().passes());
    passes.replaceAll(
        pass -> pass.quorum() == 3 && isLight(pass) ? Sweeps.unconfirmed(Sweep.LIGHT, 3) : pass);
    Sweep sweep = Sweeps.sweep(passes, false, new Sweep.Proof(false, 6, 100, null, List.of("no")));

    XYDataset light = panels(sweep).get(0).getDataset();
    assertThat(light.getY(0, 2)).isNull();
    assertThat(light.getY(1, 2)).isNull();
    assertThat(panels(sweep).get(1).getDataset().getY(0, 2)).isNotNull();
    SvgFile svg = draw(sweep);
    assertThat(svg.markers("rgb(0,114,178)", 0)).hasSize(Sweeps.FOLLOWERS - 1);
    assertThat(svg.texts())
        .contains(
            "Incomplete: the sweep was stopped before its end.",
            "No point where no write was confirmed: light w=3.",
            "Writes not confirmed, and not in these latencies: 10,000 at light w=3.",
            "The replicas were not shown to hold the same data.");
    assertThat(svg.textsBeyond(880, 820)).isEmpty();
  }

  @Test
  void passThatWasCutShortIsDrawnAndNamed() throws Exception {
    List<Sweep.Pass> passes = new ArrayList<>(Sweeps.complete().passes());
    passes.replaceAll(
        pass -> pass.quorum() == 5 && !isLight(pass) ? Sweeps.cutShort(Sweep.LOADED, 5) : pass);
    SvgFile svg = draw(Sweeps.sweep(passes, false, null));
    assertThat(svg.markers("rgb(0,114,178)", 1)).hasSize(Sweeps.FOLLOWERS);
    assertThat(svg.texts()).contains("Cut short, after a part of its writes: loaded w=5.");
  }

  private static boolean isLight(Sweep.Pass pass) {
    return pass.load().equals(Sweep.LIGHT);
  }

  @Test
  void sweepWithoutPassesIsRefused() {
    assertRefused(
        List.of(), false, "the sweep of 2026-11-22T14:00:00Z has no passes; expected at least one");
  }

  @Test
  void loadWithoutConfirmedWriteIsRefused() {
    assertRefused(
        List.of(Sweeps.pass(Sweep.LIGHT, 1)), false, "has no loaded pass with a confirmed write");
    assertRefused(
        List.of(Sweeps.pass(Sweep.LOADED, 1), Sweeps.unconfirmed(Sweep.LIGHT, 1)),
        false,
        "has no light pass with a confirmed write");
  }

  @Test
  void completeSweepThatLacksAPassIsRefusedByName() {
    List<Sweep.Pass> passes = new ArrayList<>(Sweeps.complete().passes());
    passes.removeIf(pass -> pass.quorum() == 2 && isLight(pass));
    assertRefused(passes, true, "says it is complete, but lacks the pass light w=2;");
  }

  @Test
  void passThatIsThereTwiceOrOfAnotherLoadIsRefused() {
    List<Sweep.Pass> passes = new ArrayList<>(Sweeps.complete().passes());
    passes.add(Sweeps.pass(Sweep.LOADED, 4));
    assertRefused(passes, true, "the pass loaded w=4 is there twice; expected it once");
    assertRefused(
        List.of(Sweeps.pass("heavy", 4)), true, "load \"heavy\"; expected one of light, loaded");
  }

  private void assertRefused(List<Sweep.Pass> passes, boolean complete, String line) {
    Path file = directory.resolve("refused.svg");
    assertThatThrownBy(() -> LatencyChart.write(Sweeps.sweep(passes, complete, null), file))
        .isInstanceOf(UnusableSweepException.class)
        .hasMessageContaining(line)
        .hasMessageNotContaining("\n");
    assertThat(file).doesNotExist();
  }

  private static List<XYPlot> panels(Sweep sweep) throws UnusableSweepException {
    CombinedDomainXYPlot plot =
        (CombinedDomainXYPlot) LatencyChart.chart(sweep, DrawnPasses.of(sweep)).getXYPlot();
    return plot.getSubplots().stream().map(XYPlot.class::cast).toList();
  }

  private SvgFile draw(Sweep sweep) throws IOException, UnusableSweepException {
    Path file = directory.resolve("latency.svg");
    LatencyChart.write(sweep, file);
    return SvgFile.parse(file);
  }
}
