package io.quorate.loadgen;

import io.quorate.charts.Sweep;
import java.time.Duration;
import java.util.List;
import org.HdrHistogram.Histogram;

/**
 * Writes at a rate of their own, Poisson arrivals, each measured from its intended start: for
 * whoever needs the figures of such a load and no report.
 */
public final class OpenWrites {
  private static final int LANES = 100;
  private static final int KEYS = 100;
  private static final int VALUE_BYTES = 64;
  private static final Duration TIMEOUT = Duration.ofSeconds(5);
  private static final Duration SILENCE_LIMIT = Duration.ofSeconds(10);
  private static final double NANOS_PER_MICRO = 1e3;

  /**
   * What came of them.
   *
   * @param perSecond writes confirmed
   * @param p50Us median latency, microseconds
   * @param p99Us microseconds
   */
  public record Outcome(double perSecond, double p50Us, double p99Us) {}

  private OpenWrites() {}

  /**
   * Starts {@code ratePerSecond} writes a second of {@value #VALUE_BYTES} bytes to {@value #KEYS}
   * keys for so long, on at most {@value #LANES} connections.
   *
   * @param quorum followers that must confirm each
   * @throws Refusal when a write failed, the rate was not kept, or the user stopped us
   */
  public static Outcome run(
      HttpClient client,
      NodeUrl leader,
      int quorum,
      double ratePerSecond,
      Duration length,
      Surroundings surroundings)
      throws Refusal {
    PassRecording recording = new PassRecording();
    RunEnd end = write(client, leader, quorum, ratePerSecond, length, surroundings, recording);
    if (Boolean.FALSE.equals(end.rateReached())) {
      throw Refusal.failed(
          label(ratePerSecond, quorum)
              + ": only "
              + Math.round(recording.count() / end.seconds())
              + "/s were answered");
    }
    Histogram nanos = recording.writes().histogram();
    return new Outcome(
        recording.count() / end.seconds(),
        nanos.getValueAtPercentile(50) / NANOS_PER_MICRO,
        nanos.getValueAtPercentile(99) / NANOS_PER_MICRO);
  }

  /**
   * As {@link #run}, to warm up: the rate need not be kept.
   *
   * @throws Refusal when a write failed, or the user stopped us
   */
  public static void warm(
      HttpClient client,
      NodeUrl leader,
      int quorum,
      double ratePerSecond,
      Duration length,
      Surroundings surroundings)
      throws Refusal {
    write(client, leader, quorum, ratePerSecond, length, surroundings, new PassRecording());
  }

  private static String label(double ratePerSecond, int quorum) {
    return "open loop at " + Math.round(ratePerSecond) + "/s, w=" + quorum;
  }

  private static RunEnd write(
      HttpClient client,
      NodeUrl leader,
      int quorum,
      double ratePerSecond,
      Duration length,
      Surroundings surroundings,
      PassRecording recording)
      throws Refusal {
    String label = label(ratePerSecond, quorum);
    WriteLog log = new WriteLog(Workload.uniform(System.nanoTime(), KEYS, VALUE_BYTES));
    Traffic.Shape shape = new Traffic.Shape(leader, List.of(), LANES, Mix.WRITES, quorum, TIMEOUT);
    ArrivalSchedule schedule =
        new ArrivalSchedule(Sweep.Arrivals.POISSON, ratePerSecond, System.nanoTime());
    try (Traffic traffic = new Traffic(client, shape, log)) {
      var run = traffic.open(schedule, Quota.lasting(length), recording);
      ProgressLine progress = new ProgressLine(surroundings.out(), surroundings.terminal());
      String cutShort =
          new RunWatch(surroundings.stop(), progress, () -> null, SILENCE_LIMIT)
              .await(
                  run,
                  recording,
                  label,
                  seconds -> RunLine.ofUnmeasured(label, recording, seconds),
                  () -> false,
                  traffic::end);
      if (cutShort != null) {
        throw Refusal.failed(label + ": " + cutShort);
      }
      RunEnd end = run.join();
      if (recording.failed() > 0) {
        throw Refusal.failed(label + ": " + String.join(", ", recording.failures()));
      }
      return end;
    }
  }
}
