package io.quorate.charts;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {
  private static final Pattern SVG = Pattern.compile("<svg .*?</svg>", Pattern.DOTALL);
  private static final Pattern ID = Pattern.compile(" id=\"([^\"]+)\"");

  @TempDir Path directory;

  @Test
  void reportHoldsResultsSummaryPageAndEveryChartTwice() throws Exception {
    Path out = directory.resolve("new").resolve("out");
    Report.write(Sweeps.complete(), out);
    assertThat(SweepFile.read(out.resolve("sweep.json"))).isEqualTo(Sweeps.complete());
    assertThat(out.resolve("summary.csv")).hasContent(SummaryCsv.of(Sweeps.complete()));
    assertThat(out.resolve("report.html")).exists();
    List<Picture> pictures = Pictures.of(Sweeps.complete());
    for (Picture picture : pictures) {
      assertThat(out.resolve(picture.name() + ".svg")).hasBinaryContent(picture.svg());
      assertThat(out.resolve(picture.name() + ".png")).isNotEmptyFile();
    }
    try (var files = Files.list(out)) {
      assertThat(files).hasSize(3 + 2 * pictures.size());
    }
  }

  @Test
  void pageNeedsNothingFromAnywhereAndRunsNothing() {
    for (Sweep sweep : List.of(Sweeps.complete(), Sweeps.open())) {
      assertThat(page(sweep))
          .startsWith("<!DOCTYPE html>")
          .contains("name=\"viewport\"", "prefers-color-scheme: dark", "overflow-x: auto")
          .doesNotContain("<script", "<link", "<img", "src=", "href=", "@import", "url(http");
    }
  }

  @Test
  void chartsWithinThePageAreWellFormedAndShareNoIds() throws Exception {
    String page = page(Sweeps.complete());
    Matcher svg = SVG.matcher(page);
    int charts = 0;
    while (svg.find()) {
      SvgFile chart = SvgFile.parse(svg.group().getBytes(StandardCharsets.UTF_8));
      assertThat(chart.root().getAttribute("class")).isEqualTo("chart");
      charts++;
    }
    assertThat(charts).isEqualTo(Pictures.of(Sweeps.complete()).size());
    List<String> ids = ID.matcher(page).results().map(found -> found.group(1)).toList();
    assertThat(ids).isNotEmpty().doesNotHaveDuplicates();
  }

  @Test
  void pageShowsSettingsFiguresResidualsCompletionsLinksProofAndCommand() {
    String page = page(Sweeps.complete());
    Residual residual = Residual.of(Sweeps.complete()).get(1);
    assertThat(page)
        .contains(
            "Closed loop, loaded passes on 20 connections",
            "Writes, light load: closed loop, 1 connection</h3>",
            "Writes, light load: closed loop, 1 connection, without lag (the baseline)</h3>",
            "Writes, loaded: closed loop, 20 connections</h3>",
            "until throughput was steady, at most 20,000 writes",
            "Linux 6.1.0 amd64",
            "<td>" + Numbers.signedMs(residual.raw()) + "</td>",
            "follower-3",
            "150,000",
            "Converged: 100 keys read from each of 6 nodes",
            "9f86d081884c7d65",
            "java -jar loadgen.jar sweep --out &#39;my results&#39;");
    assertThat(page).doesNotContain("PARTIAL", "NOT REACHED", "Not converged");
  }

  @Test
  void partialSweepIsMarkedAsPartialInTitleAndOnTop() {
    String page = page(Sweeps.partial());
    assertThat(page)
        .contains(
            "<title>PARTIAL: ",
            "PARTIAL: the sweep was stopped before its end.",
            "Cut short: light w=2 write.",
            "Nothing confirmed: loaded w=2 write.",
            "10,000 at loaded w=2 write",
            "ended before it came to the proof");
    assertThat(page.indexOf("PARTIAL: the sweep")).isLessThan(page.indexOf("<table>"));
  }

  @Test
  void rateThatWasNotReachedIsOnTopAndInItsRow() {
    String page = page(Sweeps.open());
    assertThat(page).contains("<td class=\"bad\">NOT REACHED</td>");
    assertThat(page.indexOf("RATE NOT REACHED: open w=5 write")).isPositive();
    assertThat(page.indexOf("RATE NOT REACHED")).isLessThan(page.indexOf("<table>"));
  }

  @Test
  void percentileWithFewSamplesBeyondIsMarkedAndOneWithEnoughIsNot() {
    String page = page(Sweeps.complete());
    assertThat(page)
        .contains("<td>" + light(3, 99.9) + "*<small>")
        .contains("<td>" + light(3, 99) + "<small>")
        .contains("<td>" + light(3, 99.999) + "<small>");
  }

  @Test
  void spreadOfTheRoundsStandsBelowEachFigure() {
    double p50 = Sweeps.micros(Sweep.Load.LIGHT, Sweep.Lag.INJECTED, 2, 50);
    assertThat(page(Sweeps.complete()))
        .contains("<small>" + Numbers.ms(p50 * 0.95) + "–" + Numbers.ms(p50 * 1.08) + "</small>");
    assertThat(page(Sweeps.withoutSpread(Sweeps.complete()))).doesNotContain("<small>");
  }

  @Test
  void roundsWithFewSamplesBeyondEachAreMarkedWhereAllTogetherHaveEnough() {
    double p999 = Sweeps.micros(Sweep.Load.OPEN, Sweep.Lag.INJECTED, 2, 99.9);
    double p99 = Sweeps.micros(Sweep.Load.OPEN, Sweep.Lag.INJECTED, 2, 99);
    assertThat(page(Sweeps.open()))
        .as("20 of all, 6.7 of each round")
        .contains("<td>" + Numbers.ms(p999) + "<small>")
        .contains(Numbers.ms(p999 * 0.95) + "–" + Numbers.ms(p999 * 1.08) + "*</small>")
        .as("200 of all, 66.7 of each round")
        .contains(Numbers.ms(p99 * 0.95) + "–" + Numbers.ms(p99 * 1.08) + "</small>");
  }

  @Test
  void linksAreSaidToBeCumulativeAndTheirPercentilesAreMarkedWhereTheyAreFew() {
    Sweep sweep = Sweeps.complete();
    Sweep few =
        new Sweep(
            sweep.startedAt(),
            true,
            sweep.command(),
            sweep.settings(),
            sweep.machine(),
            sweep.results(),
            sweep.completions(),
            List.of(
                new Sweep.Link("few", 999, 50_000, 90_000, 99_000, 100_000),
                new Sweep.Link("enough", 1000, 51_000, 91_000, 98_000, 100_000)),
            sweep.proof());
    assertThat(page(few))
        .contains("Cumulative since its leadership began, over all passes")
        .contains("<td>50.000</td>", "<td>90.000</td>", "<td>99.000*</td>")
        .contains("<td>51.000</td>", "<td>91.000</td>", "<td>98.000</td>");
    for (Statistic statistic : List.of(Statistic.P50, Statistic.P90, Statistic.P99)) {
      long enough = Math.round(10 / (1 - statistic.quantile()));
      assertThat(statistic.isFewOf(enough)).as(statistic.label()).isFalse();
      assertThat(statistic.isFewOf(enough - 1)).as(statistic.label()).isTrue();
    }
  }

  @Test
  void textOfTheSweepIsEscaped() throws Exception {
    Sweep sweep = Sweeps.complete();
    String bad = "<script>alert('x' & \"y\")</script>";
    Sweep hostile =
        new Sweep(
            sweep.startedAt(),
            true,
            List.of(bad),
            sweep.settings(),
            new Sweep.Machine(bad, bad, 2, bad, bad),
            sweep.results(),
            List.of(new Sweep.Completions(1, List.of(new Sweep.Completion(bad, 3)))),
            List.of(new Sweep.Link(bad, 1, 1, 1, 1, 1)),
            new Sweep.Proof(false, 6, 1, bad, List.of(bad)));
    assertThat(page(hostile)).doesNotContain("<script").contains("&lt;script&gt;");
    for (Picture picture : Pictures.of(hostile)) {
      assertThat(SvgFile.parse(picture.svg()).elements("script")).isEmpty();
    }
  }

  @Test
  void proofThatFailedIsAWarningWithItsProblems() {
    Sweep sweep =
        Sweeps.sweep(
            Sweeps.settings(Sweep.Mode.CLOSED),
            Sweeps.complete().results(),
            true,
            new Sweep.Proof(false, 6, 99, null, List.of("key k7 differs on follower-2")));
    assertThat(page(sweep))
        .contains("NOT CONVERGED", "Not converged: ", "<li>key k7 differs on follower-2</li>");
  }

  @Test
  void sweepWithoutResultsHasAPageToo() throws Exception {
    Report.write(Sweeps.empty(), directory);
    assertThat(directory.resolve("report.html")).content().contains("PARTIAL", "no results");
    assertThat(directory.resolve("summary.csv")).content().hasLineCount(1);
    assertThat(SweepFile.read(directory.resolve("sweep.json"))).isEqualTo(Sweeps.empty());
  }

  private static String light(int quorum, double percentile) {
    return Numbers.ms(Sweeps.micros(Sweep.Load.LIGHT, Sweep.Lag.INJECTED, quorum, percentile));
  }

  private static String page(Sweep sweep) {
    return ReportPage.of(sweep, Pictures.of(sweep));
  }
}
