package io.quorate.charts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ComparisonTest {
  @TempDir Path directory;

  @Test
  void sweepComparedWithItselfDiffersAndRegressesInNothing() {
    for (Sweep sweep : List.of(Sweeps.complete(), Sweeps.empty())) {
      assertThat(Comparison.of(sweep, sweep).regressions(1.0)).isEmpty();
    }
    assertThat(Comparison.of(Sweeps.complete(), Sweeps.complete()).differences()).isEmpty();
  }

  @Test
  void quorumThatBecameSlowerIsARegressionByItsRatio() {
    Sweep slower = Sweeps.slower(Sweeps.complete(), 3, 1.5);
    Comparison comparison = Comparison.of(Sweeps.complete(), slower);
    assertThat(comparison.regressions(1.2))
        .contains("light w=3 write: p50 is 1.50 times A's (0.670 ms, then 1.005 ms)")
        .anyMatch(line -> line.startsWith("loaded w=3 write: throughput is 0.67 of A's ("))
        .allMatch(line -> line.contains("w=3"));
    assertThat(comparison.regressions(1.6)).isEmpty();
    assertThat(Comparison.of(slower, Sweeps.complete()).regressions(1.2))
        .as("what became faster")
        .isEmpty();
  }

  @Test
  void percentileWithFewSamplesBeyondIsNoRegressionAndIsMarked() {
    Comparison comparison =
        Comparison.of(Sweeps.complete(), Sweeps.slower(Sweeps.complete(), 3, 1.5));
    assertThat(comparison.regressions(1.2)).noneMatch(line -> line.contains("p99.9"));
    assertThat(comparison.regressions(1.2)).noneMatch(line -> line.contains("max"));
    assertThat(comparison.table()).anyMatch(line -> line.contains("3.038*"));
    assertThat(comparison.table()).last().asString().startsWith("* fewer than 10 samples");
    Comparison enough = Comparison.of(Sweeps.open(), Sweeps.slower(Sweeps.open(), 3, 1.5));
    assertThat(enough.regressions(1.2)).anyMatch(line -> line.contains("p99.9"));
  }

  @Test
  void rateThatIsNoLongerReachedIsARegression() {
    Sweep reached = Sweeps.allReached(Sweeps.open());
    assertThat(Comparison.of(reached, Sweeps.open()).regressions(100))
        .contains("open w=5 write: the rate asked for was reached in A and is not in B");
    assertThat(Comparison.of(Sweeps.open(), reached).regressions(100)).isEmpty();
  }

  @Test
  void resultThatAnswersNothingAnyMoreIsARegression() {
    Sweep nothing =
        Sweeps.sweep(
            Sweeps.settings(Sweep.Mode.CLOSED),
            List.of(Sweeps.unconfirmed(Sweep.Load.LIGHT, 1)),
            true,
            null);
    assertThat(Comparison.of(Sweeps.complete(), nothing).regressions(1.2))
        .contains(
            "light w=1 write: nothing was answered in B",
            "light w=1 write: no errors in A, 10,000 in B");
  }

  @Test
  void resultThatOnlyAHasIsARegressionAndOneThatOnlyBHasIsNone() {
    Sweep less =
        Sweeps.sweep(
            Sweeps.settings(Sweep.Mode.CLOSED),
            Sweeps.complete().results().subList(1, Sweeps.complete().results().size()),
            true,
            Sweeps.proof());
    assertThat(Comparison.of(Sweeps.complete(), less).regressions(1.2))
        .containsExactly("loaded w=5 write: missing in B");
    assertThat(Comparison.of(less, Sweeps.complete()).regressions(1.2)).isEmpty();
  }

  @Test
  void errorsWhereThereWereNoneAreARegression() {
    Sweep failing = withFirst(Sweeps.complete(), draft -> draft.errors = 4);
    assertThat(Comparison.of(Sweeps.complete(), failing).regressions(1.2))
        .containsExactly("loaded w=5 write: no errors in A, 4 in B");
    assertThat(Comparison.of(failing, failing).regressions(1.2)).isEmpty();
    assertThat(Comparison.of(failing, Sweeps.complete()).regressions(1.2)).isEmpty();
  }

  @Test
  void convergenceThatIsNoLongerProvedIsARegression() {
    Sweep proved = Sweeps.complete();
    Sweep.Settings settings = proved.settings();
    Sweep without = Sweeps.sweep(settings, proved.results(), true, null);
    Sweep.Proof failure = new Sweep.Proof(false, 6, 99, null, List.of("key k7 differs"));
    Sweep failed = Sweeps.sweep(settings, proved.results(), true, failure);
    assertThat(Comparison.of(proved, without).regressions(1.2))
        .containsExactly("convergence: proved in A, no proof in B");
    assertThat(Comparison.of(proved, failed).regressions(1.2))
        .containsExactly("convergence: proved in A, not converged in B");
    assertThat(Comparison.of(failed, without).regressions(1.2)).isEmpty();
    assertThat(Comparison.of(without, proved).regressions(1.2)).isEmpty();
  }

  @Test
  void resultsUnderDifferentLoadsAreNotJudgedAndTheTableSaysSo() {
    Sweep slower = Sweeps.slower(Sweeps.open(), 1, 3);
    String said = "not judged, connections or rates asked for differ: open w=1 write";
    assertThat(Comparison.of(Sweeps.open(), slower).regressions(1.2))
        .anyMatch(line -> line.startsWith("open w=1 write: "));
    assertThat(Comparison.of(Sweeps.open(), slower).table()).doesNotContain(said);
    for (Sweep other :
        List.of(
            withFirst(slower, draft -> draft.rateAsked = 3000.0),
            withFirst(slower, draft -> draft.connections = 19))) {
      Comparison comparison = Comparison.of(Sweeps.open(), other);
      assertThat(comparison.regressions(1.2))
          .noneMatch(line -> line.startsWith("open w=1 write: "));
      assertThat(comparison.table()).contains(said).allMatch(line -> line.length() <= 100);
    }
  }

  @Test
  void twoSweepsWithoutAResultInCommonAreEmpty() {
    assertThat(Comparison.of(Sweeps.complete(), Sweeps.open()).isEmpty()).isTrue();
    assertThat(Comparison.of(Sweeps.complete(), Sweeps.partial()).isEmpty()).isFalse();
  }

  private static Sweep withFirst(Sweep sweep, Consumer<Draft> change) {
    List<Sweep.Result> results = new ArrayList<>(sweep.results());
    Draft draft = new Draft(results.get(0));
    change.accept(draft);
    results.set(0, draft.result());
    return Sweeps.sweep(sweep.settings(), results, true, sweep.proof());
  }

  @Test
  void tableFitsAHundredColumnsAndHoldsEachPairOnce() {
    for (Sweep sweep : List.of(Sweeps.complete(), Sweeps.open(), Sweeps.partial())) {
      List<String> table = Comparison.of(sweep, Sweeps.slower(sweep, 2, 2)).table();
      assertThat(table).allMatch(line -> line.length() <= 100);
      assertThat(table.stream().filter(line -> line.contains("B/A")))
          .hasSize(sweep.results().size());
    }
    assertThat(Comparison.of(Sweeps.complete(), Sweeps.slower(Sweeps.complete(), 1, 2)).table())
        .as("p99.9 has few samples beyond in both")
        .contains(
            "                          B/A"
                + "      2.00".repeat(4)
                + "     2.00*      2.00      0.50");
  }

  @Test
  void settingsThatDifferAndResultsThatOnlyOneHasAreNamedLoudly() {
    List<String> differences = Comparison.of(Sweeps.complete(), Sweeps.open()).differences();
    assertThat(differences)
        .contains(
            "DIFFERENT mode: A has Closed loop, loaded passes on 20 connections; B has Open loop, "
                + "4,000 requests/s asked, Poisson arrivals, 20 connections",
            "NOTHING TO COMPARE: no load, lag, quorum and operation is in both",
            "only in A: light w=1 write",
            "only in B: open w=1 read")
        .anyMatch(line -> line.startsWith("B: RATE NOT REACHED"));
    assertThat(Comparison.of(Sweeps.complete(), Sweeps.partial()).differences())
        .contains("B: PARTIAL: the sweep was stopped before its end.");
  }

  @Test
  void chartsOfBothAreDrawnOverEachOther() throws Exception {
    Sweep slower = Sweeps.slower(Sweeps.complete(), 3, 1.5);
    List<String> names = Comparison.of(Sweeps.complete(), slower).write(directory);
    assertThat(names)
        .contains(
            "compare-latency-light.svg",
            "compare-latency-light.png",
            "compare-spectrum-loaded.svg",
            "compare-throughput-loaded.png");
    for (String name : names) {
      assertThat(directory.resolve(name)).isNotEmptyFile();
      if (name.endsWith(".svg")) {
        SvgFile svg = SvgFile.parse(Files.readAllBytes(directory.resolve(name)));
        assertThat(svg.textsBeyond()).isEmpty();
        assertThat(svg.texts()).contains("A", "B").anyMatch(text -> text.contains("closed loop"));
        assertThat(svg.marks("rgb(0,114,178)")).isNotEmpty();
        assertThat(svg.marks("rgb(213,94,0)")).isNotEmpty();
      }
    }
    assertThat(Comparison.of(Sweeps.complete(), Sweeps.open()).write(directory)).isEmpty();
  }

  @Test
  void factorThatIsNoneIsRefused() {
    Comparison comparison = Comparison.of(Sweeps.complete(), Sweeps.complete());
    for (double factor : new double[] {0, -1, Double.NaN}) {
      assertThatThrownBy(() -> comparison.regressions(factor))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
