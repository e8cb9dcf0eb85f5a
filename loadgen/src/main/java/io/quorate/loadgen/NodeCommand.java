package io.quorate.loadgen;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command that starts a node out of the jar that this code runs from. */
public final class NodeCommand {
  /** Main class of a node. A name only: the load generator's code knows nothing of the server. */
  public static final String NODE_MAIN = "io.quorate.node.Main";

  /**
   * Six nodes share a machine: small heaps, and a collector without threads of its own. Without the
   * native access JDK 24 and newer warn of Netty's epoll.
   */
  private static final List<String> JVM_OPTIONS =
      List.of(
          "-Xms64m",
          "-Xmx512m",
          "-XX:+UseSerialGC",
          "-XX:+ExitOnOutOfMemoryError",
          "--enable-native-access=ALL-UNNAMED");

  private NodeCommand() {}

  /** Runs {@code mainClass}, from our own class path, on our own Java. */
  public static List<String> of(String mainClass) {
    return withOptions(mainClass, List.of());
  }

  /**
   * As {@link #of}.
   *
   * @param lastOptions of the virtual machine, in place of what every node is told
   */
  public static List<String> withOptions(String mainClass, List<String> lastOptions) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(JVM_OPTIONS);
    command.addAll(lastOptions);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), mainClass));
    return command;
  }
}
