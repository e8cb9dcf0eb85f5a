package io.quorate.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

  /** Null when it keeps nothing on a disk. */
  private final @Nullable DiskDirectory disk;

  /** Its present or latest life. */
  private @Nullable Process process;

  /** What the log held when that life began. */
  private int logStart;

  private String url = "http://127.0.0.1:" + FreePorts.next();

  /**
   * @param variables what it is told beside its address; all its lives have the same port
   * @param log where all its lives print to
   * @param disk what all its lives keep
   */
  ProcessNode(
      String name,
      Map<String, String> variables,
      int heapMegabytes,
      Path log,
      @Nullable DiskDirectory disk) {
    this.name = name;
    this.variables = Map.copyOf(variables);
    this.heapMegabytes = heapMegabytes;
    this.log = log;
    this.disk = disk;
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
    told.put("PORT", url.substring(url.lastIndexOf(':') + 1));
    told.put("TEST_DOOR", "true");
    told.put("EXIT_ON_STDIN_CLOSE", "true");
    told.putAll(variables);
    if (disk != null) {
      told.put("DATA_DIR", disk.path().toString());
    }
    List<String> command = new ArrayList<>(List.of(Jars.java(), "-Xmx" + heapMegabytes + "m"));
    command.addAll(ClassCache.options());
    command.addAll(List.of("-jar", Jars.SERVER.toString()));
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
              Matcher listening = LISTENING.matcher(printedInThisLife());
              if (listening.find()) {
                return listening.group(1);
              }
              if (!life().isAlive()) {
                throw new AssertionError(name + " ended at its start:\n" + printed());
              }
              return null;
            });
  }

  /** What its present or latest life has printed. */
  String printedInThisLife() {
    return printed().substring(logStart);
  }

  @Override
  public String printed() {
    try {
      return Files.exists(log) ? Files.readString(log, StandardCharsets.UTF_8) : "";
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
    ProcessSignals.send("TERM", life());
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

  @Override
  public void pause() {
    ProcessSignals.stop(name, life());
  }

  @Override
  public void resume() {
    ProcessSignals.send("CONT", life());
  }

  private Process life() {
    if (process == null) {
      throw new IllegalStateException(name + " was never started");
    }
    return process;
  }

  @Override
  public void wipe() {
    disk().wipe();
  }

  boolean hasDisk() {
    return disk != null;
  }

  /** What all its lives keep. */
  DiskDirectory disk() {
    if (disk == null) {
      throw new IllegalStateException(name + " has no disk");
    }
    return disk;
  }

  /** Of its present life. */
  long processId() {
    return life().pid();
  }

  @Override
  public boolean isRunning() {
    return process != null && process.isAlive();
  }

  @Override
  public void discard() {
    if (process != null) {
      kill();
    }
  }
}
