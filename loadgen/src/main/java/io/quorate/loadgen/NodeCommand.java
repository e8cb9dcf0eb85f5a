package io.quorate.loadgen;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** The command that starts a node out of the jar that this code runs from. */
public final class NodeCommand {
  /** Main class of a node. A name only: the load generator's code knows nothing of the server. */
  public static final String NODE_MAIN = "io.quorate.node.Main";

  /** The options of Java that every node runs with. A name only, likewise. */
  private static final String OPTIONS = "/io/quorate/node/java.options";

  /** Beside the jar, where {@code ./quorate} made it: how a node starts faster out of it. */
  private static final String START_OPTIONS = ".options";

  /** Six nodes share a machine. */
  private static final String HEAP = "-Xmx512m";

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
    return of(mainClass, System.getProperty("java.class.path"), lastOptions);
  }

  static List<String> of(String mainClass, String classPath, List<String> lastOptions) {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    List<String> command = new ArrayList<>();
    command.add(java.toString());
    command.addAll(options());
    String startOptions = classPath + START_OPTIONS;
    if (new File(startOptions).canRead()) {
      command.add("@" + startOptions);
    }
    command.addAll(lastOptions);
    command.addAll(List.of("-cp", classPath, mainClass));
    return command;
  }

  /** The options of Java that each of several nodes on one machine runs with. */
  public static List<String> options() {
    InputStream file = NodeCommand.class.getResourceAsStream(OPTIONS);
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(Objects.requireNonNull(file), StandardCharsets.UTF_8))) {
      Stream<String> ofEveryNode =
          lines.lines().map(String::strip).filter(line -> !line.isEmpty() && !line.startsWith("#"));
      return Stream.concat(ofEveryNode, Stream.of(HEAP)).toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
