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
import io.quorate.loadgen.StopSignal;
import io.quorate.loadgen.Surroundings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What experiments share: nodes, tools, time, and where their files go for as long as they run.
 *
 * @param scratch a directory that is removed when all has ended
 */
record Bench(Plan plan, HttpClient client, Surroundings surroundings, Path scratch) {
  static final int FOLLOWERS = 5;
  static final DelayRange NO_LAG = new DelayRange(0, 0);
  static final DelayRange LAG = new DelayRange(0.1, 1);

  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(5);
  private static final Duration START_LIMIT = Duration.ofSeconds(30);

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
    Path logs = scratch.resolve("cluster-" + System.nanoTime());
    return LocalCluster.start(
        new LocalCluster.Shape(followers, null, NO_LAG, LocalCluster.ANY_PORT, logs, variables),
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
    Map<String, String> variables = new HashMap<>(NodeProcess.passedOn());
    variables.put("ROLE", "leader");
    variables.put("BIND_ADDRESS", LocalCluster.HOST);
    variables.put("PORT", Integer.toString(port));
    variables.put("EXIT_ON_STDIN_CLOSE", "true");
    return NodeProcess.start(
        "leader", surroundings.nodeCommand(), variables, log("leader-" + port));
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
    Answer answer = client.ask(node, Request.get("/v1/status"), ANSWER_LIMIT);
    JsonObject status = JsonObject.read(answer.body());
    Long keys = status == null ? null : status.whole("keys");
    if (keys == null) {
      throw Refusal.failed(node + " does not tell its keys: " + answer.describe());
    }
    return keys;
  }

  /** Tells what is being measured. */
  void say(String line) {
    surroundings.out().println(line);
  }
}
