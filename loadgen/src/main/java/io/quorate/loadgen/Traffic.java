package io.quorate.loadgen;

import io.netty.buffer.ByteBuf;
import io.quorate.charts.Sweep;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes of a mix over a number of lanes. Runs follow one another on the same
 * connections: a warm-up, then what is measured. Apart from the recording nothing here grows with a
 * run's length.
 */
final class Traffic implements AutoCloseable {
  private static final int LEADER = 0;

  /** How much longer than the leader may take a client waits for its answer. */
  private static final Duration ANSWER_SLACK = Duration.ofSeconds(2);

  /** Draws reads apart from the writes, which draw by the same seed. */
  private static final long READS_SALT = 0x5DEECE66DL;

  /**
   * What is loaded, and by what.
   *
   * @param quorum the {@code w} of every write; null: the leader's own
   * @param timeout how long the leader may take to confirm a write
   * @param answerLimit how long to wait for an answer of any kind
   */
  record Shape(
      NodeUrl leader,
      List<NodeUrl> followers,
      int lanes,
      Mix mix,
      @Nullable Integer quorum,
      Duration timeout,
      Duration answerLimit) {

    Shape(
        NodeUrl leader,
        List<NodeUrl> followers,
        int lanes,
        Mix mix,
        @Nullable Integer quorum,
        Duration timeout) {
      this(leader, followers, lanes, mix, quorum, timeout, timeout.plus(ANSWER_SLACK));
    }
  }

  private final HttpClient client;
  private final Shape shape;
  private final WriteLog log;
  private final List<NodeUrl> nodes = new ArrayList<>();
  private final LoadRequests requests;
  private final SplittableRandom random;
  private final List<Lane> lanes;

  /** Of the run under way. Belong to the event loop. */
  private PassRecording recording = new PassRecording();

  private @Nullable Pace pace;
  private long writesBegun;
  private boolean stopped;

  Traffic(HttpClient client, Shape shape, WriteLog log) {
    this.client = client;
    this.shape = shape;
    this.log = log;
    nodes.add(shape.leader());
    nodes.addAll(shape.followers());
    Workload workload = log.workload();
    requests = new LoadRequests(nodes, workload.keys().keys(), shape.quorum(), shape.timeout());
    random = new SplittableRandom(workload.seed() ^ READS_SALT);
    lanes =
        IntStream.range(0, shape.lanes()).mapToObj(each -> new Lane(this, nodes.size())).toList();
  }

  /** Each lane sends its next request when the last has been answered. */
  CompletableFuture<RunEnd> closed(Quota quota, PassRecording into) {
    return run(new ClosedLoop(this, client.loop(), quota), into);
  }

  /** Requests start as the schedule says, on whichever lane is free; until one is, they wait. */
  CompletableFuture<RunEnd> open(ArrivalSchedule schedule, Quota quota, PassRecording into) {
    return run(new OpenLoop(this, client.loop(), schedule, quota), into);
  }

  private CompletableFuture<RunEnd> run(Pace next, PassRecording into) {
    client
        .loop()
        .execute(
            () -> {
              recording = into;
              writesBegun = 0;
              pace = next;
              next.start(lanes);
            });
    return next.done();
  }

  /** Lets the requests of the run under way end, and sends no more. From any thread. */
  void end() {
    client
        .loop()
        .execute(
            () -> {
              if (pace != null) {
                pace.end();
              }
            });
  }

  /** Of the run under way. */
  PassRecording recording() {
    return recording;
  }

  WriteLog log() {
    return log;
  }

  /** How many writes the run under way has begun. */
  long writesBegun() {
    return writesBegun;
  }

  HttpConnection connect(int node) {
    return client.connection(nodes.get(node), shape.answerLimit());
  }

  /** Draws the next request for a lane, encodes it, and returns the number of its node. */
  int encodeNext(Lane lane, ByteBuf out) {
    Workload workload = log.workload();
    double reads = shape.mix().reads();
    if (reads > 0 && random.nextDouble() < reads) {
      lane.carries(Workload.NO_NUMBER);
      int node = nodeToReadFrom();
      requests.get(node, workload.keys().key(random.nextDouble()), out);
      return node;
    }
    long number = log.begin();
    writesBegun++;
    lane.carries(number);
    requests.put(workload.key(number), workload.value(number), out);
    return LEADER;
  }

  /** Draws a request that is due and never will be sent: it has failed. */
  void drop() {
    double reads = shape.mix().reads();
    if (reads > 0 && random.nextDouble() < reads) {
      recording.reads().dropped();
    } else {
      writesBegun++;
      recording.writes().dropped();
    }
  }

  private int nodeToReadFrom() {
    Sweep.ReadFrom from = shape.mix().readFrom();
    return switch (from) {
      case LEADER -> LEADER;
      case FOLLOWERS -> random.nextInt(LEADER + 1, nodes.size());
      case BOTH -> random.nextInt(nodes.size());
    };
  }

  void free(Lane lane, boolean succeeded) {
    if (!stopped && pace != null) {
      pace.free(lane, succeeded);
    }
  }

  boolean isStopped() {
    return stopped;
  }

  /**
   * Closes the connections, and returns when nothing more will be recorded: answers that still come
   * are not looked at, and a run under way never is done. Not on the event loop.
   */
  @Override
  public void close() {
    CompletableFuture.runAsync(this::stop, client.loop()).join();
  }

  private void stop() {
    if (!stopped) {
      stopped = true;
      if (pace != null) {
        pace.stopped();
      }
      lanes.forEach(Lane::close);
    }
  }
}
