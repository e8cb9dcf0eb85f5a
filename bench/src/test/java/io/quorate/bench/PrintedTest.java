package io.quorate.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorate.loadgen.Refusal;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Reads what tools really printed; see the files beside this class. */
final class PrintedTest {
  private static final String GARBAGE = "no such\nthing\tas this";

  @Test
  void wrkTellsRateRequestsAndP99() throws Exception {
    WrkReport report = WrkReport.read(sample("wrk.txt"));
    assertThat(report.perSecond()).isEqualTo(9_382.77);
    assertThat(report.requests()).isEqualTo(9_405);
    assertThat(report.p99Micros()).isEqualTo(174_150);
  }

  @Test
  void wrkThatWasRefusedIsNoMeasurement() throws Exception {
    String refused = sample("wrk.txt") + "  Non-2xx or 3xx responses: 17\n";
    assertOneLine(() -> WrkReport.read(refused), "17 of");
    String cut = sample("wrk.txt") + "  Socket errors: connect 0, read 3, write 0, timeout 0\n";
    assertOneLine(() -> WrkReport.read(cut), "read 3");
  }

  @Test
  void wrkThatNobodyAnsweredIsNoMeasurement() throws Exception {
    String silent = sample("wrk.txt").replaceAll("\\d+ requests in ", "0 requests in ");
    assertOneLine(() -> WrkReport.read(silent), "not one request");
  }

  @Test
  void straceThatMayNotAttachIsToldAsThat() {
    String printed = "strace: attach: ptrace(PTRACE_SEIZE, 17): Operation not permitted\n";
    assertThat(SystemCallRow.notAttached(printed).line())
        .startsWith("strace may not attach to the leader: ");
    assertThat(SystemCallRow.notAttached("").line())
        .isEqualTo("strace: no 'attached' in what it printed: nothing");
  }

  @Test
  void straceTellsItsTotal() throws Exception {
    assertThat(StraceReport.calls(sample("strace.txt"))).isEqualTo(17_241);
  }

  @Test
  void straceWithoutErrorsTellsItsTotalToo() throws Exception {
    String table =
        """
        % time     seconds  usecs/call     calls    errors syscall
        ------ ----------- ----------- --------- --------- ----------------
        100.00    0.000012           3         4           write
        ------ ----------- ----------- --------- --------- ----------------
        100.00    0.000012           3         4           total
        """;
    assertThat(StraceReport.calls(table)).isEqualTo(4);
  }

  @Test
  void straceThatLeavesTheMicrosecondsOfItsTotalOutTellsCallsAndNotErrors() throws Exception {
    String table =
        """
        % time     seconds  usecs/call     calls    errors syscall
        ------ ----------- ----------- --------- --------- ----------------
        100.00    0.000012           3         4         2 write
        ------ ----------- ----------- --------- --------- ----------------
        100.00    0.000012                     4         2 total
        """;
    assertThat(StraceReport.calls(table)).isEqualTo(4);
  }

  @Test
  void pgbenchTellsTransactionsASecond() throws Exception {
    assertThat(PgbenchReport.perSecond(sample("pgbench.txt"))).isEqualTo(2676.866787);
  }

  @Test
  void pgbenchWhoseTransactionsFailedIsNoMeasurement() throws Exception {
    String printed = sample("pgbench.txt");
    String failed = printed.replaceAll("failed transactions: 0", "failed transactions: 12");
    assertOneLine(() -> PgbenchReport.perSecond(failed), "12 transactions failed");
    String none = printed.replaceAll("tps = [0-9.]+", "tps = 0.000000");
    assertOneLine(() -> PgbenchReport.perSecond(none), "not one transaction");
  }

  @Test
  void jcmdTellsTheBytesThatAreAlive() throws Exception {
    assertThat(ClassHistogram.liveBytes(sample("jcmd.txt"))).isEqualTo(4_037_776);
  }

  @Test
  void procTellsProcessorTimeEvenOfANameWithSpacesAndParentheses() throws Exception {
    String stat = "8227 (odd) (name) R 8215 8215 23436 0 -1 4194304 102 0 0 0 150 50 0 0 20 0 1";
    assertThat(ProcFile.processorSeconds(stat)).isEqualTo(2.0);
  }

  @Test
  void procTellsResidentMemory() throws Exception {
    String status = "VmHWM:\t    9999 kB\nVmRSS:\t    2000 kB\nRssAnon:\t 1 kB\n";
    assertThat(ProcFile.residentMegabytes(status)).isEqualTo(2.048);
  }

  @Test
  void jmhTellsBytesOfTheBenchmarkThatWasAskedFor() throws Exception {
    String json = sample("jmh.json");
    assertThat(JmhReport.bytesPerOperation(json, "io.quorate.http.RequestBenchmark.get").values())
        .containsExactly(1352.0126077405203);
    assertOneLine(() -> JmhReport.bytesPerOperation(json, "another.Benchmark.get"), "another");
  }

  @Test
  void jmhTellsEveryIterationOfEveryFork() throws Exception {
    String json =
        """
        [{"benchmark": "a.B.get", "secondaryMetrics":
          {"gc.alloc.rate.norm": {"score": 9.0, "rawData": [[1.5, 2], [4.0]]}}}]
        """;
    assertThat(JmhReport.bytesPerOperation(json, "a.B.get").values())
        .containsExactly(1.5, 2.0, 4.0);
  }

  @Test
  void garbageIsOneClearLineThatNamesTheTool() {
    assertOneLine(() -> WrkReport.read(GARBAGE), "wrk: no Requests/sec");
    assertOneLine(() -> StraceReport.calls(GARBAGE), "strace: no table");
    assertOneLine(() -> PgbenchReport.perSecond(GARBAGE), "pgbench: no tps");
    assertOneLine(() -> ClassHistogram.liveBytes(GARBAGE), "jcmd: no total");
    assertOneLine(() -> ProcFile.processorSeconds(GARBAGE), "/proc/pid/stat: no times");
    assertOneLine(() -> ProcFile.processorSeconds("1 (sh) S 1"), "/proc/pid/stat: no times");
    assertOneLine(() -> ProcFile.residentMegabytes(GARBAGE), "/proc/pid/status: no VmRSS");
    assertOneLine(() -> JmhReport.bytesPerOperation(GARBAGE, "any"), "JMH: no array");
    assertOneLine(() -> JmhReport.bytesPerOperation("[]", "any"), "JMH: no gc.alloc.rate.norm");
    assertOneLine(() -> WrkReport.read(""), "nothing");
    assertOneLine(() -> WrkReport.read("x".repeat(10_000)), "xxx...");
  }

  private static void assertOneLine(ThrowingCallable reading, String part) {
    assertThatThrownBy(reading)
        .isInstanceOf(Refusal.class)
        .extracting(refused -> ((Refusal) refused).line())
        .asString()
        .contains(part)
        .doesNotContain("\n")
        .hasSizeLessThan(300);
  }

  private static String sample(String name) throws IOException {
    try (InputStream file = PrintedTest.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
