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
  void sweepWithoutProofPassesOrDigestIsReadBackEqual() throws Exception {
    Sweep stopped = Sweeps.sweep(List.of(), false, null);
    SweepFile.write(stopped, file);
    assertThat(SweepFile.read(file)).isEqualTo(stopped);

    Sweep failed =
        Sweeps.sweep(
            List.of(Sweeps.pass(Sweep.LIGHT, 1)),
            true,
            new Sweep.Proof(false, 6, 99, null, List.of("key \"k/ü\" differs", "late\nwrite")));
    SweepFile.write(failed, file);
    assertThat(SweepFile.read(file)).isEqualTo(failed);
  }

  @Test
  void passWithoutConfirmedWriteHasNoFigures() throws Exception {
    Sweep sweep = Sweeps.sweep(List.of(Sweeps.unconfirmed(Sweep.LOADED, 2)), false, null);
    SweepFile.write(sweep, file);
    assertThat(Files.readString(file)).contains("\"latency\" : null").doesNotContain("_us");
    assertThat(SweepFile.read(file)).isEqualTo(sweep);
  }

  @Test
  void figuresOfNoWriteAndWritesWithoutFiguresAreRefused() throws Exception {
    Sweep.Pass pass = Sweeps.pass(Sweep.LIGHT, 1);
    SweepFile.write(Sweeps.sweep(List.of(pass), false, null), file);
    Files.writeString(file, Files.readString(file).replace("\"writes\" : 10000", "\"writes\" : 0"));
    assertThat(refusal()).contains("/passes/0/latency: got an object, expected null");

    Sweep.Pass unconfirmed = Sweeps.unconfirmed(Sweep.LIGHT, 1);
    SweepFile.write(Sweeps.sweep(List.of(unconfirmed), false, null), file);
    Files.writeString(file, Files.readString(file).replace("\"writes\" : 0", "\"writes\" : 3"));
    assertThat(refusal()).contains("/passes/0/latency: got null, expected an object");
    assertThatThrownBy(
            () -> new Sweep.Pass(Sweep.LIGHT, 1, 1, 0, 3, 1, pass.latency(), true, "light-w1.hgrm"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void passThatWasCutShortIsReadBackAsOne() throws Exception {
    Sweep sweep = Sweeps.sweep(List.of(Sweeps.cutShort(Sweep.LOADED, 2)), false, null);
    SweepFile.write(sweep, file);
    assertThat(SweepFile.read(file)).isEqualTo(sweep);
    assertThat(SweepFile.read(file).passes().get(0).complete()).isFalse();
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
            "\"value_bytes\" : 64",
            "\"timeout_ms\" : 5000",
            "\"p999_us\" : 2100.0");
  }

  @Test
  void numberThatIsNoneIsNotWritten() {
    Sweep.Pass pass =
        new Sweep.Pass(
            Sweep.LIGHT,
            1,
            1,
            1,
            0,
            1,
            new Sweep.Latency(Double.NaN, 1, 1, 1, 1, 1),
            true,
            "a.hgrm");
    assertThatThrownBy(() -> SweepFile.write(Sweeps.sweep(List.of(pass), true, null), file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("mean_us is NaN");
    assertThat(file).doesNotExist();
  }

  @Test
  void fileCutOffAnywhereIsRefusedInOneLineThatNamesIt() throws Exception {
    List<Sweep.Pass> passes = List.of(Sweeps.pass(Sweep.LIGHT, 1));
    Sweep sweep = Sweeps.sweep(passes, true, Sweeps.complete().proof());
    SweepFile.write(sweep, file);
    byte[] whole = Files.readAllBytes(file);
    int end = new String(whole, StandardCharsets.UTF_8).strip().length();
    for (int length = 0; length < end; length++) {
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
          "schema" : 1 | "schema" : 2 | line 2, column 14, /schema: got 2, expected 1, the schema
          "schema" : 1 | "schema" : "1" | line 2, column 14, /schema: got "1", expected a whole
          "schema" : 1, | | line 1, column 1: expected a field "schema", found none
          "followers" : 5 | "followers" : 0 | /settings/followers: got 0, expected a whole number
          "followers" : 5 | "followers" : 5.5 | /settings/followers: got 5.5, expected a whole
          "timeout_ms" : 5000 | "timeout_ms" : 0 | /settings/timeout_ms: got 0, expected a whole
          "seed" : -7 | "seed" : 99999999999999999999 | /settings/seed: got 99999999999999999999
          "max_delay_ms" : 1.0 | "max_delay_ms" : -1 | got -1, expected a number of milliseconds
          "seconds" : 6.25 | "seconds" : 1e999 | /passes/1/seconds: got
          "p50_us" : 2900.0 | "p50_us" : "fast" | /passes/0/latency/p50_us: got "fast", expected a
          "p50_us" : 2900.0, | | /passes/0/latency: expected a field "p50_us", found none
          "p50_us" : 2900.0 | "p50_ms" : 2.9 | /passes/0/latency: expected a field "p50_us"
          "p50_us" : 2900.0, | "p50_us" : 1, "p51_us" : 1, | /passes/0/latency/p51_us: expected no
          "p50_us" : 2900.0, | "p50_us" : 1, "p50_us" : 1, | Duplicate field 'p50_us'
          "load" : "light" | "load" : "heavy" | /passes/1/load: got "heavy", expected one of light,
          "write_quorum" : 5 | "write_quorum" : 6 | /passes/0/write_quorum: got 6, expected a whole
          "complete" : true | "complete" : "yes" | /complete: got "yes", expected true or false
          "proof" : { | "proof" : [ | not well-formed
          2026-11-22T14:00:00Z | yesterday | line 3, column 18, /started_at: got "yesterday"
          "passes" : [ | "passes" : 3, "passes_" : [ | /passes: got 3, expected a list
          "problems" : [ ] | "problems" : [ null ] | /proof/problems/0: got null, expected a text
          """)
  void handEditedFileIsRefusedByPlaceAndExpectation(String from, String to, String expected)
      throws Exception {
    SweepFile.write(Sweeps.complete(), file);
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
