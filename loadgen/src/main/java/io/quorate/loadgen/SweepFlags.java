package io.quorate.loadgen;

import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The flags of a sweep. */
final class SweepFlags {
  static final int MOST_FOLLOWERS = 50;

  /** Names a running cluster. */
  static final String LEADER = "--leader";

  private static final int MOST_WRITES = 10_000_000;
  private static final int MOST_WARMUP = 1_000_000;
  private static final int MOST_CONNECTIONS = 1_000;
  private static final int MOST_KEYS = 100_000;
  private static final int MOST_VALUE_BYTES = 1 << 20;
  private static final int DEFAULT_FOLLOWERS = 5;
  private static final DateTimeFormatter TIMESTAMP = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss");

  @Option(
      names = LEADER,
      paramLabel = "URL",
      defaultValue = "${env:LEADER_URL}",
      description =
          "leader of a running cluster (default: the environment variable LEADER_URL); without it"
              + " the sweep starts one of its own")
  private @Nullable String leader;

  @Option(
      names = "--followers",
      paramLabel = "N",
      description = "followers of the sweep's own cluster (default 5)")
  private @Nullable String followers;

  @Option(
      names = "--quorums",
      paramLabel = "LIST",
      description = "write quorums, such as 1-5 or 1,3,5 (default 1 to the number of followers)")
  private @Nullable String quorums;

  @Option(
      names = "--writes",
      paramLabel = "N",
      description = "measured writes of each pass (default ${DEFAULT-VALUE})")
  private String writes = "10000";

  @Option(
      names = "--warmup",
      paramLabel = "N",
      description =
          "writes before each pass that are not measured (default ${DEFAULT-VALUE}); before the"
              + " first pass, over the connections of the loaded one, "
              + SweepSettings.OPENING_WARMUP_TIMES
              + " times as many more, so that the first figures are not those of code still being"
              + " compiled")
  private String warmup = "2000";

  @Option(
      names = "--connections",
      paramLabel = "N",
      description = "connections of the loaded pass (default ${DEFAULT-VALUE})")
  private String connections = "20";

  @Option(
      names = "--keys",
      paramLabel = "N",
      description = "how many keys are written (default ${DEFAULT-VALUE})")
  private String keys = "100";

  @Option(
      names = "--value-bytes",
      paramLabel = "N",
      description = "length of a value (default ${DEFAULT-VALUE})")
  private String valueBytes = "64";

  @Option(
      names = "--min-delay-ms",
      paramLabel = "MS",
      description = "least injected delay of the sweep's own cluster " + DelayRange.LEAST_DEFAULT)
  private @Nullable String minDelayMs;

  @Option(
      names = "--max-delay-ms",
      paramLabel = "MS",
      description =
          "greatest injected delay of the sweep's own cluster " + DelayRange.GREATEST_DEFAULT)
  private @Nullable String maxDelayMs;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "where the results go (default out/sweep-<timestamp>)")
  private @Nullable String out;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "draws keys and values (default: another one each time, which is printed)")
  private @Nullable String seed;

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      description =
          "how long a write may take to be confirmed, such as 250ms or 5s (default"
              + " ${DEFAULT-VALUE})")
  private String timeout = "5s";

  /** What the flags say, each in its range. */
  SweepSettings settings() throws Refusal {
    NodeUrl leaderUrl = leader == null ? null : Flags.url(LEADER, leader);
    if (leaderUrl != null) {
      refuseOwnClusterFlags();
    }
    DelayRange delays = DelayRange.of(minDelayMs, maxDelayMs);
    int followerCount =
        followers == null
            ? DEFAULT_FOLLOWERS
            : Flags.whole("--followers", followers, 1, MOST_FOLLOWERS);
    if (quorums != null && leaderUrl == null) {
      Flags.quorums("--quorums", quorums, followerCount);
    }
    return new SweepSettings(
        leaderUrl,
        followerCount,
        quorums,
        Flags.whole("--writes", writes, 1, MOST_WRITES),
        Flags.whole("--warmup", warmup, 0, MOST_WARMUP),
        Flags.whole("--connections", connections, 1, MOST_CONNECTIONS),
        workload(),
        delays,
        outDirectory(),
        Flags.duration("--timeout", timeout));
  }

  private Workload workload() throws Refusal {
    return new Workload(
        seed == null ? ThreadLocalRandom.current().nextLong() : Flags.seed("--seed", seed),
        Flags.whole("--keys", keys, 1, MOST_KEYS),
        Flags.whole("--value-bytes", valueBytes, Workload.LEAST_VALUE_BYTES, MOST_VALUE_BYTES));
  }

  private void refuseOwnClusterFlags() throws Refusal {
    refuseWithLeader("--followers", followers);
    refuseWithLeader("--min-delay-ms", minDelayMs);
    refuseWithLeader("--max-delay-ms", maxDelayMs);
  }

  private static void refuseWithLeader(String flag, @Nullable String got) throws Refusal {
    if (got != null) {
      throw Refusal.flag(
          flag, got, "nothing together with --leader: it shapes a cluster of the sweep's own");
    }
  }

  private Path outDirectory() {
    return out == null
        ? Path.of("out", "sweep-" + TIMESTAMP.format(LocalDateTime.now(ZoneId.systemDefault())))
        : Path.of(out);
  }
}
