package io.quorate.loadgen;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A leader and its followers on loopback, each a process of its own, that end when this is closed.
 */
public final class LocalCluster implements AutoCloseable {
  /** In place of a leader's port: any free ports will do. */
  public static final int ANY_PORT = 0;

  /** Where its nodes listen. */
  public static final String HOST = "127.0.0.1";

  private static final Duration START_LIMIT = Duration.ofSeconds(60);
  private static final Duration END_SEEN_LIMIT = Duration.ofSeconds(1);
  private static final Duration POLL = Duration.ofMillis(50);

  /**
   * What to start.
   *
   * @param writeQuorum the leader's {@code WRITE_QUORUM}, or null for its default
   * @param leaderPort the leader's port, its followers take the next ones; or {@link #ANY_PORT}
   * @param logs where the nodes' output goes, one file each
   * @param variables more of every node's environment
   */
  public record Shape(
      int followers,
      @Nullable String writeQuorum,
      DelayRange delays,
      int leaderPort,
      Path logs,
      Map<String, String> variables) {

    /** A cluster whose nodes are told no more than they have to be. */
    public Shape(
        int followers, @Nullable String writeQuorum, DelayRange delays, int leaderPort, Path logs) {
      this(followers, writeQuorum, delays, leaderPort, logs, Map.of());
    }

    private int port(int node) {
      return leaderPort == ANY_PORT ? ANY_PORT : leaderPort + node;
    }
  }

  private final Shape shape;
  private final List<String> command;
  private final StopSignal stop;
  private final List<NodeProcess> nodes = new ArrayList<>();
  private final List<NodeUrl> followers = new ArrayList<>();
  private @Nullable NodeUrl leader;

  private LocalCluster(Shape shape, List<String> command, StopSignal stop) {
    this.shape = shape;
    this.command = command;
    this.stop = stop;
  }

  /**
   * Starts a cluster and waits until its leader leads and streams to every follower.
   *
   * @throws Refusal when it does not come to that; nothing is left running then
   */
  public static LocalCluster start(Shape shape, HttpClient client, Surroundings surroundings)
      throws Refusal {
    LocalCluster cluster = new LocalCluster(shape, surroundings.nodeCommand(), surroundings.stop());
    try {
      cluster.startNodes();
      cluster.awaitStreaming(new StatusReader(client));
      return cluster;
    } catch (Refusal refusal) {
      cluster.close();
      throw refusal;
    }
  }

  private void startNodes() throws Refusal {
    try {
      Files.createDirectories(shape.logs());
    } catch (IOException failed) {
      throw Refusal.failed("cannot make the directory " + shape.logs() + ": " + failed);
    }
    for (int follower = 1; follower <= shape.followers(); follower++) {
      startNode("follower-" + follower, Map.of("ROLE", "follower"), shape.port(follower));
    }
    for (NodeProcess follower : nodes) {
      followers.add(follower.awaitListening(START_LIMIT, stop));
    }
    Map<String, String> leading = new HashMap<>();
    leading.put("ROLE", "leader");
    leading.put(
        "FOLLOWER_URLS",
        followers.stream().map(NodeUrl::toString).collect(Collectors.joining(",")));
    leading.put("MIN_DELAY_MS", Double.toString(shape.delays().leastMs()));
    leading.put("MAX_DELAY_MS", Double.toString(shape.delays().greatestMs()));
    if (shape.writeQuorum() != null) {
      leading.put("WRITE_QUORUM", shape.writeQuorum());
    }
    leader = startNode("leader", leading, shape.port(0)).awaitListening(START_LIMIT, stop);
  }

  private NodeProcess startNode(String name, Map<String, String> role, int port) throws Refusal {
    Map<String, String> variables = new HashMap<>(NodeProcess.passedOn());
    variables.putAll(shape.variables());
    variables.putAll(role);
    variables.put("BIND_ADDRESS", HOST);
    variables.put("PORT", Integer.toString(port));
    variables.put("EXIT_ON_STDIN_CLOSE", "true");
    NodeProcess node =
        NodeProcess.start(name, command, variables, shape.logs().resolve(name + ".log"));
    nodes.add(node);
    return node;
  }

  private void awaitStreaming(StatusReader reader) throws Refusal {
    long deadlineNanos = System.nanoTime() + START_LIMIT.toNanos();
    while (!reader.isReady(leader()) || !reader.ownLeader(leader()).allStreaming()) {
      String ended = ended();
      if (ended != null) {
        throw Refusal.failed(ended);
      }
      if (stop.await(POLL)) {
        throw Refusal.failed("stopped before the cluster had started");
      }
      if (System.nanoTime() > deadlineNanos) {
        throw Refusal.failed(
            "no leader of all followers after "
                + START_LIMIT.toSeconds()
                + " s, output in "
                + shape.logs());
      }
    }
  }

  /** Where its leader listens. */
  public NodeUrl leader() {
    return Objects.requireNonNull(leader);
  }

  /** Where its followers listen. */
  public List<NodeUrl> followers() {
    return List.copyOf(followers);
  }

  /** The nodes, followers first. */
  public List<NodeProcess> nodes() {
    return List.copyOf(nodes);
  }

  /** How the first node that is not running any more ended, in one line; null while all run. */
  public @Nullable String ended() {
    for (NodeProcess node : nodes) {
      String ended = node.ended();
      if (ended != null) {
        return ended;
      }
    }
    return null;
  }

  /**
   * As {@link #ended}; waits for it, for a bounded time: the connections of a node that dies break
   * a little before its end is seen.
   */
  @Nullable String awaitEnded() {
    long deadlineNanos = System.nanoTime() + END_SEEN_LIMIT.toNanos();
    String ended = ended();
    while (ended == null && System.nanoTime() < deadlineNanos && !stop.await(POLL)) {
      ended = ended();
    }
    return ended;
  }

  /** Ends all nodes: asks, waits for a bounded time, kills. */
  @Override
  public void close() {
    nodes.forEach(NodeProcess::terminate);
    nodes.forEach(NodeProcess::awaitEndOrKill);
  }
}
