package io.quorate.it;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A cluster of processes on loopback. */
final class ProcessCluster implements Cluster {

  private final ProcessNode leader;
  private final List<ProcessNode> followers;

  private ProcessCluster(ProcessNode leader, List<ProcessNode> followers) {
    this.leader = leader;
    this.followers = List.copyOf(followers);
  }

  /**
   * Starts the nodes and waits until all listen.
   *
   * @param logs directory of a log for each node
   * @param started told of each node before it starts, so that it is ended in all cases
   */
  static ProcessCluster start(ClusterPlan plan, Path logs, Consumer<ProcessNode> started) {
    List<ProcessNode> followers = new ArrayList<>();
    for (int number = 1; number <= plan.followers(); number++) {
      ProcessNode follower =
          new ProcessNode(
              "follower-" + number,
              Map.of("ROLE", "follower"),
              plan.heapMegabytes(),
              logs.resolve("follower-" + number + ".log"));
      started.accept(follower);
      follower.spawn();
      followers.add(follower);
    }
    followers.forEach(ProcessNode::awaitListening);
    Map<String, String> variables = new LinkedHashMap<>(plan.leaderVariables());
    variables.put("ROLE", "leader");
    variables.put(
        "FOLLOWER_URLS",
        Stream.concat(followers.stream().map(ProcessNode::url), plan.unstartedFollowers().stream())
            .collect(Collectors.joining(",")));
    ProcessNode leader =
        new ProcessNode("leader", variables, plan.heapMegabytes(), logs.resolve("leader.log"));
    started.accept(leader);
    leader.start();
    return new ProcessCluster(leader, followers);
  }

  @Override
  public NodeHandle leader() {
    return leader;
  }

  @Override
  public List<NodeHandle> followers() {
    return List.copyOf(followers);
  }
}
