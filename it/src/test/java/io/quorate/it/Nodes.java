package io.quorate.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Starts nodes for one test and ends them after it, however it went: processes or containers, as
 * this run has them. Their logs are in {@code target/nodes}, a directory per test; when the test
 * fails the end of each is printed, and what was on the disks of processes stays there.
 */
final class Nodes implements BeforeEachCallback, AfterEachCallback {

  private static final int SHOWN_LINES = 40;

  private final List<NodeHandle> started = new ArrayList<>();
  private final List<EngineNetwork> networks = new ArrayList<>();
  private final List<EngineVolume> volumes = new ArrayList<>();
  private Path logs = Path.of("target", "nodes");

  /** A cluster whose leader streams to every follower that was started. */
  Cluster cluster(ClusterPlan plan) {
    return switch (Kind.ofThisRun()) {
      case PROCESSES -> processes(plan);
      case CONTAINERS -> containers(plan, 1);
    };
  }

  /** A cluster of processes whose leader streams to every follower that was started. */
  ProcessCluster processes(ClusterPlan plan) {
    return processesOn(logs, plan);
  }

  /** The same, whose logs and disks are in this directory, where there may be some. */
  ProcessCluster processesOn(Path directory, ClusterPlan plan) {
    ProcessCluster cluster = ProcessCluster.start(plan, directory, started::add);
    cluster.awaitStreaming();
    return cluster;
  }

  /**
   * A cluster of containers whose leader streams to every follower that was started.
   *
   * @param insides networks that the followers are spread over
   */
  ContainerCluster containers(ClusterPlan plan, int insides) {
    ContainerCluster cluster = unstarted(plan, insides);
    cluster.start();
    cluster.awaitStreaming();
    return cluster;
  }

  /** A cluster of containers, for a test to start them in its own order. */
  ContainerCluster unstarted(ClusterPlan plan, int insides) {
    EngineNetwork outside = network(EngineNetwork::outside);
    List<EngineNetwork> made =
        IntStream.range(0, insides).mapToObj(inside -> network(EngineNetwork::inside)).toList();
    return ContainerCluster.make(plan, outside, made, logs, this::volume, started::add);
  }

  private EngineVolume volume() {
    EngineVolume volume = EngineVolume.make();
    volumes.add(volume);
    return volume;
  }

  private EngineNetwork network(Supplier<EngineNetwork> making) {
    EngineNetwork network = making.get();
    networks.add(network);
    return network;
  }

  /** A follower of nobody yet, started. */
  NodeHandle follower() {
    return switch (Kind.ofThisRun()) {
      case PROCESSES -> process("follower", Map.of("ROLE", "follower"));
      case CONTAINERS -> {
        NodeHandle follower = unstarted(ClusterPlan.of(1), 1).follower(1);
        follower.start();
        yield follower;
      }
    };
  }

  /** A process of its own, started, without a disk. */
  ProcessNode process(String name, Map<String, String> variables) {
    ProcessNode node = unstarted(name, variables, null);
    node.start();
    return node;
  }

  /** A process of its own, for a test to start. */
  ProcessNode unstarted(String name, Map<String, String> variables, @Nullable DiskDirectory disk) {
    int heapMegabytes = ClusterPlan.of(0).heapMegabytes();
    ProcessNode node =
        new ProcessNode(name, variables, heapMegabytes, logs.resolve(name + ".log"), disk);
    started.add(node);
    return node;
  }

  /** A directory of this test's own for what it keeps. */
  Path directory() {
    try {
      return Files.createDirectories(logs.toAbsolutePath());
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    String test = context.getRequiredTestMethod().getName();
    String call = context.getDisplayName().replaceAll("[^A-Za-z0-9]+", "-");
    logs =
        Path.of("target", "nodes", Kind.ofThisRun().name().toLowerCase(Locale.ROOT))
            .resolve(context.getRequiredTestClass().getSimpleName())
            .resolve(call.startsWith(test) ? test : test + "-" + call);
    new DiskDirectory(logs.toAbsolutePath()).wipe();
  }

  @Override
  public void afterEach(ExtensionContext context) {
    try {
      CompletableFuture.allOf(
              started.stream()
                  .map(node -> CompletableFuture.runAsync(node::discard))
                  .toArray(CompletableFuture<?>[]::new))
          .join();
      networks.forEach(EngineNetwork::remove);
      volumes.forEach(EngineVolume::remove);
    } finally {
      if (context.getExecutionException().isPresent()) {
        started.forEach(Nodes::showEndOfLog);
      } else {
        started.forEach(Nodes::dropDisk);
      }
      started.clear();
      networks.clear();
      volumes.clear();
    }
  }

  private static void dropDisk(NodeHandle node) {
    if (node instanceof ProcessNode process && process.hasDisk()) {
      process.wipe();
    }
  }

  private static void showEndOfLog(NodeHandle node) {
    List<String> lines = node.printed().lines().toList();
    System.out.println("---- " + node.name());
    lines
        .subList(Math.max(0, lines.size() - SHOWN_LINES), lines.size())
        .forEach(System.out::println);
  }
}
