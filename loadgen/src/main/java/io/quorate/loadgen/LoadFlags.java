package io.quorate.loadgen;

import io.quorate.charts.Sweep;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The flags that say what a pass of a sweep sends, and how. */
final class LoadFlags {
  private static final int MOST_WRITES = 10_000_000;
  private static final int MOST_CONNECTIONS = 1_000;
  private static final int MOST_KEYS = 100_000;
  private static final int MOST_VALUE_BYTES = 1 << 20;
  private static final double MOST_RATE = 1_000_000;
  private static final double LEAST_THETA = 0.01;
  private static final double MOST_THETA = 0.999;
  private static final String DEFAULT_WRITES = "10000";
  private static final String CLOSED_CONNECTIONS = "20";
  private static final String OPEN_CONNECTIONS = "100";
  private static final Duration LONGEST_PASS = Duration.ofHours(24);

  @Option(
      names = "--rate",
      paramLabel = "R/s",
      description =
          "open loop: start so many requests a second, whatever becomes of them, and measure"
              + " latency from their intended start (default: closed loops)")
  private @Nullable String rate;

  @Option(
      names = "--arrivals",
      paramLabel = "KIND",
      description = "gaps of an open loop: constant or poisson (default poisson)")
  private @Nullable String arrivals;

  @Option(
      names = "--writes",
      paramLabel = "N",
      description =
          "measured writes of each pass; reads come on top (default "
              + DEFAULT_WRITES
              + ", unless --duration is given)")
  private @Nullable String writes;

  @Option(
      names = "--duration",
      paramLabel = "TIME",
      description = "in place of --writes: how long each pass is measured, such as 30s")
  private @Nullable String duration;

  @Option(
      names = "--warmup-limit",
      paramLabel = "TIME",
      description =
          "the longest that the warm-up of a pass goes on, should throughput not become steady; the"
              + " first of all takes twice as long; 0s: no warm-up (default ${DEFAULT-VALUE})")
  private String warmupLimit = "5s";

  @Option(
      names = "--connections",
      paramLabel = "N",
      description =
          "connections of the loaded pass (default "
              + CLOSED_CONNECTIONS
              + "); of an open loop: the most (default "
              + OPEN_CONNECTIONS
              + "). Each can be one to every node")
  private @Nullable String connections;

  @Option(
      names = "--reads",
      paramLabel = "SHARE",
      description = "share of the requests that are reads, 0 to 1 (default ${DEFAULT-VALUE})")
  private String reads = "0";

  @Option(
      names = "--read-from",
      paramLabel = "WHICH",
      description =
          "leader (confirmed reads), followers (local reads) or both, all nodes alike (default"
              + " ${DEFAULT-VALUE})")
  private String readFrom = "leader";

  @Option(
      names = "--keys",
      paramLabel = "N",
      description = "how many keys there are (default ${DEFAULT-VALUE})")
  private String keys = "100";

  @Option(
      names = "--keys-distribution",
      paramLabel = "KIND",
      description =
          "uniform, or zipfian: as YCSB draws it, not scrambled, key-0000 the most popular"
              + " (default ${DEFAULT-VALUE})")
  private String keysDistribution = "uniform";

  @Option(
      names = "--theta",
      paramLabel = "SKEW",
      description = "skew of zipfian keys (default " + KeyChoice.DEFAULT_THETA + ")")
  private @Nullable String theta;

  @Option(
      names = "--value-bytes",
      paramLabel = "N",
      description = "length of a value, or a range such as 16-1024 (default ${DEFAULT-VALUE})")
  private String valueBytes = "64";

  @Option(
      names = "--seed",
      paramLabel = "N",
      description =
          "draws keys, values and arrivals (default: another one each time, which is printed)")
  private @Nullable String seed;

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      description =
          "how long a write may take to be confirmed, such as 250ms or 5s (default"
              + " ${DEFAULT-VALUE})")
  private String timeout = "5s";

  /** Requests per second; null for closed loops. */
  @Nullable Double rate() throws Refusal {
    return rate == null ? null : (Double) Flags.rate("--rate", rate, MOST_RATE);
  }

  /** Null for closed loops. */
  Sweep.@Nullable Arrivals arrivals() throws Refusal {
    if (rate == null) {
      if (arrivals != null) {
        throw Refusal.flag("--arrivals", arrivals, "nothing without --rate");
      }
      return null;
    }
    return arrivals == null
        ? Sweep.Arrivals.POISSON
        : Flags.word("--arrivals", arrivals, Sweep.Arrivals.class);
  }

  Quota quota() throws Refusal {
    if (duration == null) {
      return Quota.ofWrites(
          Flags.whole("--writes", writes == null ? DEFAULT_WRITES : writes, 1, MOST_WRITES));
    }
    if (writes != null) {
      throw Refusal.flag("--writes", writes, "nothing together with --duration");
    }
    return Quota.lasting(Flags.duration("--duration", duration, LONGEST_PASS));
  }

  Duration warmupLimit() throws Refusal {
    return Flags.durationOrNone("--warmup-limit", warmupLimit);
  }

  int connections() throws Refusal {
    String preset = rate == null ? CLOSED_CONNECTIONS : OPEN_CONNECTIONS;
    return Flags.whole(
        "--connections", connections == null ? preset : connections, 1, MOST_CONNECTIONS);
  }

  Mix mix() throws Refusal {
    double share = Flags.number("--reads", reads, 0, 1);
    if (share == 1 && duration == null) {
      throw Refusal.flag("--reads", reads, "less than 1, or 1 together with --duration");
    }
    return new Mix(share, Flags.word("--read-from", readFrom, Sweep.ReadFrom.class));
  }

  Workload workload() throws Refusal {
    int keyCount = Flags.whole("--keys", keys, 1, MOST_KEYS);
    int[] lengths =
        Flags.wholeRange("--value-bytes", valueBytes, Workload.LEAST_VALUE_BYTES, MOST_VALUE_BYTES);
    return new Workload(
        seed == null ? ThreadLocalRandom.current().nextLong() : Flags.seed("--seed", seed),
        keyChoice(keyCount),
        lengths[0],
        lengths[1],
        mix().hasReads() ? keyCount : 0);
  }

  private KeyChoice keyChoice(int keyCount) throws Refusal {
    Sweep.KeyDistribution distribution =
        Flags.word("--keys-distribution", keysDistribution, Sweep.KeyDistribution.class);
    return switch (distribution) {
      case UNIFORM -> {
        if (theta != null) {
          throw Refusal.flag("--theta", theta, "nothing without --keys-distribution zipfian");
        }
        yield KeyChoice.uniform(keyCount);
      }
      case ZIPFIAN ->
          KeyChoice.zipfian(
              keyCount,
              theta == null
                  ? KeyChoice.DEFAULT_THETA
                  : Flags.number("--theta", theta, LEAST_THETA, MOST_THETA));
    };
  }

  Duration timeout() throws Refusal {
    return Flags.duration("--timeout", timeout);
  }
}
