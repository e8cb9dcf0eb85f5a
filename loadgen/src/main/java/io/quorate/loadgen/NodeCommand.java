package io.quorate.loadgen;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The command that starts a node out of the jar that this code runs from. */
final class NodeCommand {
  /** Main class of a node. A name only: the load generator's code knows nothing of the server. */
  static final String NODE_MAIN = "io.quorate.node.Main";

  /** The options of Java that every node runs with. A name only, likewise. */
  private static final String OPTIONS = "/io/quorate/node/java.options";

  /** Beside the jar, where {@code ./quorate} made it: how a node starts faster out of it. */
  private static final String START_OPTIONS = ".options";

  /** Six nodes share a machine. */
  private static final String HEAP = "-Xmx512m";

  private NodeCommand() {}

  /** Runs {@code mainClass}, from our own class path, on our own Java. */
  static List<String> of(String mainClass) {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    String classPath = System.getProperty("java.class.path");
    List<String> command = new ArrayList<>();
    command.add(java.toString());
    command.addAll(options());
    command.add(HEAP);
    Path startOptions = Path.of(classPath + START_OPTIONS);
    if (Files.isReadable(startOptions)) {
      command.add("@" + startOptions);
    }
    command.addAll(List.of("-cp", classPath, mainClass));
    return command;
  }

  /** The lines of the argument file that are no comment. */
  private static List<String> options() {
    InputStream file = NodeCommand.class.getResourceAsStream(OPTIONS);
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(Objects.requireNonNull(file), StandardCharsets.UTF_8))) {
      return lines
          .lines()
          .map(String::strip)
          .filter(line -> !line.isEmpty() && !line.startsWith("#"))
          .toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
