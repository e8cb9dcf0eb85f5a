package io.quorate.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A node that is a process of its own on loopback, run from the packaged jar. */
final class ProcessNode implements NodeHandle {

  private static final Pattern LISTENING = Pattern.compile("listening on (http://\\S+)");
  private static final long EXIT_LIMIT_SECONDS = 20;

  private final String name;
  private final Map<String, String> variables;
  private final int heapMegabytes;
  private final Path log;

  /** Its present or latest life. */
  private @Nullable Process process;

  /** What the log held when that life began. */
  private int logStart;

  /** Null before it listened for the first time. */
  private @Nullable String url;

  /**
   * @param variables what it is told beside its address
   * @param log where all its lives print to
   */
  ProcessNode(String name, Map<String, String> variables, int heapMegabytes, Path log) {
    this.name = name;
    this.variables = Map.copyOf(variables);
    this.heapMegabytes = heapMegabytes;
    this.log = log;
  }

  @Override
  public void start() {
    spawn();
    awaitListening();
  }

  /** Starts the process, under the port that it had, and does not wait. */
  void spawn() {
    Map<String, String> told = new LinkedHashMap<>();
    told.put("BIND_ADDRESS", "127.0.0.1");
    told.put("PORT", url == null ? "0" : url.substring(url.lastIndexOf(':') + 1));
    told.put("TEST_DOOR", "true");
    told.put("EXIT_ON_STDIN_CLOSE", "true");
    told.putAll(variables);
    List<String> command =
        List.of(
            Jars.java(),
            "-Xmx" + heapMegabytes + "m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-jar",
            Jars.SERVER.toString());
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(
                process == null
                    ? ProcessBuilder.Redirect.to(log.toFile())
                    : ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().clear();
    builder.environment().putAll(Jars.environment(told));
    try {
      Files.createDirectories(log.toAbsolutePath().getParent());
      logStart = process == null ? 0 : printed().length();
      process = builder.start();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    LeftOver.killIfWeEnd(process);
  }

  void awaitListening() {
    url =
        Eventually.present(
            name + " listens",
            () -> {
              Matcher listening = LISTENING.matcher(printed().substring(logStart));
              if (listening.find()) {
                return listening.group(1);
              }
              if (!life().isAlive()) {
                throw new AssertionError(name + " ended at its start:\n" + printed());
              }
              return null;
            });
  }

  @Override
  public String printed() {
    try {
      return Files.readString(log, StandardCharsets.UTF_8);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String url() {
    if (url == null) {
      throw new IllegalStateException(name + " was never started");
    }
    return url;
  }

  @Override
  public NodeClient client() {
    return new NodeClient(url());
  }

  @Override
  public void kill() {
    life().destroyForcibly();
    awaitExit();
  }

  /** The signal alone: {@link Process#destroy} would close standard input as well. */
  @Override
  public void askToStop() {
    signal("TERM");
  }

  /** Ends its standard input. */
  void closeStandardInput() {
    try {
      life().getOutputStream().close();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  @Override
  public int awaitExit() {
    try {
      if (!life().waitFor(EXIT_LIMIT_SECONDS, TimeUnit.SECONDS)) {
        throw new AssertionError(name + " has not ended after " + EXIT_LIMIT_SECONDS + " s");
      }
      return life().exitValue();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while " + name + " was to end", interrupted);
    }
  }

  /** Returns when no thread of it runs: some go on for a while after the signal was sent. */
  @Override
  public void pause() {
    signal("STOP");
    Eventually.asserted(() -> assertThat(statesOfThreads()).as(name).containsOnly('T'));
  }

  /** Of each thread where Linux tells, of the whole elsewhere. */
  private Set<Character> statesOfThreads() throws IOException {
    Path threads = Path.of("/proc", Long.toString(life().pid()), "task");
    if (!Files.isDirectory(threads)) {
      String[] ps = {"ps", "-o", "state=", "-p", Long.toString(life().pid())};
      try (InputStream told = new ProcessBuilder(ps).start().getInputStream()) {
        return Set.of((char) told.read());
      }
    }
    Set<Character> states = new HashSet<>();
    try (DirectoryStream<Path> each = Files.newDirectoryStream(threads)) {
      for (Path thread : each) {
        String stat = Files.readString(thread.resolve("stat"));
        states.add(stat.charAt(stat.lastIndexOf(')') + 2));
      }
    }
    return states;
  }

  @Override
  public void resume() {
    signal("CONT");
  }

  private void signal(String signal) {
    try {
      Process kill =
          new ProcessBuilder("kill", "-" + signal, Long.toString(life().pid())).inheritIO().start();
      if (kill.waitFor() != 0) {
        throw new AssertionError("kill -" + signal + " of " + name + " failed");
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted before " + name + " got its signal", interrupted);
    }
  }

  private Process life() {
    if (process == null) {
      throw new IllegalStateException(name + " was never started");
    }
    return process;
  }

  @Override
  public void discard() {
    if (process != null) {
      kill();
    }
  }
}
