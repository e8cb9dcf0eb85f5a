package io.quorate.loadgen;

import io.quorate.charts.Sweep;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Whether all replicas hold the same data: what the leader says of it, and, on our own account,
 * every key that was written, read from every node and compared with the others and with what was
 * answered 200. It believes neither alone, and no URL: the nodes that are read must be as many
 * nodes by their own account.
 */
final class Proof {
  private static final Duration CONVERGENCE_TIMEOUT = Duration.ofSeconds(30);
  private static final Duration ANSWER_SLACK = Duration.ofSeconds(5);
  private static final Duration STOP_POLL = Duration.ofMillis(10);
  private static final int MOST_PROBLEMS = 20;
  private static final int OK = 200;
  private static final int NOT_FOUND = 404;

  private final HttpClient client;
  private final WriteLog log;
  private final Duration convergenceTimeout;
  private final List<String> problems = new ArrayList<>();
  private int unlistedProblems;

  Proof(HttpClient client, WriteLog log) {
    this(client, log, CONVERGENCE_TIMEOUT);
  }

  Proof(HttpClient client, WriteLog log, Duration convergenceTimeout) {
    this.client = client;
    this.log = log;
    this.convergenceTimeout = convergenceTimeout;
  }

  /**
   * Reads and compares. Bounded: a node that does not answer is read no further.
   *
   * @param followers all of them, as the leader lists them
   */
  Sweep.Proof check(NodeUrl leader, List<NodeUrl> followers, StopSignal stop) {
    List<Integer> keys = log.usedKeys();
    if (keys.isEmpty()) {
      problem("no key was written: nothing to compare");
    }
    if (followers.isEmpty()) {
      problem("the leader has no followers: nothing to compare with");
    }
    String digest = askLeader(leader, followers.size(), stop);
    List<NodeUrl> nodes = new ArrayList<>(List.of(leader));
    nodes.addAll(followers);
    List<HttpConnection> connections =
        nodes.stream().map(node -> client.connection(node, ANSWER_SLACK)).toList();
    requireDistinct(nodes, connections);
    int compared = readAll(nodes, connections, keys, stop);
    connections.forEach(HttpConnection::close);
    if (compared < keys.size()) {
      problem("only " + compared + " of " + keys.size() + " keys were compared on every node");
    }
    if (unlistedProblems > 0) {
      problems.add("and " + unlistedProblems + " more");
    }
    return new Sweep.Proof(
        problems.isEmpty(), nodes.size(), compared, digest, List.copyOf(problems));
  }

  /** What the leader says. Returns the digest that it reports. */
  private @Nullable String askLeader(NodeUrl leader, int followers, StopSignal stop) {
    Answer answer = convergence(leader, stop);
    JsonObject said = answer.status() == OK ? JsonObject.read(answer.body()) : null;
    if (said == null) {
      problem("GET /v1/convergence of the leader: " + answer.describe());
      return null;
    }
    Boolean converged = said.truth("converged");
    if (converged == null) {
      problem("the leader cannot say whether its followers converged: " + said.text("reason"));
    } else if (!converged) {
      problem("the leader says that its followers differ: " + said.text("reason"));
      said.printed("differences").forEach(each -> problem("the leader says: " + each));
    }
    List<JsonObject> listed = said.objects("followers");
    long equal =
        listed == null
            ? 0
            : listed.stream().filter(each -> Boolean.TRUE.equals(each.truth("equal"))).count();
    if (equal != followers) {
      problem("the leader calls " + equal + " of " + followers + " followers equal");
    }
    return said.text("digest");
  }

  /** Waits for the leader's answer, or for the user's stop. */
  private Answer convergence(NodeUrl leader, StopSignal stop) {
    String target = "/v1/convergence?timeout=" + convergenceTimeout.toMillis() + "ms";
    try (HttpConnection connection =
        client.connection(leader, convergenceTimeout.plus(ANSWER_SLACK))) {
      CompletableFuture<Answer> answer = connection.ask(Request.get(target));
      while (!answer.isDone()) {
        if (stop.await(STOP_POLL)) {
          return answer.getNow(Answer.none(StopSignal.STOPPED));
        }
      }
      return answer.join();
    }
  }

