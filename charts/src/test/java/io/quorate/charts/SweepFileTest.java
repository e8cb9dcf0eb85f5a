package io.quorate.charts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SweepFileTest {
  @TempDir Path directory;
  private Path file;

  @BeforeEach
  void name() {
    file = directory.resolve("results").resolve("sweep.json");
  }

  @Test
  void whatIsWrittenIsReadBackEqual() throws Exception {
    SweepFile.write(Sweeps.complete(), file);
    assertThat(SweepFile.read(file)).isEqualTo(Sweeps.complete());
  }

  @Test
  void openLoopAndStoppedSweepsAreReadBackEqual() throws Exception {
    for (Sweep sweep : List.of(Sweeps.open(), Sweeps.partial(), Sweeps.empty())) {
      SweepFile.write(sweep, file);
      assertThat(SweepFile.read(file)).isEqualTo(sweep);
    }
  }

  @Test
  void failedProofIsReadBackEqual() throws Exception {
    Sweep failed =
        Sweeps.sweep(
            Sweeps.settings(Sweep.Mode.CLOSED),
            List.of(),
            true,
            new Sweep.Proof(false, 6, 99, null, List.of("key \"k/ü\" differs", "late\nwrite")));
    SweepFile.write(failed, file);
    assertThat(SweepFile.read(file)).isEqualTo(failed);
  }

  @Test
  void resultWithoutConfirmedWriteHasNoFigures() throws Exception {
    SweepFile.write(Sweeps.partial(), file);
    assertThat(Files.readString(file)).containsOnlyOnce("\"latency\" : null");
  }

  @Test
  void figuresOfNothingAndAModeThatDoesNotFitAreRefused() {
    assertThatThrownBy(() -> result(0, Sweep.Mode.CLOSED))
        .hasMessageStartingWith("0 requests with latency Latency[");
    assertThatThrownBy(() -> result(5, Sweep.Mode.OPEN)).hasMessage("load LIGHT with mode OPEN");
    Sweep.Result twice = Sweeps.cutShort(Sweep.Load.LIGHT, 2);
    assertThatThrownBy(
            () ->
                Sweeps.sweep(
                    Sweeps.settings(Sweep.Mode.CLOSED), List.of(twice, twice), false, null))
        .hasMessage("two results are \"light w=2 write\"");
  }

  private static Sweep.Result result(long count, Sweep.Mode mode) {
    Sweep.Figure figure = Sweeps.figure(1, 20);
    return new Sweep.Result(
        Sweep.Load.LIGHT,
        mode,
        1,
        null,
        Sweep.Lag.INJECTED,
        1,
        Sweep.Operation.WRITE,
        count,
        0,
        1,
        null,
        null,
        new Sweep.Latency(figure, figure, figure, figure, figure, figure),
        List.of(),
        1,
        true,
        "light-w1.hgrm",
        "light-w1");
  }

  @Test
  void unknownFieldsAreIgnored() throws Exception {
    SweepFile.write(Sweeps.complete(), file);
    String text =
        Files.readString(file).replaceFirst("\"schema\"", "\"more\" : [ { } ], \"schema\"");
    Files.writeString(file, text);
    assertThat(SweepFile.read(file)).isEqualTo(Sweeps.complete());
  }

  @Test
  void writingLeavesNothingElseInTheDirectory() throws Exception {
    SweepFile.write(Sweeps.complete(), file);
    SweepFile.write(Sweeps.complete(), file);
    try (var files = Files.list(file.getParent())) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void fieldNamesCarryTheirUnits() throws Exception {
    SweepFile.write(Sweeps.complete(), file);
    assertThat(Files.readString(file))
        .contains(
            "\"min_delay_ms\" : 0.1",
            "\"max_value_bytes\" : 64",
            "\"timeout_ms\" : 5000",
            "\"value_us\" : ",
            "\"residual_us\" : ");
  }

  @Test
  void numberThatIsNoneIsNotWritten() {
    Sweep sweep = Sweeps.empty();
    Sweep unusable =
        new Sweep(
            sweep.startedAt(),
            false,
            sweep.command(),
            sweep.settings(),
            sweep.machine(),
            List.of(),
            List.of(),
            List.of(new Sweep.Link("one", 1, Double.NaN, 1, 1, 1)),
            null);
    assertThatThrownBy(() -> SweepFile.write(unusable, file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("p50_us is NaN");
    assertThat(file).doesNotExist();
  }

  @Test
  void fileCutOffAnywhereIsRefusedInOneLineThatNamesIt() throws Exception {
    Sweep sweep = Sweeps.partial();
    SweepFile.write(sweep, file);
    byte[] whole = Files.readAllBytes(file);
    int end = new String(whole, StandardCharsets.UTF_8).strip().length();
    for (int length = 0; length < end; length += length < 500 ? 1 : 97) {
      Files.write(file, Arrays.copyOf(whole, length));
      assertThat(refusal())
          .startsWith(file + ": ")
          .doesNotContain("\n", "Exception")
          .containsAnyOf("is empty", "ends too early", "Unrecognized token", "Decimal point not");
    }
    Files.write(file, Arrays.copyOf(whole, end));
    assertThat(SweepFile.read(file)).isEqualTo(sweep);
  }

  @Test
  void fileCutOffSaysWhereItEnds() throws Exception {
    SweepFile.write(Sweeps.complete(), file);
    Files.writeString(file, Files.readString(file).lines().limit(3).reduce("", String::concat));
    assertThat(refusal())
        .matches(".*sweep.json: line 1, column \\d+: the file ends too early; expected the rest.*");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          "schema" : 2 | "schema" : 1 | line 2, column 14, /schema: got 1, expected 2, the schema
          "schema" : 2 | "schema" : "2" | line 2, column 14, /schema: got "2", expected a whole
          "schema" : 2, | | line 1, column 1: expected a field "schema", found none
          "followers" : 5 | "followers" : 0 | /settings/followers: got 0, expected a whole number
          "followers" : 5 | "followers" : 5.5 | /settings/followers: got 5.5, expected a whole
          "timeout_ms" : 5000 | "timeout_ms" : 0 | /settings/timeout_ms: got 0, expected a whole
          "seed" : -7 | "seed" : 99999999999999999999 | /settings/seed: got 99999999999999999999
          "max_delay_ms" : 1.0 | "max_delay_ms" : -1 | got -1, expected a number of milliseconds
          "max_delay_ms" : 1.0 | "max_delay_ms" : 0 | got 0, expected min_delay_ms, 0.1, or more
          "rate" : 4000.0 | "rate" : null | /settings/rate: got null, expected a number of requests
          "mode" : "open" | "mode" : "closed" | /settings/rate: got 4000.0, expected null, for the
          "mode" : "open" | "mode" : "both" | /settings/mode: got "both", expected one of closed,
          "reads" : 0.5 | "reads" : 50 | /settings/reads: got 50, expected a share from 0 to 1
          "theta" : 0.99 | "theta" : null | /settings/theta: got null, expected a number of skew
          "writes" : null | "writes" : 1 | /settings/duration_s: got 10.0, expected null, for there
          "max_value_bytes" : 1024 | "max_value_bytes" : 1 | got 1, expected a whole number from 64
          "seconds" : 10.0 | "seconds" : 1e999 | /results/0/seconds: got
          "load" : "open" | "load" : "light" | /results/0/mode: got "open", expected the mode that
          "rate_reached" : true | "rate_reached" : 1 | /results/0/rate_reached: got 1, expected true
          "quorum" : 1 | "quorum" : 6 | /results/0/quorum: got 6, expected a whole number from 0 to 5
          "quorum" : 1 | "quorum" : 2 | /results/3: got an object, expected one result only of open
          "count" : 20000 | "count" : 0 | /results/0/latency: got an object, expected null, for no
          "beyond" : 20000, | | /results/0/latency/mean: expected a field "beyond", found none
          "p50" : { | "p51" : { | /results/0/latency: expected a field "p50"
          "value_us" : | "value_us" : "fast", "us" : | /mean/value_us: got "fast", expected a number
          "spectrum" : [ [ | "spectrum" : [ [ 1, | /results/0/spectrum/0: got a list, expected a pair
          "spectrum" : [ [ 0.0 | "spectrum" : [ [ 2.0 | /spectrum/1/0: got 1.0, expected a percentile
          "load" : "open" | "load" : "heavy" | /results/0/load: got "heavy", expected one of light,
          "complete" : true | "complete" : "yes" | /complete: got "yes", expected true or false
          "proof" : { | "proof" : [ | not well-formed
          "complete" : true, | "complete" : true, "complete" : true, | Duplicate field 'complete'
          2026-11-22T14:00:00Z | yesterday | line 3, column 18, /started_at: got "yesterday"
          "results" : [ | "results" : 3, "results_" : [ | /results: got 3, expected a list
          2026-11-22T14:00:00Z | yester\\nday\\u001b | /started_at: got "yester\\nday\\u001b", expected
          "proof" : { | "proof" : [ { "a\\nb" : 1, "a\\nb" : 2 } ], "x" : { | Duplicate field 'a\\nb'
          "p50" : { | "p50" : { "value_us" : 9e9, "beyond" : 1, "low_us" : null, "high_us" : null }, "x" : { | /results/0/latency/p90/value_us: got
          "p50" : { | "p50" : { "value_us" : 1, "beyond" : 1, "low_us" : 3, "high_us" : 2 }, "x" : { | /latency/p50/high_us: got 2, expected low_us, 3, or more
          "spectrum" : [ [ 0.0 | "spectrum" : [ [ 0.0, 9e9 ], [ 0.5 | /results/0/spectrum/1/1: got
          "completions" : [ | "completions" : [ { "quorum" : 2, "followers" : [ ] }, | /completions/2/quorum: got 2, expected each quorum once
          "problems" : [ ] | "problems" : [ null ] | /proof/problems/0: got null, expected a text
          """)
  void handEditedFileIsRefusedByPlaceAndExpectation(String from, String to, String expected)
      throws Exception {
    SweepFile.write(Sweeps.open(), file);
    String text = Files.readString(file);
    assertThat(text).contains(from);
    int at = text.indexOf(from);
    Files.writeString(
        file, text.substring(0, at) + (to == null ? "" : to) + text.substring(at + from.length()));
    assertThat(refusal()).startsWith(file + ": line ").contains(expected).doesNotContain("\n");
  }

  @Test
  void moreAfterTheEndIsRefused() throws Exception {
    SweepFile.write(Sweeps.complete(), file);
    Files.writeString(file, Files.readString(file) + "{}");
    assertThat(refusal()).endsWith(": expected the end of the file");
  }

  @Test
  void whatIsNoSweepAtAllIsRefused() throws Exception {
    Files.createDirectories(file.getParent());
    Files.writeString(file, "[]");
    assertThat(refusal()).isEqualTo(file + ": line 1, column 1: got a list, expected an object");
    Files.write(file, new byte[] {'{', '"', (byte) 0xff, (byte) 0xff, '"', ':', '1', '}'});
    assertThat(refusal()).contains("not well-formed JSON").doesNotContain("\n");
    Files.writeString(file, "[".repeat(1000));
    assertThat(refusal()).contains("not well-formed JSON").doesNotContain("\n");
  }

  @Test
  void missingFileAndDirectoryAreNamed() throws IOException {
    assertThat(refusal()).isEqualTo(file + ": no such file; expected a sweep's results");
    Files.createDirectories(file);
    assertThat(refusal()).startsWith(file + ": cannot be read: ");
  }

  private String refusal() {
    UnusableSweepException refused =
        catchThrowableOfType(UnusableSweepException.class, () -> SweepFile.read(file));
    assertThat(refused).isNotNull();
    return String.valueOf(refused.getMessage());
  }
}
