package io.quorate.loadgen;

import java.time.Duration;
import java.util.function.Function;

/** Asks nodes for their status, and says in one line why an answer is not what was needed. */
public final class StatusReader {
  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(5);
  private static final int OK = 200;

  private final HttpClient client;

  /** Asks through {@code client}, which stays its owner's. */
  public StatusReader(HttpClient client) {
    this.client = client;
  }

  /**
   * The status of a node that the user named as a leader.
   *
   * @throws Refusal as bad input that names the flag: nothing answers there, what answers is no
   *     node of Quorate, or it is a follower
   */
  NodeStatus givenLeader(String flag, NodeUrl node) throws Refusal {
    return leader(node, line -> Refusal.badInput(flag + ": " + line));
  }

  /**
   * The status of a leader that we started.
   *
   * @throws Refusal as a failure, where {@link #givenLeader} refuses the user's input
   */
  public NodeStatus ownLeader(NodeUrl node) throws Refusal {
    return leader(node, Refusal::failed);
  }

  private NodeStatus leader(NodeUrl node, Function<String, Refusal> refusal) throws Refusal {
    Answer answer = client.ask(node, Request.get("/v1/status"), ANSWER_LIMIT);
    if (!answer.arrived()) {
      throw refusal.apply(node + " does not answer: " + answer.describe());
    }
    NodeStatus status = answer.status() == OK ? NodeStatus.of(answer.body()) : null;
    if (status == null) {
      throw refusal.apply(
          node
              + " is not a node of Quorate: GET /v1/status was answered with "
              + answer.describe());
    }
    if (!status.isLeader()) {
      String where =
          status.leader() == null ? "it knows of no leader" : "its leader is " + status.leader();
      throw refusal.apply(node + " is a " + status.role() + ", not a leader: " + where);
    }
    return status;
  }

  /** Whether a node says that its role is to lead, though it may not be ready to. */
  boolean isLeader(NodeUrl node) {
    Answer answer = client.ask(node, Request.get("/v1/status"), ANSWER_LIMIT);
    NodeStatus status = answer.status() == OK ? NodeStatus.of(answer.body()) : null;
    return status != null && status.isLeader();
  }

  /** Whether a node says that it is ready: a leader, that it leads. */
  public boolean isReady(NodeUrl node) {
    return client.ask(node, Request.get("/readyz"), ANSWER_LIMIT).status() == OK;
  }
}
