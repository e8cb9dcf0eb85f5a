package io.quorate.it;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Starts nodes for one test and ends them after it, however it went. Their logs are in {@code
 * target/nodes}, a directory per test; when the test fails the end of each is printed.
 */
final class Nodes implements BeforeEachCallback, AfterEachCallback {

  private static final int SHOWN_LINES = 40;

  private final List<ProcessNode> started = new ArrayList<>();
  private Path logs = Path.of("target", "nodes");

  /** A cluster of processes whose leader streams to every follower that was started. */
  Cluster cluster(ClusterPlan plan) {
    Cluster cluster = ProcessCluster.start(plan, logs, started::add);
    cluster.awaitStreaming();
    return cluster;
  }

  /** A node of its own, started. */
  ProcessNode node(String name, Map<String, String> variables) {
    ProcessNode node =
        new ProcessNode(
            name, variables, ClusterPlan.of(0).heapMegabytes(), logs.resolve(name + ".log"));
    started.add(node);
    node.start();
    return node;
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    String test = context.getRequiredTestMethod().getName();
    String call = context.getDisplayName().replaceAll("[^A-Za-z0-9]+", "-");
    logs =
        Path.of(
            "target",
            "nodes",
            context.getRequiredTestClass().getSimpleName(),
            call.startsWith(test) ? test : test + "-" + call);
  }

  @Override
  public void afterEach(ExtensionContext context) {
    started.forEach(ProcessNode::discard);
    if (context.getExecutionException().isPresent()) {
      started.forEach(Nodes::showEndOfLog);
    }
    started.clear();
  }

  private static void showEndOfLog(ProcessNode node) {
    List<String> lines = node.printed().lines().toList();
    System.out.println("---- " + node.name());
    lines
        .subList(Math.max(0, lines.size() - SHOWN_LINES), lines.size())
        .forEach(System.out::println);
  }
}
