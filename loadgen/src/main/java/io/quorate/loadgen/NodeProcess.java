package io.quorate.loadgen;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A node that runs as a child of ours. What it prints goes to a file. Its standard input stays open
 * as long as we live: the node ends when it closes, even if we are killed.
 */
public final class NodeProcess implements AutoCloseable {
  private static final Pattern LISTENING = Pattern.compile("listening on (http://\\S+)");
  private static final Duration POLL = Duration.ofMillis(50);
  private static final Duration END_LIMIT = Duration.ofSeconds(5);
  private static final int KEPT_LINES = 5;

  private static final List<String> PASSED_ON =
      List.of("PATH", "HOME", "TMPDIR", "TZ", "LANG", "LC_ALL", "SystemRoot");

  private final String name;
  private final Process child;
  private final Path log;
  private final Thread drain;
  private final CompletableFuture<Optional<NodeUrl>> listening = new CompletableFuture<>();

  /** The last lines that it printed. Guarded by itself. */
  private final Deque<String> lastLines = new ArrayDeque<>();

  /** What a node may see of our environment: a variable meant for another node is not among it. */
  public static Map<String, String> passedOn() {
    Map<String, String> variables = new HashMap<>();
    for (String name : PASSED_ON) {
      String value = System.getenv(name);
      if (value != null) {
        variables.put(name, value);
      }
    }
    return variables;
  }

  private NodeProcess(String name, Process child, Path log) {
    this.name = name;
    this.child = child;
    this.log = log;
    drain = new Thread(this::drain, name + "-output");
    drain.setDaemon(true);
    drain.start();
  }

  /**
   * Starts a node.
   *
   * @param command what to run, with its arguments
   * @param variables all of its environment
   * @param log where its output goes
   * @throws Refusal when the command cannot be run
   */
  public static NodeProcess start(
      String name, Iterable<String> command, Map<String, String> variables, Path log)
      throws Refusal {
    ProcessBuilder builder = new ProcessBuilder().redirectErrorStream(true);
    command.forEach(builder.command()::add);
    builder.environment().clear();
    builder.environment().putAll(variables);
    try {
      return new NodeProcess(name, builder.start(), log);
    } catch (IOException failed) {
      throw Refusal.failed(name + " cannot be started: " + failed.getMessage());
    }
  }

  private void drain() {
    try (BufferedReader lines =
            new BufferedReader(
                new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8));
        PrintWriter file =
            new PrintWriter(Files.newBufferedWriter(log, StandardCharsets.UTF_8), true)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        file.println(line);
        keep(line);
        Matcher matcher = LISTENING.matcher(line);
        if (matcher.find()) {
          listening.complete(Optional.ofNullable(NodeUrl.parse(matcher.group(1))));
        }
      }
    } catch (IOException | UncheckedIOException cutOff) {
      keep("(output lost: " + cutOff.getMessage() + ")");
    } finally {
      listening.complete(Optional.empty());
    }
  }

  private void keep(String line) {
    synchronized (lastLines) {
      lastLines.addLast(line);
      if (lastLines.size() > KEPT_LINES) {
        lastLines.removeFirst();
      }
    }
  }

  /** As messages call it. */
  public String name() {
    return name;
  }

  /** Its number in the system. */
  public long pid() {
    return child.pid();
  }

  /**
   * Waits until the node listens.
   *
   * @throws Refusal with its last line when it ended instead, or does not listen within {@code
   *     limit}, or the user stopped us
   */
  public NodeUrl awaitListening(Duration limit, StopSignal stop) throws Refusal {
    long deadlineNanos = System.nanoTime() + limit.toNanos();
    while (!listening.isDone()) {
      if (stop.await(POLL)) {
        throw Refusal.failed("stopped before the cluster had started");
      }
      if (System.nanoTime() > deadlineNanos) {
        throw Refusal.failed(
            name + " does not listen after " + limit.toSeconds() + " s: see " + log);
      }
    }
    Optional<NodeUrl> url = listening.join();
    if (url.isEmpty()) {
      awaitEnd(Duration.ofSeconds(1));
      throw Refusal.failed(name + " did not start: " + lastLine());
    }
    return url.get();
  }

  /** How the node ended, in one line; null while it runs. */
  public @Nullable String ended() {
    return child.isAlive()
        ? null
        : name + " ended with status " + child.exitValue() + ", its last line: " + lastLine();
  }

  private String lastLine() {
    synchronized (lastLines) {
      return lastLines.isEmpty() ? "(it printed nothing)" : lastLines.getLast();
    }
  }

  /** Asks the node to end (SIGTERM), without waiting. */
  void terminate() {
    child.destroy();
  }

  /** Waits for the end for a bounded time, then kills the node and all that it started. */
  void awaitEndOrKill() {
    if (!awaitEnd(END_LIMIT)) {
      child.descendants().forEach(ProcessHandle::destroyForcibly);
      child.destroyForcibly();
      awaitEnd(END_LIMIT);
    }
  }

  /** Asks the node to end, waits for a bounded time, kills it. */
  @Override
  public void close() {
    terminate();
    awaitEndOrKill();
  }

  private boolean awaitEnd(Duration limit) {
    try {
      boolean ended = child.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
      drain.join(POLL.toMillis());
      return ended;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
