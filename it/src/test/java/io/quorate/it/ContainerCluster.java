package io.quorate.it;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A cluster of containers. Its followers are spread over one or more inside networks, and the
 * leader is on each of them: cut off one of these, it reaches only the followers on the others.
 */
final class ContainerCluster implements Cluster {

  private static final int FIRST_PORT = 8080;

  /** The image gives the heap about half of what a node may take. */
  private static final long MEMORY_PER_HEAP = 2L << 20;

  private final ContainerNode leader;
  private final List<ContainerNode> followers;

  private final List<EngineNetwork> insides;

  private ContainerCluster(
      ContainerNode leader, List<ContainerNode> followers, List<EngineNetwork> insides) {
    this.leader = leader;
    this.followers = List.copyOf(followers);
    this.insides = List.copyOf(insides);
  }

  /**
   * Makes it, and starts none of its nodes.
   *
   * @param outside carries the published ports
   * @param insides carry what nodes tell each other
   * @param logs directory of a log for each node
   * @param volumes makes one for each node that has a disk
   * @param made told of each node
   */
  static ContainerCluster make(
      ClusterPlan plan,
      EngineNetwork outside,
      List<EngineNetwork> insides,
      Path logs,
      Supplier<EngineVolume> volumes,
      Consumer<NodeHandle> made) {
    long memoryBytes = plan.heapMegabytes() * MEMORY_PER_HEAP;
    List<ContainerNode> followers = new ArrayList<>();
    for (int number = 1; number <= plan.followers(); number++) {
      String name = "follower-" + number;
      List<EngineNetwork> itsInside =
          List.of(insides.get((number - 1) * insides.size() / plan.followers()));
      ContainerPlace place =
          new ContainerPlace(name, FIRST_PORT + number, FreePorts.next(), outside, itsInside);
      followers.add(
          new ContainerNode(
              place,
              plan.variablesOfFollower(),
              memoryBytes,
              logs.resolve(name + ".log"),
              plan.disks() ? volumes.get() : null));
    }
    List<String> urls = followers.stream().map(ContainerNode::url).toList();
    ContainerPlace place =
        new ContainerPlace("leader", FIRST_PORT, FreePorts.next(), outside, insides);
    ContainerNode leader =
        new ContainerNode(
            place,
            plan.variablesOfLeader(urls),
            memoryBytes,
            logs.resolve("leader.log"),
            plan.disks() ? volumes.get() : null);
    made.accept(leader);
    followers.forEach(made);
    return new ContainerCluster(leader, followers, insides);
  }

  /** Starts all nodes at once; waits until all listen. */
  void start() {
    nodes().parallelStream().forEach(NodeHandle::start);
  }

  /** The networks that carry what nodes tell each other. */
  List<EngineNetwork> insides() {
    return insides;
  }

  @Override
  public ContainerNode leader() {
    return leader;
  }

  @Override
  public List<NodeHandle> followers() {
    return List.copyOf(followers);
  }

  @Override
  public ContainerNode follower(int number) {
    return followers.get(number - 1);
  }
}
