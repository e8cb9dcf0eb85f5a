package io.quorate.it;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

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
   * @param logs directory of a log, and a disk where it has one, for each node
   * @param started told of each node before it starts, so that it is ended in all cases
   */
  static ProcessCluster start(ClusterPlan plan, Path logs, Consumer<ProcessNode> started) {
    List<ProcessNode> followers = new ArrayList<>();
    for (int number = 1; number <= plan.followers(); number++) {
      ProcessNode follower = node("follower-" + number, plan.variablesOfFollower(), plan, logs);
      started.accept(follower);
      follower.spawn();
      followers.add(follower);
    }
    followers.forEach(ProcessNode::awaitListening);
    List<String> urls = followers.stream().map(ProcessNode::url).toList();
    ProcessNode leader = node("leader", plan.variablesOfLeader(urls), plan, logs);
    started.accept(leader);
    leader.start();
    return new ProcessCluster(leader, followers);
  }

  private static ProcessNode node(
      String name, Map<String, String> variables, ClusterPlan plan, Path logs) {
    @Nullable DiskDirectory disk =
        plan.disks() ? new DiskDirectory(logs.resolve(name + ".disk").toAbsolutePath()) : null;
    return new ProcessNode(
        name, variables, plan.heapMegabytes(), logs.resolve(name + ".log"), disk);
  }

  @Override
  public ProcessNode leader() {
    return leader;
  }

  @Override
  public List<NodeHandle> followers() {
    return List.copyOf(followers);
  }

  @Override
  public ProcessNode follower(int number) {
    return followers.get(number - 1);
  }
}
