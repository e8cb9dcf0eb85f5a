package io.quorate.bench;

import io.quorate.loadgen.Answer;
import io.quorate.loadgen.DelayRange;
import io.quorate.loadgen.HttpClient;
import io.quorate.loadgen.JsonObject;
import io.quorate.loadgen.LocalCluster;
import io.quorate.loadgen.NodeCommand;
import io.quorate.loadgen.NodeProcess;
import io.quorate.loadgen.NodeUrl;
import io.quorate.loadgen.Refusal;
import io.quorate.loadgen.Request;
import io.quorate.loadgen.StatusReader;
import io.quorate.loadgen.StopSignal;
import io.quorate.loadgen.Surroundings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What experiments share: nodes, tools, time, and where their files go for as long as they run.
 *
 * @param scratch a directory that is removed when all has ended
 * @param disk where nodes and others that keep what they hold do so, each below it
 */
record Bench(Plan plan, HttpClient client, Surroundings surroundings, Path scratch, Path disk) {
  static final int FOLLOWERS = 5;
  static final DelayRange NO_LAG = new DelayRange(0, 0);
  static final DelayRange LAG = new DelayRange(0.1, 1);

  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(5);
  private static final Duration START_LIMIT = Duration.ofSeconds(30);
  private static final Duration READY_POLL = Duration.ofMillis(5);

  /** A leader of so many followers, none lagging, that ends when it is closed. */
  LocalCluster cluster(int followers) throws Refusal {
    return cluster(followers, Map.of(), surroundings);
  }

  /**
   * As {@link #cluster(int)}.
   *
   * @param variables more of every node's environment
   * @param around with the command that starts a node
   */
  LocalCluster cluster(int followers, Map<String, String> variables, Surroundings around)
      throws Refusal {
    return cluster(followers, variables, around, null);
  }

  /** A leader of so many followers, each with a directory of its own below {@code data}. */
  LocalCluster clusterOnDisk(int followers, Path data, String fsync) throws Refusal {
    return cluster(followers, Map.of("FSYNC", fsync), surroundings, data);
  }

  private LocalCluster cluster(
      int followers, Map<String, String> variables, Surroundings around, @Nullable Path data)
      throws Refusal {
    Path logs = scratch.resolve("cluster-" + System.nanoTime());
    return LocalCluster.start(
        new LocalCluster.Shape(
            followers, null, NO_LAG, LocalCluster.ANY_PORT, logs, variables, data),
        client,
        around);
  }

  /** Our own Java, started as a node is; it prints where it listens. */
  NodeProcess program(String name, Class<?> main) throws Refusal {
    return NodeProcess.start(
        name, NodeCommand.of(main.getName()), NodeProcess.passedOn(), log(name));
  }

  /** Somebody else's server, under a {@link Guard}. */
  NodeProcess server(String name, List<String> command) throws Refusal {
    return NodeProcess.start(name, Guard.over(command), NodeProcess.passedOn(), log(name));
  }

  Path log(String name) {
    return scratch.resolve(name + ".log");
  }

  /** A node that leads nobody. */
  NodeProcess loneLeader(int port) throws Refusal {
    return node("leader", port, Map.of("ROLE", "leader"));
  }

  /**
   * A node of its own.
   *
   * @param variables more of its environment
   */
  NodeProcess node(String name, int port, Map<String, String> variables) throws Refusal {
    Map<String, String> all = new HashMap<>(NodeProcess.passedOn());
    all.put("BIND_ADDRESS", LocalCluster.HOST);
    all.put("PORT", Integer.toString(port));
    all.put("EXIT_ON_STDIN_CLOSE", "true");
    all.putAll(variables);
    return NodeProcess.start(name, surroundings.nodeCommand(), all, log(name + "-" + port));
  }

  /**
   * Waits until a node is ready and returns the seconds since then.
   *
   * @param startNanos when it was started
   */
  double awaitReady(NodeProcess node, NodeUrl url, long startNanos, Duration limit) throws Refusal {
    StatusReader reader = new StatusReader(client);
    while (!reader.isReady(url)) {
      String ended = node.ended();
      if (ended != null) {
        throw Refusal.failed(ended);
      }
      if (System.nanoTime() - startNanos > limit.toNanos()) {
        throw Refusal.failed(
            node.name() + " is not ready after " + limit.toSeconds() + " s: see /readyz");
      }
      pause(READY_POLL);
    }
    return (System.nanoTime() - startNanos) / 1e9;
  }

  /** Waits until something accepts connections there. */
  void awaitAccepting(NodeProcess server, int port) throws Refusal {
    long deadlineNanos = System.nanoTime() + START_LIMIT.toNanos();
    while (!Ports.accepts(port)) {
      String ended = server.ended();
      if (ended != null) {
        throw Refusal.failed(ended);
      }
      if (System.nanoTime() > deadlineNanos) {
        throw Refusal.failed(
            server.name() + " does not listen after " + START_LIMIT.toSeconds() + " s");
      }
      pause(Duration.ofMillis(50));
    }
  }

  /** Waits so long, unless the user stops us. */
  void pause(Duration time) throws Refusal {
    if (surroundings.stop().await(time)) {
      throw Refusal.failed(StopSignal.STOPPED);
    }
  }

  /** Makes a leader inject that, and forget what it measured of the delays before. */
  void setLag(NodeUrl leader, DelayRange lag) throws Refusal {
    String json =
        "{\"min_delay_ms\":" + lag.leastMs() + ",\"max_delay_ms\":" + lag.greatestMs() + "}";
    Answer answer = client.ask(leader, Request.patchJson("/v1/config", json), ANSWER_LIMIT);
    if (answer.status() != Answer.OK) {
      throw Refusal.failed("PATCH /v1/config " + json + ": " + answer.describe());
    }
  }

  /** How many keys a node holds. */
  long keys(NodeUrl node) throws Refusal {
    return told(node, "keys");
  }

  /** A number that a node tells in its status. */
  long told(NodeUrl node, String field) throws Refusal {
    Long number = status(node).whole(field);
    if (number == null) {
      throw Refusal.failed(node + " tells no " + field + " in its status");
    }
    return number;
  }

  /** What a node tells of itself. */
  JsonObject status(NodeUrl node) throws Refusal {
    Answer answer = client.ask(node, Request.get("/v1/status"), ANSWER_LIMIT);
    JsonObject status = answer.status() == Answer.OK ? JsonObject.read(answer.body()) : null;
    if (status == null) {
      throw Refusal.failed(node + " does not tell its status: " + answer.describe());
    }
    return status;
  }

  /** Tells what is being measured. */
  void say(String line) {
    surroundings.out().println(line);
  }
}
