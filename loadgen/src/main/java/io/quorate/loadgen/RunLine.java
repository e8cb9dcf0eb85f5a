package io.quorate.loadgen;

import java.util.Locale;
import org.HdrHistogram.Histogram;

/** What is shown of a run while it goes on, and when it has ended: in one line. */
final class RunLine {
  private static final String UNKNOWN = "-";

  private final Pass pass;
  private final int rounds;
  private final Quota quota;
  private final PassRecording recording;

  RunLine(Pass pass, int rounds, Quota quota, PassRecording recording) {
    this.pass = pass;
    this.rounds = rounds;
    this.quota = quota;
    this.recording = recording;
  }

  static String ofUnmeasured(String label, PassRecording recording, double seconds) {
    return String.format(Locale.ROOT, "%-22s %s", label, rateAndLatency(recording, seconds));
  }

  /** Where the run is after so many seconds. */
  String under(double seconds) {
    return name() + "  " + done(seconds) + left(seconds) + rateAndLatency(recording, seconds);
  }

  /** What came of it. */
  String ended(PassOutcome outcome) {
    String missed = Boolean.FALSE.equals(outcome.rateReached()) ? "  RATE NOT REACHED" : "";
    String cut = outcome.cutShort() == null ? "" : "  cut short: " + outcome.cutShort();
    return label()
        + done(outcome.seconds())
        + rateAndLatency(recording, outcome.seconds())
        + missed
        + cut;
  }

  private String label() {
    return String.format(Locale.ROOT, "%-22s ", name());
  }

  private String name() {
    String round = rounds == 1 ? "" : String.format(Locale.ROOT, " %d/%d", pass.round(), rounds);
    return pass.label() + round;
  }

  private String done(double seconds) {
    return quota.writes() == Long.MAX_VALUE
        ? String.format(Locale.ROOT, "%.0f of %.0f s  ", seconds, quota.nanos() / 1e9)
        : String.format(Locale.ROOT, "%,d of %,d  ", recording.writes().ended(), quota.writes());
  }

  private static String rateAndLatency(PassRecording recording, double seconds) {
    Recording shown = recording.writes().count() > 0 ? recording.writes() : recording.reads();
    Histogram latencies = shown.histogram();
    return String.format(
        Locale.ROOT,
        "%,.0f/s  p50 %s ms  p99 %s ms%s",
        seconds > 0 ? recording.count() / seconds : 0,
        milliseconds(latencies, 50),
        milliseconds(latencies, 99),
        recording.failed() == 0
            ? ""
            : String.format(Locale.ROOT, "  %,d failed", recording.failed()));
  }

  private static String milliseconds(Histogram nanos, double percentile) {
    return nanos.getTotalCount() == 0 ? UNKNOWN : Figures.shown(nanos, percentile);
  }

  private String left(double seconds) {
    double leftSeconds;
    if (quota.writes() == Long.MAX_VALUE) {
      leftSeconds = quota.nanos() / 1e9 - seconds;
    } else {
      long ended = recording.writes().ended();
      leftSeconds = ended == 0 ? Double.NaN : (quota.writes() - ended) * seconds / ended;
    }
    return Double.isNaN(leftSeconds)
        ? ""
        : String.format(Locale.ROOT, "%.0f s left  ", Math.max(0, leftSeconds));
  }
}
