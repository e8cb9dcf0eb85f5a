package io.quorate.charts;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One sweep over the write quorums: what was asked, what was measured, and whether the replicas
 * agreed at the end. Latencies are microseconds.
 *
 * @param schema version of this format, {@link #SCHEMA}
 * @param startedAt ISO-8601 instant, UTC
 * @param complete false when the sweep was stopped before its end
 * @param proof null when the sweep ended before it came to the proof
 */
public record Sweep(
    int schema,
    String startedAt,
    Settings settings,
    Machine machine,
    List<Pass> passes,
    boolean complete,
    @Nullable Proof proof) {

  /** The version of the format that this code writes and reads. */
  public static final int SCHEMA = 1;

  /** The load of a pass on one connection: what the quorum costs. */
  public static final String LIGHT = "light";

  /** The load of a pass on many connections: what the cluster carries. */
  public static final String LOADED = "loaded";

  /** Every load that a pass can have. */
  public static final List<String> LOADS = List.of(LIGHT, LOADED);

  /**
   * What was asked.
   *
   * @param followers how many followers the cluster has
   * @param minDelayMs lower bound of the injected delay, milliseconds, as the leader reports it
   * @param maxDelayMs upper bound of the injected delay, milliseconds, as the leader reports it
   * @param writes measured writes of each pass
   * @param openingWarmup writes before the first pass, and before its warm-up, that are not
   *     measured
   * @param warmup writes before each pass that are not measured
   * @param timeoutMs how long a write could take to be confirmed, milliseconds
   */
  public record Settings(
      String leader,
      int followers,
      double minDelayMs,
      double maxDelayMs,
      int writes,
      int openingWarmup,
      int warmup,
      long timeoutMs,
      int keys,
      int valueBytes,
      long seed) {}

  /** What it ran on. */
  public record Machine(String os, String java, int processors, String server) {}

  /**
   * One pass at one write quorum.
   *
   * @param load one of {@link #LOADS}
   * @param writes writes answered 200 in the measured part
   * @param errors writes answered anything else, or not at all
   * @param latency of the writes answered 200; null exactly when there was none
   * @param complete false when the pass was cut short
   * @param histogram file name of the pass's {@code .hgrm}, beside the sweep's own file
   */
  public record Pass(
      String load,
      int quorum,
      int connections,
      long writes,
      long errors,
      double seconds,
      @Nullable Latency latency,
      boolean complete,
      String histogram) {

    /** Refuses a latency of nothing, and writes without one. */
    public Pass {
      if ((latency == null) != (writes == 0)) {
        throw new IllegalArgumentException(writes + " writes with the latency " + latency);
      }
    }

    /** Writes answered 200 per second. */
    public double writesPerSecond() {
      return seconds > 0 ? writes / seconds : 0;
    }
  }

  /** Microseconds from sending a write to its answer. */
  public record Latency(double mean, double p50, double p90, double p99, double p999, double max) {}

  /**
   * Whether all replicas hold the same data.
   *
   * @param converged true only when every check passed
   * @param nodes how many nodes were read, the leader included
   * @param keys how many keys were compared
   * @param digest the digest the leader reports, or null where it reports none
   * @param problems one line for each thing that was found wrong
   */
  public record Proof(
      boolean converged, int nodes, int keys, @Nullable String digest, List<String> problems) {}
}