  /** One node under two URLs is one replica, however often it is read. */
  private void requireDistinct(List<NodeUrl> nodes, List<HttpConnection> connections) {
    List<CompletableFuture<Answer>> asked =
        connections.stream().map(each -> each.ask(Request.get("/v1/status"))).toList();
    Map<String, NodeUrl> byIncarnation = new HashMap<>();
    for (int node = 0; node < nodes.size(); node++) {
      NodeUrl url = nodes.get(node);
      Answer answer = asked.get(node).join();
      NodeStatus status = answer.status() == OK ? NodeStatus.of(answer.body()) : null;
      if (status == null) {
        problem(url + ": cannot tell which node it is: " + answer.describe());
        continue;
      }
      NodeUrl other = byIncarnation.putIfAbsent(status.incarnation(), url);
      if (other != null) {
        problem(other + " and " + url + " are the same node");
      }
    }
  }

  /** Reads every key from every node, and returns how many were compared on all of them. */
  private int readAll(
      List<NodeUrl> nodes, List<HttpConnection> connections, List<Integer> keys, StopSignal stop) {
    boolean[] unreadable = new boolean[nodes.size()];
    int compared = 0;
    for (int key : keys) {
      if (stop.isRequested()) {
        problem("stopped before every key was read");
        break;
      }
      List<CompletableFuture<Answer>> asked = new ArrayList<>();
      for (int node = 0; node < nodes.size(); node++) {
        asked.add(
            unreadable[node]
                ? CompletableFuture.completedFuture(Answer.none("not read any more"))
                : connections.get(node).ask(Request.get(target(key))));
      }
      List<Answer> answers = asked.stream().map(CompletableFuture::join).toList();
      compared += compare(key, nodes, answers, unreadable) ? 1 : 0;
    }
    return compared;
  }

  private static String target(int key) {
    return "/v1/kv/" + Workload.keyName(key) + "?consistency=local";
  }

  /** Compares one key. True when every node could be read, whatever was found. */
  private boolean compare(
      int key, List<NodeUrl> nodes, List<Answer> answers, boolean[] unreadable) {
    Answer first = answers.get(0);
    boolean allRead = true;
    for (int node = 0; node < nodes.size(); node++) {
      Answer answer = answers.get(node);
      boolean held = answer.status() == OK && answer.version() != null;
      if (held || answer.status() == NOT_FOUND) {
        String wrong = log.problem(key, held ? answer.version() : null, answer.body());
        if (wrong == null && readable(first) && !same(first, answer)) {
          wrong = "has " + shown(answer) + " where " + nodes.get(0) + " has " + shown(first);
        }
        if (wrong != null) {
          problem(nodes.get(node) + ": " + Workload.keyName(key) + " " + wrong);
        }
        continue;
      }
      allRead = false;
      if (!unreadable[node]) {
        unreadable[node] = true;
        problem(
            nodes.get(node) + ": cannot read " + Workload.keyName(key) + ": " + answer.describe());
      }
    }
    return allRead;
  }

  private static boolean readable(Answer answer) {
    return answer.status() == NOT_FOUND || answer.version() != null;
  }

  private static boolean same(Answer one, Answer other) {
    if (one.status() != other.status()) {
      return false;
    }
    boolean sameVersion = Objects.equals(one.version(), other.version());
    return one.status() == NOT_FOUND || (sameVersion && Arrays.equals(one.body(), other.body()));
  }

  private static String shown(Answer answer) {
    return answer.version() == null
        ? "nothing"
        : "version " + answer.version() + " of " + answer.body().length + " bytes";
  }

  private void problem(String line) {
    if (problems.size() < MOST_PROBLEMS) {
      problems.add(line);
    } else {
      unlistedProblems++;
    }
  }
}
