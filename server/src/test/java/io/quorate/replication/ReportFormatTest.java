package io.quorate.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.CorruptedFrameException;
import io.quorate.core.Leadership;
import io.quorate.core.Life;
import io.quorate.core.Report;
import io.quorate.core.VersionRanges;
import io.quorate.replication.ReportFormat.NodeReport;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class ReportFormatTest {

  private static final Life LIFE = new Life(0x1234_5678_9abc_def0L, -2);
  private static final Leadership ENTERED = new Leadership(3, -7);
  private static final Leadership GRANTED = new Leadership(5, Long.MAX_VALUE);
  private static final VersionRanges ACKNOWLEDGED = new VersionRanges().add(42).add(7, 9).add(41);

  /** The verdict's place in the bytes. */
  private static final int VERDICT = 1;

  private static NodeReport report(
      Report.Verdict verdict, boolean whole, boolean leading, VersionRanges acknowledged) {
    return new NodeReport(
        new Report(
            verdict,
            LIFE,
            ENTERED,
            GRANTED,
            40,
            42,
            whole,
            leading,
            2_100_000_000L,
            new Report.Install(6, 13),
            acknowledged),
        "f1");
  }

  private static ByteBuf written(NodeReport report) {
    ByteBuf out = Unpooled.buffer();
    ReportFormat.write(out, report);
    return out;
  }

  @ParameterizedTest
  @EnumSource(Report.Verdict.class)
  void reportIsReadAsItWasWritten(Report.Verdict verdict) {
    NodeReport report = report(verdict, true, false, ACKNOWLEDGED);
    assertThat(ReportFormat.read(written(report))).isEqualTo(report);
  }

  @ParameterizedTest
  @CsvSource({"false,false", "false,true", "true,false", "true,true"})
  void flagsAreNotTakenForEachOther(boolean whole, boolean leading) {
    NodeReport report = report(Report.Verdict.ACCEPTED, whole, leading, new VersionRanges());
    assertThat(ReportFormat.read(written(report))).isEqualTo(report);
  }

  @Test
  void verdictThatIsNoneIsRefused() {
    ByteBuf body = written(report(Report.Verdict.ACCEPTED, true, false, ACKNOWLEDGED));
    body.setByte(VERDICT, Report.Verdict.values().length);
    assertThatThrownBy(() -> ReportFormat.read(body)).isInstanceOf(CorruptedFrameException.class);
  }

  @Test
  void rangeThatBeginsAtNothingOrEndsBeforeItBeginsIsRefused() {
    for (VersionRanges wrong :
        List.of(new VersionRanges().add(0, 5), new VersionRanges().add(9, 8))) {
      ByteBuf body = written(report(Report.Verdict.ACCEPTED, true, false, wrong));
      assertThatThrownBy(() -> ReportFormat.read(body)).isInstanceOf(CorruptedFrameException.class);
    }
  }

  @Test
  void bodyOfAnotherFormatIsRefused() {
    ByteBuf body = written(report(Report.Verdict.ACCEPTED, true, false, ACKNOWLEDGED));
    body.setByte(0, ReplicationFormat.FORMAT + 1);
    assertThatThrownBy(() -> ReportFormat.read(body))
        .hasMessageContaining("format is " + (ReplicationFormat.FORMAT + 1));
  }

  @Test
  void reportCutAnywhereOrTooLongIsRefused() {
    AlteredBodies.expectCutsRefused(
        written(report(Report.Verdict.LEASED, false, true, ACKNOWLEDGED)), ReportFormat::read);
  }

  @Test
  void alteredBytesAreReadOrRefusedAndNeverBreakTheReader() {
    AlteredBodies.expectReadOrRefused(
        written(report(Report.Verdict.LEASED, false, true, ACKNOWLEDGED)), ReportFormat::read);
  }
}
