package io.quorate.loadgen;

import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs a cluster until the user stops it. */
@Command(
    name = "cluster",
    description = {
      "Runs a leader and its followers on loopback until Ctrl-C, each a process of its own. The"
          + " leader listens on --port, the followers on the ports after it.",
      ""
    })
final class ClusterCommand implements Callable<Integer> {
  private static final Duration POLL = Duration.ofMillis(200);
  private static final int MOST_PORT = 65_535;

  private final Surroundings surroundings;

  @Option(
      names = "--followers",
      paramLabel = "N",
      description = "how many followers (default ${DEFAULT-VALUE})")
  private String followers = "5";

  @Option(
      names = "--write-quorum",
      paramLabel = "W",
      description =
          "followers that must confirm a write that names no w: a number, majority or all"
              + " (default majority)")
  private @Nullable String writeQuorum;

  @Option(
      names = "--min-delay-ms",
      paramLabel = "MS",
      description = "least injected delay " + DelayRange.LEAST_DEFAULT)
  private @Nullable String minDelayMs;

  @Option(
      names = "--max-delay-ms",
      paramLabel = "MS",
      description = "greatest injected delay " + DelayRange.GREATEST_DEFAULT)
  private @Nullable String maxDelayMs;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "the leader's port (default ${DEFAULT-VALUE}); 0: any free ports")
  private String port = "8080";

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description =
          "keep what the nodes hold in DIR/node-0 and so on, and begin with what is there"
              + " (default in memory only)")
  private @Nullable String dataDir;

  @Option(
      names = "--fsync",
      paramLabel = "WHEN",
      description =
          "when what is written is forced to the disk: always, never or such as interval:50ms"
              + " (default always)")
  private @Nullable String fsync;

  ClusterCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws Refusal {
    LocalCluster.Shape shape = shape();
    requireFreePorts(shape);
    try (HttpClient client = new HttpClient();
        LocalCluster cluster = LocalCluster.start(shape, client, surroundings)) {
      print(cluster, shape);
      return runUntilStopped(cluster);
    }
  }

  private LocalCluster.Shape shape() throws Refusal {
    int count = Flags.whole("--followers", followers, 1, SweepFlags.MOST_FOLLOWERS);
    DelayRange delays = DelayRange.of(minDelayMs, maxDelayMs);
    int leaderPort = Flags.whole("--port", port, 0, MOST_PORT - count);
    if (writeQuorum != null && !writeQuorum.matches("majority|all")) {
      Flags.whole("--write-quorum", writeQuorum, 0, count);
    }
    Path data = data(leaderPort);
    Map<String, String> variables = fsync == null ? Map.of() : Map.of("FSYNC", fsync);
    return new LocalCluster.Shape(count, writeQuorum, delays, leaderPort, logs(), variables, data);
  }

  private @Nullable Path data(int leaderPort) throws Refusal {
    if (fsync != null && !fsync.matches("always|never|interval:[0-9]{1,6}(ms|s)")) {
      throw Refusal.flag("--fsync", fsync, "always, never or a time such as interval:50ms");
    }
    if (dataDir == null) {
      if (fsync != null) {
        throw Refusal.flag("--fsync", fsync, "nothing without --data-dir");
      }
      return null;
    }
    Path data = Path.of(dataDir).toAbsolutePath();
    if (Files.exists(data) && !Files.isDirectory(data)) {
      throw Refusal.flag("--data-dir", dataDir, "a directory, which is made if it is not there");
    }
    if (leaderPort == LocalCluster.ANY_PORT) {
      throw Refusal.flag(
          "--data-dir", dataDir, "nothing together with --port 0: nodes come back where they were");
    }
    return data;
  }

  private static Path logs() throws Refusal {
    try {
      return Files.createTempDirectory("quorate-cluster-");
    } catch (IOException failed) {
      throw Refusal.failed("cannot make a directory for the nodes' output: " + failed);
    }
  }

  private static void requireFreePorts(LocalCluster.Shape shape) throws Refusal {
    if (shape.leaderPort() == LocalCluster.ANY_PORT) {
      return;
    }
    for (int node = 0; node <= shape.followers(); node++) {
      int wanted = shape.leaderPort() + node;
      try (ServerSocket free = new ServerSocket(wanted, 1, InetAddress.getLoopbackAddress())) {
        assert free.isBound();
      } catch (IOException taken) {
        throw Refusal.failed(
            "port " + wanted + " is in use; --port sets the first of " + (shape.followers() + 1));
      }
    }
  }

  private void print(LocalCluster cluster, LocalCluster.Shape shape) {
    PrintStream out = surroundings.out();
    out.println("leader      " + cluster.leader());
    for (int follower = 0; follower < cluster.followers().size(); follower++) {
      out.printf("follower-%d  %s%n", follower + 1, cluster.followers().get(follower));
    }
    Path data = shape.data();
    out.println("data in     " + (data == null ? "memory only" : data + "/node-0 and so on"));
    out.println("output in   " + shape.logs());
    out.println("try         curl -X PUT -d hello '" + cluster.leader() + "/v1/kv/greeting?w=all'");
    out.println("            curl " + cluster.followers().get(0) + "/v1/kv/greeting");
    out.println("Ctrl-C stops the cluster");
  }

  /** Says which nodes end, and goes on as long as one runs: ending one by hand is worth a try. */
  private int runUntilStopped(LocalCluster cluster) {
    Set<NodeProcess> ended = new HashSet<>();
    while (!surroundings.stop().await(POLL)) {
      for (NodeProcess node : cluster.nodes()) {
        String how = node.ended();
        if (how != null && ended.add(node)) {
          surroundings.out().println(how);
        }
      }
      if (ended.size() == cluster.nodes().size()) {
        return Refusal.FAILED;
      }
    }
    return 0;
  }
}
