package io.quorate.bench;

import io.quorate.loadgen.NodeUrl;
import io.quorate.loadgen.Refusal;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The closed loop that every HTTP store is measured by: wrk with one thread. */
final class Wrk {
  /** Connections where nothing else is said. */
  static final int CONNECTIONS = 32;

  /** So many of them where nothing else is said. */
  static final int KEYS = 100;

  private static final Duration SLACK = Duration.ofSeconds(20);

  /** What each request is: a script, which the jar carries. */
  enum Script {
    GET,
    PUT,
    FILL,
    ETCD
  }

  private final Bench bench;

  Wrk(Bench bench) {
    this.bench = bench;
  }

  /**
   * Loads a node for so long, on whole seconds.
   *
   * @param arguments of the script
   * @throws Refusal when not every answer was as it should be
   */
  WrkReport run(NodeUrl node, int connections, Duration length, Script script, String... arguments)
      throws Refusal {
    List<String> command = command(node, connections, length, script, arguments);
    return WrkReport.read(
        Command.run(
            "wrk", command, bench.scratch(), length.plus(SLACK), bench.surroundings().stop()));
  }

  private List<String> command(
      NodeUrl node, int connections, Duration length, Script script, String... arguments)
      throws Refusal {
    Path wrk = Tool.WRK.find();
    if (wrk == null) {
      throw Refusal.failed(Tool.WRK.missing());
    }
    List<String> command =
        new ArrayList<>(
            List.of(
                wrk.toString(),
                "-t1",
                "-c" + connections,
                "-d" + Math.max(1, length.toSeconds()) + "s",
                "--timeout",
                "10s",
                "--latency",
                "-s",
                file(script).toString(),
                node.toString(),
                "--"));
    command.addAll(List.of(arguments));
    return command;
  }

  private Path file(Script script) throws Refusal {
    String name = script.name().toLowerCase(Locale.ROOT) + ".lua";
    Path file = bench.scratch().resolve(name);
    try (InputStream packed = Wrk.class.getResourceAsStream(name)) {
      if (packed == null) {
        throw new IllegalStateException("the jar has no " + name);
      }
      if (!Files.exists(file)) {
        Files.copy(packed, file);
      }
      return file;
    } catch (IOException failed) {
      throw Refusal.failed("cannot write " + file + ": " + failed.getMessage());
    }
  }

  /**
   * GET of the 100 keys that {@link #puts} writes.
   *
   * @param deep so many requests are sent at once on each connection
   */
  double gets(NodeUrl node, int deep, Duration length) throws Refusal {
    return run(
            node, CONNECTIONS, length, Script.GET, Integer.toString(deep), Integer.toString(KEYS))
        .perSecond();
  }

  /** PUT of 64 bytes to 100 keys. */
  double puts(NodeUrl node, int quorum, Duration length) throws Refusal {
    return run(node, CONNECTIONS, length, Script.PUT, Integer.toString(quorum)).perSecond();
  }
}
