package io.quorate.loadgen;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Writes over a number of connections, each of which sends its next write when the last one has
 * been answered. Runs follow one another on the same connections: a warm-up, then what is measured.
 */
final class ClosedLoop implements AutoCloseable {
  /** Pause of a connection whose write was refused or lost, so that failing does not spin. */
  private static final long FAILED_PAUSE_MILLIS = 20;

  private static final int OK = 200;

  private final List<HttpConnection> connections;
  private final WriteLog log;
  private final String query;
  private volatile boolean stopped;

  /**
   * @param quorum the {@code w} of every write
   * @param timeout how long the leader may take to confirm a write
   * @param answerLimit how long to wait for an answer of any kind
   */
  ClosedLoop(
      HttpClient client,
      NodeUrl leader,
      int connections,
      WriteLog log,
      String quorum,
      Duration timeout,
      Duration answerLimit) {
    this.connections =
        IntStream.range(0, connections)
            .mapToObj(each -> client.connection(leader, answerLimit))
            .toList();
    this.log = log;
    this.query = "?w=" + quorum + "&timeout=" + timeout.toMillis() + "ms";
  }

  /**
   * Starts {@code writes} writes. The future completes with the seconds from the first sent to the
   * last answered, on the event loop; after {@link #close} it does not.
   */
  CompletableFuture<Double> run(long writes, Recording recording) {
    Run run = new Run(writes, recording);
    connections.get(0).loop().execute(run::start);
    return run.done;
  }

  /**
   * Closes the connections, and returns when nothing more will be recorded: answers that still come
   * are not looked at. Not on the event loop.
   */
  void stop() {
    stopped = true;
    connections.forEach(HttpConnection::close);
    CompletableFuture.runAsync(() -> {}, connections.get(0).loop()).join();
  }

  @Override
  public void close() {
    stop();
  }

  private final class Run {
    private final long writes;
    private final Recording recording;
    private final CompletableFuture<Double> done = new CompletableFuture<>();
    private long startNanos;
    private long sent;
    private long answered;

    Run(long writes, Recording recording) {
      this.writes = writes;
      this.recording = recording;
    }

    void start() {
      startNanos = System.nanoTime();
      if (writes == 0) {
        done.complete(0.0);
      }
      connections.forEach(this::next);
    }

    private void next(HttpConnection connection) {
      if (stopped || sent == writes) {
        return;
      }
      sent++;
      long number = log.begin();
      Workload workload = log.workload();
      String target = "/v1/kv/" + Workload.keyName(workload.key(number)) + query;
      connection.send(
          Requests.put(target, workload.value(number)),
          answer -> answered(connection, number, answer));
    }

    private void answered(HttpConnection connection, long number, Answer answer) {
      if (stopped) {
        return;
      }
      @Nullable KeyVersion version = answer.status() == OK ? answer.version() : null;
      if (version != null) {
        recording.confirmed(answer.latencyNanos());
        log.confirmed(number, version);
      } else {
        recording.failed(kind(answer));
      }
      answered++;
      if (answered == writes) {
        done.complete((System.nanoTime() - startNanos) / 1e9);
      } else if (version != null) {
        next(connection);
      } else {
        nextAfterPause(connection);
      }
    }

    /** Nobody cancels the pause: what comes after it looks whether the loop was closed. */
    @SuppressWarnings("FutureReturnValueIgnored")
    private void nextAfterPause(HttpConnection connection) {
      connection
          .loop()
          .schedule(() -> next(connection), FAILED_PAUSE_MILLIS, TimeUnit.MILLISECONDS);
    }

    private static String kind(Answer answer) {
      if (!answer.arrived()) {
        return "no answer";
      }
      return answer.status() == OK ? "200 without a version" : Integer.toString(answer.status());
    }
  }
}
