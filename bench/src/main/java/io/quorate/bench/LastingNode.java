package io.quorate.bench;

import io.quorate.loadgen.Answer;
import io.quorate.loadgen.LocalCluster;
import io.quorate.loadgen.NodeProcess;
import io.quorate.loadgen.NodeUrl;
import io.quorate.loadgen.Refusal;
import io.quorate.loadgen.Request;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A node that can be killed and comes back where it was, with what its directory holds. */
final class LastingNode implements AutoCloseable {
  private static final Duration READY_LIMIT = Duration.ofMinutes(2);
  private static final Duration END_LIMIT = Duration.ofSeconds(10);
  private static final Duration POLL = Duration.ofMillis(5);

  private final Bench bench;
  private final String name;
  private final NodeUrl url;
  private final Path data;
  private final Map<String, String> variables;
  private @Nullable NodeProcess running;

  /** Not started yet. */
  LastingNode(Bench bench, String name, int port, Path data, Map<String, String> variables) {
    this.bench = bench;
    this.name = name;
    this.url = new NodeUrl(LocalCluster.HOST, port);
    this.data = data;
    this.variables = Map.copyOf(variables);
  }

  /** Starts it without waiting. */
  NodeProcess start(Map<String, String> more) throws Refusal {
    if (running != null) {
      throw new IllegalStateException(name + " runs");
    }
    Map<String, String> all = new HashMap<>(variables);
    all.put("DATA_DIR", data.toString());
    all.putAll(more);
    NodeProcess started = bench.node(name, url.port(), all);
    running = started;
    return started;
  }

  /** Starts it, and returns the seconds until it is ready. */
  double startReady(Map<String, String> more) throws Refusal {
    long startNanos = System.nanoTime();
    return bench.awaitReady(start(more), url, startNanos, READY_LIMIT);
  }

  /** Starts it, and waits until it answers at all. */
  void startAnswering() throws Refusal {
    start(Map.of());
    long deadlineNanos = System.nanoTime() + READY_LIMIT.toNanos();
    while (bench.client().ask(url, Request.get("/livez"), END_LIMIT).status() != Answer.OK) {
      String ended = ended();
      if (ended != null) {
        throw Refusal.failed(ended);
      }
      if (System.nanoTime() > deadlineNanos) {
        throw Refusal.failed(
            name + " does not answer after " + READY_LIMIT.toSeconds() + " s: see /livez");
      }
      bench.pause(POLL);
    }
  }

  /** Kills it at once, as the system does that is out of memory, and waits until it is gone. */
  void kill() throws Refusal {
    NodeProcess killed = running;
    if (killed == null) {
      throw new IllegalStateException(name + " does not run");
    }
    ProcessHandle.of(killed.pid()).ifPresent(ProcessHandle::destroyForcibly);
    long deadlineNanos = System.nanoTime() + END_LIMIT.toNanos();
    while (killed.ended() == null) {
      if (System.nanoTime() > deadlineNanos) {
        throw Refusal.failed(name + " runs on though it was killed");
      }
      bench.pause(POLL);
    }
    close();
  }

  /** How it ended though nobody asked it to, in one line; null while all is well. */
  @Nullable String ended() {
    return running == null ? null : running.ended();
  }

  NodeUrl url() {
    return url;
  }

  /** Where it keeps what it holds. */
  Path data() {
    return data;
  }

  @Override
  public void close() {
    if (running != null) {
      running.close();
      running = null;
    }
  }
}
