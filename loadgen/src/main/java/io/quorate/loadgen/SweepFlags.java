package io.quorate.loadgen;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The flags of a sweep. */
final class SweepFlags {
  static final int MOST_FOLLOWERS = 50;

  /** Names a running cluster. */
  static final String LEADER = "--leader";

  private static final int MOST_ROUNDS = 100;
  private static final int DEFAULT_FOLLOWERS = 5;

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
      names = "--rounds",
      paramLabel = "K",
      description =
          "how often to go through all quorums; with more than one, how far the rounds lie apart"
              + " is told (default ${DEFAULT-VALUE})")
  private String rounds = "1";

  @Option(
      names = "--baseline",
      description =
          "measure the light or open loads at zero lag too, in the same rounds: with --leader, by"
              + " altering its configuration and setting it back; without, this is the default."
              + " With --leader, a generator that is killed hard (kill -9) during a baseline leaves"
              + " the cluster at zero lag")
  private boolean baseline;

  @Option(names = "--no-baseline", description = "do not")
  private boolean noBaseline;

  @Mixin private final LoadFlags load = new LoadFlags();

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

  /** What the flags say, each in its range. */
  SweepSettings settings() throws Refusal {
    NodeUrl leaderUrl = leader == null ? null : Flags.url(LEADER, leader);
    if (leaderUrl != null) {
      refuseOwnClusterFlags();
    }
    if (baseline && noBaseline) {
      throw Refusal.badInput("--baseline: stands beside --no-baseline: takes one of the two");
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
        load.rate(),
        load.arrivals(),
        load.quota(),
        load.warmupLimit(),
        load.connections(),
        load.mix(),
        load.workload(),
        Flags.whole("--rounds", rounds, 1, MOST_ROUNDS),
        (baseline || noBaseline) ? (Boolean) baseline : null,
        delays,
        outDirectory(),
        load.timeout());
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
    return out == null ? Flags.defaultOut("sweep") : Path.of(out);
  }
}
