package io.quorate.charts;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One sweep over the write quorums: what was asked, what was measured, and whether the replicas
 * agreed at the end. Latencies are microseconds. The file of it is described in {@code
 * charts/README.md}.
 *
 * @param startedAt ISO-8601 instant, UTC
 * @param complete false when the sweep was stopped before its end
 * @param command the words typed, without a shell's quotes
 * @param results one for each (load, lag, quorum, operation), all rounds together
 * @param completions one for each write quorum for which the leader told who completed it
 * @param links one for each follower whose round trips the leader told
 * @param proof null when the sweep ended before it came to the proof
 */
public record Sweep(
    String startedAt,
    boolean complete,
    List<String> command,
    Settings settings,
    Machine machine,
    List<Result> results,
    List<Completions> completions,
    List<Link> links,
    @Nullable Proof proof) {

  /** The version of the format that this code writes and reads. */
  public static final int SCHEMA = 2;

  /** A percentile with fewer samples beyond it is shown, but marked: it is not a fact. */
  public static final int LEAST_SAMPLES_BEYOND = 10;

  /** Refuses two results of the same load, lag, quorum and operation. */
  public Sweep {
    command = List.copyOf(command);
    results = List.copyOf(results);
    completions = List.copyOf(completions);
    links = List.copyOf(links);
    Set<String> names = new HashSet<>();
    for (Result result : results) {
      if (!names.add(result.name())) {
        throw new IllegalArgumentException("two results are \"" + result.name() + '"');
      }
    }
  }

  /** How requests are sent. Results of the two are never put side by side as if they were one. */
  public enum Mode {
    /** Each connection sends its next request when the last is answered: for capacity. */
    CLOSED,
    /** Requests are sent on a schedule; latency is measured from the intended start. */
    OPEN
  }

  /** What a result was measured under. */
  public enum Load {
    /** Closed loop on one connection: what the quorum costs. */
    LIGHT,
    /** Closed loop on many connections: what the cluster carries. */
    LOADED,
    /** Open loop at the rate asked for. */
    OPEN
  }

  /** Whether the followers' links were slowed. */
  public enum Lag {
    INJECTED,
    /** The baseline: the same load at zero lag. */
    NONE
  }

  /** What was asked of the store. */
  public enum Operation {
    WRITE,
    READ
  }

  /** Gaps between the intended starts of an open loop. */
  public enum Arrivals {
    CONSTANT,
    POISSON
  }

  /** Which nodes the reads went to. */
  public enum ReadFrom {
    LEADER,
    FOLLOWERS,
    BOTH
  }

  /** How often each key is asked for. */
  public enum KeyDistribution {
    UNIFORM,
    ZIPFIAN
  }

  /**
   * What was asked.
   *
   * @param followers how many followers the cluster has
   * @param minDelayMs lower bound of the injected delay, milliseconds, as the leader reports it
   * @param maxDelayMs upper bound of the injected delay, milliseconds, as the leader reports it
   * @param connections of the loaded closed loop, or of the open loop
   * @param rate requests per second asked for; null exactly when closed
   * @param arrivals null exactly when closed
   * @param reads share of the requests that are reads, 0 to 1
   * @param theta skew of the Zipfian keys; null exactly when uniform
   * @param writes measured writes of each pass, reads come on top; null exactly when the length is
   *     a duration
   * @param durationSeconds measured time of each pass; null exactly when the length is a count
   * @param warmup what was sent before each pass and not measured, in words
   * @param timeoutMs how long a request could take, milliseconds
   */
  public record Settings(
      String leader,
      int followers,
      double minDelayMs,
      double maxDelayMs,
      Mode mode,
      int connections,
      @Nullable Double rate,
      @Nullable Arrivals arrivals,
      double reads,
      ReadFrom readFrom,
      int keys,
      KeyDistribution keyDistribution,
      @Nullable Double theta,
      int minValueBytes,
      int maxValueBytes,
      @Nullable Long writes,
      @Nullable Double durationSeconds,
      String warmup,
      int rounds,
      long timeoutMs,
      long seed) {

    /** Refuses a closed loop with a rate, an open one without, and the like. */
    public Settings {
      require((mode == Mode.CLOSED) == (rate == null), "rate " + rate + " with mode " + mode);
      require((rate == null) == (arrivals == null), "rate " + rate + " with " + arrivals);
      require(
          (keyDistribution == KeyDistribution.UNIFORM) == (theta == null),
          "theta " + theta + " with " + keyDistribution);
      require(
          (writes == null) != (durationSeconds == null),
          "writes " + writes + " with duration " + durationSeconds);
    }
  }

  /** What it ran on, and the versions of what ran. */
  public record Machine(String os, String java, int processors, String server, String loadgen) {}

  /**
   * What was measured at one write quorum under one load.
   *
   * @param rateAsked requests per second the schedule asked for, of every operation together; null
   *     exactly when closed
   * @param count requests of this operation answered as they should be, in the measured part
   * @param errors requests of this operation answered anything else, or not at all
   * @param seconds length of the measured part, all rounds together
   * @param rateReached false when the schedule was not kept; null exactly when closed
   * @param late how late the generator itself sent; null exactly when closed
   * @param latency of the {@code count} requests; null exactly when there was none
   * @param spectrum enough of the distribution to draw it, by rising percentile below 100
   * @param rounds how many rounds these figures are of
   * @param complete false when this was cut short
   * @param histogramFile file name of the {@code .hgrm}, beside the sweep's own file
   * @param hlogTag the tag in the sweep's {@code .hlog}
   */
  public record Result(
      Load load,
      Mode mode,
      int connections,
      @Nullable Double rateAsked,
      Lag lag,
      int quorum,
      Operation operation,
      long count,
      long errors,
      double seconds,
      @Nullable Boolean rateReached,
      @Nullable Late late,
      @Nullable Latency latency,
      List<Point> spectrum,
      int rounds,
      boolean complete,
      String histogramFile,
      String hlogTag) {

    /** Refuses a latency of nothing, and a mode that does not fit the load. */
    public Result {
      spectrum = List.copyOf(spectrum);
      boolean open = mode == Mode.OPEN;
      require((latency == null) == (count == 0), count + " requests with latency " + latency);
      require(open == (load == Load.OPEN), "load " + load + " with mode " + mode);
      require(open == (rateAsked != null), "mode " + mode + " with rate " + rateAsked);
      require(open == (rateReached != null), "mode " + mode + " with reached " + rateReached);
      require(open == (late != null), "mode " + mode + " with late " + late);
    }

    /** Requests of this operation answered as they should be, per second. */
    public double perSecond() {
      return seconds > 0 ? count / seconds : 0;
    }

    /**
     * Whether the least and the greatest of the rounds' own figures are no facts: one round of
     * several has about its share of the samples beyond, {@code beyond / rounds}, and that is fewer
     * than 10.
     */
    boolean isSpreadFew(Statistic statistic) {
      return latency != null
          && statistic.isPercentile()
          && (double) latency.of(statistic).beyond() / rounds < LEAST_SAMPLES_BEYOND;
    }

    /** What tells this result from every other of its sweep, for messages. */
    public String name() {
      String baseline = lag == Lag.NONE ? " without lag" : "";
      return Words.of(load) + " w=" + quorum + " " + Words.of(operation) + baseline;
    }
  }

  /** How late the generator sent, microseconds after the intended start. */
  public record Late(double p99, double max) {}

  /** Microseconds from sending (closed) or from the intended start (open) to the answer. */
  public record Latency(Figure mean, Figure p50, Figure p90, Figure p99, Figure p999, Figure max) {

    Figure of(Statistic statistic) {
      return switch (statistic) {
        case MEAN -> mean;
        case P50 -> p50;
        case P90 -> p90;
        case P99 -> p99;
        case P999 -> p999;
        case MAX -> max;
      };
    }

    /** Whether so few samples lie beyond the percentile that it is no fact. */
    boolean isFew(Statistic statistic) {
      return statistic.isPercentile() && of(statistic).beyond() < LEAST_SAMPLES_BEYOND;
    }
  }

  /**
   * One figure of a distribution, all rounds together.
   *
   * @param us microseconds
   * @param beyond samples greater than it; of the mean, all samples; of the greatest, 0
   * @param low least of the rounds' own figures, microseconds; null with one round
   * @param high greatest of the rounds' own figures, microseconds; null with one round
   */
  public record Figure(double us, long beyond, @Nullable Double low, @Nullable Double high) {
    /** Refuses one bound without the other. */
    public Figure {
      require((low == null) == (high == null), "low " + low + " with high " + high);
    }
  }

  /** A point of a distribution: this share of the requests (percent) took this long or less. */
  public record Point(double percentile, double us) {}

  /** How often each follower's acknowledgement was the one that completed the quorum. */
  public record Completions(int quorum, List<Completion> followers) {
    public Completions {
      followers = List.copyOf(followers);
    }

    /** Writes that were completed by any follower. */
    public long writes() {
      return followers.stream().mapToLong(Completion::count).sum();
    }
  }

  /** How many writes of a quorum this follower completed. */
  public record Completion(String follower, long count) {}

  /** Round trips of one link, from handing a batch over to its answer, microseconds. */
  public record Link(String follower, long count, double p50, double p90, double p99, double max) {}

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
      boolean converged, int nodes, int keys, @Nullable String digest, List<String> problems) {
    public Proof {
      problems = List.copyOf(problems);
    }
  }

  /** The results of one load, lag and operation, in the order of their quorums. */
  List<Result> of(Load load, Lag lag, Operation operation) {
    List<Result> found = new ArrayList<>();
    for (Result result : results) {
      if (result.load() == load && result.lag() == lag && result.operation() == operation) {
        found.add(result);
      }
    }
    found.sort((one, other) -> Integer.compare(one.quorum(), other.quorum()));
    return found;
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException(otherwise);
    }
  }
}
