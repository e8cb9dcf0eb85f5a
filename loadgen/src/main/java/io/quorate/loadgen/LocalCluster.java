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
   * @param data where the nodes keep what they hold, a directory each; null for in memory only.
   *     With it the leader is whichever led last
   */
  public record Shape(
      int followers,
      @Nullable String writeQuorum,
      DelayRange delays,
      int leaderPort,
      Path logs,
      Map<String, String> variables,
      @Nullable Path data) {

    /** A cluster that keeps what it holds in memory only. */
    public Shape(
        int followers,
        @Nullable String writeQuorum,
        DelayRange delays,
        int leaderPort,
        Path logs,
        Map<String, String> variables) {
      this(followers, writeQuorum, delays, leaderPort, logs, variables, null);
    }

    /** A cluster whose nodes are told no more than they have to be. */
    public Shape(
        int followers, @Nullable String writeQuorum, DelayRange delays, int leaderPort, Path logs) {
      this(followers, writeQuorum, delays, leaderPort, logs, Map.of());
    }

    /** Where a node keeps what it holds, 0 being the one that leads first. */
    static Path data(Path all, int node) {
      return all.resolve("node-" + node);
    }

    /** Roles change where what they hold stays: no node is called by its own then. */
    private String name(int node) {
      return data != null ? "node-" + node : node == 0 ? "leader" : "follower-" + node;
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
      if (shape.data() != null) {
        Files.createDirectories(shape.data());
      }
    } catch (IOException failed) {
      throw Refusal.failed("cannot make a directory of the cluster: " + failed);
    }
    Map<String, String> following = new HashMap<>(shape.data() == null ? Map.of() : settings());
    following.put("ROLE", "follower");
    for (int follower = 1; follower <= shape.followers(); follower++) {
      startNode(follower, following);
    }
    for (NodeProcess follower : nodes) {
      followers.add(follower.awaitListening(START_LIMIT, stop));
    }
    Map<String, String> leading = new HashMap<>(settings());
    leading.put("ROLE", "leader");
    leading.put(
        "FOLLOWER_URLS",
        followers.stream().map(NodeUrl::toString).collect(Collectors.joining(",")));
    leader = startNode(0, leading).awaitListening(START_LIMIT, stop);
  }

  /** What a leader is told, and with it each node that may come to lead. */
  private Map<String, String> settings() {
    Map<String, String> settings = new HashMap<>();
    settings.put("MIN_DELAY_MS", Double.toString(shape.delays().leastMs()));
    settings.put("MAX_DELAY_MS", Double.toString(shape.delays().greatestMs()));
    if (shape.writeQuorum() != null) {
      settings.put("WRITE_QUORUM", shape.writeQuorum());
    }
    return settings;
  }

  private NodeProcess startNode(int number, Map<String, String> role) throws Refusal {
    String name = shape.name(number);
    Map<String, String> variables = new HashMap<>(NodeProcess.passedOn());
    variables.putAll(shape.variables());
    variables.putAll(role);
    if (shape.data() != null) {
      variables.put("DATA_DIR", Shape.data(shape.data(), number).toString());
    }
    variables.put("BIND_ADDRESS", HOST);
    variables.put("PORT", Integer.toString(shape.port(number)));
    variables.put("EXIT_ON_STDIN_CLOSE", "true");
    NodeProcess node =
        NodeProcess.start(name, command, variables, shape.logs().resolve(name + ".log"));
    nodes.add(node);
    return node;
  }

  private void awaitStreaming(StatusReader reader) throws Refusal {
    long deadlineNanos = System.nanoTime() + START_LIMIT.toNanos();
    while (!isStreaming(reader)) {
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

  private boolean isStreaming(StatusReader reader) throws Refusal {
    if (shape.data() != null) {
      findLeader(reader);
    }
    return reader.isReady(leader())
        && (shape.data() == null || reader.isLeader(leader()))
        && reader.ownLeader(leader()).allStreaming();
  }

  /** Takes the node that leads for the leader, in place of the one that led first. */
  private void findLeader(StatusReader reader) {
    for (int follower = 0; follower < followers.size(); follower++) {
      NodeUrl node = followers.get(follower);
      if (reader.isLeader(node) && !reader.isLeader(leader())) {
        followers.set(follower, leader());
        leader = node;
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
