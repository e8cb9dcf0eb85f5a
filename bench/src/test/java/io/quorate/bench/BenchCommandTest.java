package io.quorate.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.loadgen.HttpClient;
import io.quorate.loadgen.Refusal;
import io.quorate.loadgen.StopSignal;
import io.quorate.loadgen.Surroundings;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BenchCommandTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final StopSignal stop = new StopSignal();
  private final Surroundings surroundings =
      new Surroundings(
          new PrintStream(out, true, StandardCharsets.UTF_8), false, stop, List.of("false"));

  @TempDir private Path directory = Path.of("");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--rounds 0",
        "--rounds many",
        "--only nothing",
        "--only get,,put-1",
        "--only get --scaling",
        "--scaling --rounds 3",
        "--no-such-flag",
        "stray"
      })
  void whatItDoesNotTakeIsOneLineThatNamesIt(String flags) {
    String[] words = flags.split(" ");
    assertThat(run(words)).isEqualTo(Refusal.BAD_INPUT);
    String complaint = err.toString(StandardCharsets.UTF_8);
    assertThat(complaint.lines()).hasSize(1);
    assertThat(complaint).contains(words[0]);
  }

  @Test
  void wrongRowIsAnsweredWithAllThatThereAre() {
    assertThat(run("--only", "gets")).isEqualTo(Refusal.BAD_INPUT);
    String complaint = err.toString(StandardCharsets.UTF_8);
    for (Row row : Row.values()) {
      assertThat(complaint).contains(row.word());
    }
  }

  @Test
  void directoryThatCannotBeMadeIsRefusedBeforeAnythingIsMeasured() throws Exception {
    Path file = Files.createFile(directory.resolve("file"));
    assertThat(run("--out", file.resolve("below").toString())).isEqualTo(Refusal.BAD_INPUT);
    assertThat(err.toString(StandardCharsets.UTF_8)).startsWith("--out: cannot make");
  }

  @Test
  void helpNamesTheTools() {
    assertThat(run("--help")).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8)).contains("wrk", "redis-server", "--scaling");
  }

  @Test
  void experimentThatBreaksFailsItsOwnRowsAndTheOthersGoOn() throws Exception {
    Results results = new Results(surroundings.out());
    try (HttpClient client = new HttpClient()) {
      Bench bench = new Bench(Plan.quick(1), client, surroundings, directory, directory);
      Experiment breaking = experiment(Row.COLD_START, false);
      Experiment other = experiment(Row.IDLE_MEMORY, true);
      Table.measure(List.of(breaking, other), bench, EnumSet.allOf(Row.class), results);
    }
    assertThat(results.all())
        .extracting(Result::verdict)
        .containsExactly(Verdict.AIM_MET, Verdict.FAILED);
    assertThat(results.anyFailed()).isTrue();
  }

  @Test
  void experimentThatThrowsFailsItsOwnRowsAndTheOthersGoOn() throws Exception {
    Results results = new Results(surroundings.out());
    try (HttpClient client = new HttpClient()) {
      Bench bench = new Bench(Plan.quick(1), client, surroundings, directory, directory);
      List<Experiment> experiments =
          List.of(throwing(Row.COLD_START), experiment(Row.IDLE_MEMORY, true));
      Table.measure(experiments, bench, EnumSet.allOf(Row.class), results);
    }
    assertThat(results.all())
        .extracting(Result::verdict)
        .containsExactly(Verdict.AIM_MET, Verdict.FAILED);
    assertThat(results.all().get(1).measured()).contains("a defect");
  }

  @Test
  void rowsThatAreLeftWhenTheUserStopsAreSkipped() throws Exception {
    stop.request();
    Results results = new Results(surroundings.out());
    try (HttpClient client = new HttpClient()) {
      Bench bench = new Bench(Plan.quick(1), client, surroundings, directory, directory);
      Table.measure(
          List.of(experiment(Row.COLD_START, true)), bench, EnumSet.allOf(Row.class), results);
    }
    assertThat(results.all()).extracting(Result::verdict).containsExactly(Verdict.SKIPPED);
  }

  @Test
  void toolThatIsNotOnThePathIsMissingAndSaysHowToInstallIt() {
    assertThat(Tool.WRK.find(directory.toString())).isNull();
    assertThat(Tool.WRK.find(null)).isNull();
    assertThat(Tool.WRK.missing()).contains("wrk", "apt-get install", "brew install");
  }

  private static Experiment throwing(Row row) {
    return new Experiment() {
      @Override
      public Set<Row> rows() {
        return Set.of(row);
      }

      @Override
      public void measure(Bench bench, Set<Row> wanted, Results results) {
        throw new IllegalStateException("a defect");
      }
    };
  }

  private static Experiment experiment(Row row, boolean works) {
    return new Experiment() {
      @Override
      public Set<Row> rows() {
        return Set.of(row);
      }

      @Override
      public void measure(Bench bench, Set<Row> wanted, Results results) throws Refusal {
        if (!works) {
          throw Refusal.failed("it broke");
        }
        results.add(Result.measured(row, Samples.of(0), ""));
      }
    };
  }

  private int run(String... args) {
    return Main.run(args, surroundings, new PrintStream(err, true, StandardCharsets.UTF_8));
  }
}
