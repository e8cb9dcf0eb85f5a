package io.quorate.loadgen;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures how well the leader keeps the delay that it injects. */
@Command(
    name = "delays",
    description = {
      "Measures by how much writes leave for the followers later than the injected delay said, at"
          + " 0.1, 0.3 and 1 ms, idle (one connection) and loaded (20 connections), on a cluster of"
          + " its own.",
      ""
    })
final class DelaysCommand implements Callable<Integer> {
  private static final List<Double> DELAYS_MS = List.of(0.1, 0.3, 1.0);
  private static final int WARMUP_SHARE = 4;

  /** So many times the writes of a measurement first, for the nodes to compile what is hot. */
  private static final int OPENING_WARMUP_TIMES = 4;

  private static final int LOADED_CONNECTIONS = 20;
  private static final int KEYS = 100;
  private static final int VALUE_BYTES = 64;
  private static final Duration WRITE_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(7);
  private static final Duration RUN_LIMIT = Duration.ofMinutes(5);
  private static final Duration POLL = Duration.ofMillis(50);
  private static final int OK = 200;
  private static final String ROW = "%9s  %-6s  %9s  %7s  %10s  %10s  %10s%n";

  private record Load(String name, int connections) {}

  private final Surroundings surroundings;

  @Option(
      names = "--followers",
      paramLabel = "N",
      description = "how many followers (default ${DEFAULT-VALUE})")
  private String followers = "5";

  @Option(
      names = "--writes",
      paramLabel = "N",
      description = "writes of each measurement (default ${DEFAULT-VALUE})")
  private String writes = "10000";

  DelaysCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws Refusal {
    int count = Flags.whole("--followers", followers, 1, SweepFlags.MOST_FOLLOWERS);
    int writesEach = Flags.whole("--writes", writes, 1, 1_000_000);
    DelayRange first = new DelayRange(DELAYS_MS.get(0), DELAYS_MS.get(0));
    LocalCluster.Shape shape =
        new LocalCluster.Shape(count, "all", first, LocalCluster.ANY_PORT, logs());
    WriteLog log =
        new WriteLog(Workload.uniform(ThreadLocalRandom.current().nextLong(), KEYS, VALUE_BYTES));
    try (HttpClient client = new HttpClient();
        LocalCluster cluster = LocalCluster.start(shape, client, surroundings)) {
      surroundings.out().println("microseconds from (version given + delay drawn) to the socket;");
      surroundings.out().println("p50: median of the followers, p99 and max: worst of them");
      surroundings
          .out()
          .printf(ROW, "delay ms", "load", "sent", "links", "p50 us", "p99 us", "max us");
      measureAll(client, cluster, log, writesEach);
      return log.unconfirmedWrites() == 0 ? 0 : Refusal.FAILED;
    }
  }

  private static Path logs() throws Refusal {
    try {
      return Files.createTempDirectory("quorate-delays-");
    } catch (IOException failed) {
      throw Refusal.failed("cannot make a directory for the nodes' output: " + failed);
    }
  }

  private void measureAll(HttpClient client, LocalCluster cluster, WriteLog log, int writesEach)
      throws Refusal {
    List<Load> loads = List.of(new Load("idle", 1), new Load("loaded", LOADED_CONNECTIONS));
    try (Traffic traffic = traffic(client, cluster, LOADED_CONNECTIONS, log)) {
      await(traffic, OPENING_WARMUP_TIMES * writesEach, cluster);
    }
    for (double delayMs : DELAYS_MS) {
      for (Load load : loads) {
        try (Traffic traffic = traffic(client, cluster, load.connections(), log)) {
          setDelay(client, cluster.leader(), delayMs);
          await(traffic, writesEach / WARMUP_SHARE, cluster);
          setDelay(client, cluster.leader(), delayMs);
          await(traffic, writesEach, cluster);
        }
        printRow(delayMs, load, new StatusReader(client).ownLeader(cluster.leader()));
      }
    }
  }

  private static Traffic traffic(
      HttpClient client, LocalCluster cluster, int connections, WriteLog log) {
    List<NodeUrl> followers = cluster.followers();
    return new Traffic(
        client,
        new Traffic.Shape(
            cluster.leader(), followers, connections, Mix.WRITES, followers.size(), WRITE_TIMEOUT),
        log);
  }

  /** Sets the delay, which makes the leader forget what it has measured. */
  private static void setDelay(HttpClient client, NodeUrl leader, double delayMs) throws Refusal {
    String patch = "{\"min_delay_ms\":" + delayMs + ",\"max_delay_ms\":" + delayMs + "}";
    Answer answer = client.ask(leader, Request.patchJson("/v1/config", patch), ANSWER_LIMIT);
    if (answer.status() != OK) {
      throw Refusal.failed("PATCH /v1/config " + patch + ": " + answer.describe());
    }
  }

  private void await(Traffic traffic, int writesEach, LocalCluster cluster) throws Refusal {
    var run = traffic.closed(Quota.ofWrites(writesEach), new PassRecording());
    long deadlineNanos = System.nanoTime() + RUN_LIMIT.toNanos();
    while (true) {
      try {
        run.get(POLL.toMillis(), TimeUnit.MILLISECONDS);
        return;
      } catch (TimeoutException notYet) {
        String ended = cluster.ended();
        if (surroundings.stop().isRequested()) {
          throw Refusal.failed("stopped by the user");
        }
        if (ended != null) {
          throw Refusal.failed(ended);
        }
        if (System.nanoTime() > deadlineNanos) {
          throw Refusal.failed("the writes did not end within " + RUN_LIMIT.toSeconds() + " s");
        }
      } catch (InterruptedException | ExecutionException bug) {
        throw new IllegalStateException(bug);
      }
    }
  }

  private void printRow(double delayMs, Load load, NodeStatus status) throws Refusal {
    List<NodeStatus.DelayError> errors = new ArrayList<>();
    for (NodeStatus.Follower follower : status.followers()) {
      if (follower.delayError() == null) {
        throw Refusal.failed("the leader reports no delay error for " + follower.id());
      }
      errors.add(follower.delayError());
    }
    double[] medians = errors.stream().mapToDouble(NodeStatus.DelayError::p50).sorted().toArray();
    surroundings
        .out()
        .printf(
            Locale.ROOT,
            ROW,
            delayMs,
            load.name(),
            errors.stream().mapToLong(NodeStatus.DelayError::count).sum(),
            errors.size(),
            micros(medians[medians.length / 2]),
            micros(errors.stream().mapToDouble(NodeStatus.DelayError::p99).max().orElseThrow()),
            micros(errors.stream().mapToDouble(NodeStatus.DelayError::max).max().orElseThrow()));
  }

  private static String micros(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }
}
