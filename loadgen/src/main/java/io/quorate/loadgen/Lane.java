package io.quorate.loadgen;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One client of a load, with at most one request under way: a connection to each node that it has
 * sent to. Belongs to the event loop.
 */
final class Lane implements Consumer<Answer> {
  /** In place of an intended start: latency is measured from handing the request to the socket. */
  static final long WHEN_SENT = Long.MIN_VALUE;

  private static final int REQUEST_BYTES = 512;

  private final Traffic traffic;
  private final @Nullable HttpConnection[] connections;

  /** Encoded into again and again. Invariant: whoever else holds it has still to send it. */
  private ByteBuf request = ByteBufAllocator.DEFAULT.directBuffer(REQUEST_BYTES);

  private long intendedNanos;

  /** Of the write under way or the last one, or {@link Workload#NO_NUMBER} where that is a read. */
  private long number = Workload.NO_NUMBER;

  private boolean underWay;

  Lane(Traffic traffic, int nodes) {
    this.traffic = traffic;
    connections = new HttpConnection[nodes];
  }

  /** Sends the next request of the mix. Only when none is under way. */
  void send(long intendedStartNanos) {
    assert !underWay;
    intendedNanos = intendedStartNanos;
    underWay = true;
    if (request.refCnt() > 1) {
      request.release();
      request = ByteBufAllocator.DEFAULT.directBuffer(REQUEST_BYTES);
    }
    request.clear();
    int node = traffic.encodeNext(this, request);
    HttpConnection connection = connections[node];
    if (connection == null) {
      connection = traffic.connect(node);
      connections[node] = connection;
    }
    recording().sent();
    connection.send(request.retain(), false, this);
  }

  /** What {@link Traffic#encodeNext} chose: a write's number, or {@link Workload#NO_NUMBER}. */
  void carries(long writeNumber) {
    number = writeNumber;
  }

  @Override
  public void accept(Answer answer) {
    if (!underWay) {
      return;
    }
    underWay = false;
    boolean reading = number == Workload.NO_NUMBER;
    Recording recording = recording();
    boolean succeeded = reading ? isRead(answer) : isConfirmed(answer);
    if (succeeded) {
      long fromNanos = intendedNanos == WHEN_SENT ? answer.sentNanos() : intendedNanos;
      recording.succeeded(answer.arrivedNanos() - fromNanos);
    } else {
      boolean nameless = answer.status() == Answer.OK;
      recording.failed(nameless ? "200 without a version" : answer.kind());
    }
    if (!reading) {
      KeyVersion version = answer.version();
      if (succeeded && version != null) {
        traffic.log().confirmed(number, version);
      } else {
        traffic.log().unconfirmed(number);
      }
    }
    traffic.free(this, succeeded);
  }

  /** A key that is not there is an answer like any other. */
  private static boolean isRead(Answer answer) {
    return answer.status() == Answer.OK || answer.status() == Answer.NOT_FOUND;
  }

  private static boolean isConfirmed(Answer answer) {
    return answer.status() == Answer.OK && answer.version() != null;
  }

  /** Of the operation under way or the last one. */
  private Recording recording() {
    return number == Workload.NO_NUMBER
        ? traffic.recording().reads()
        : traffic.recording().writes();
  }

  /** When the request under way or the last one was to start. */
  long intendedNanos() {
    return intendedNanos;
  }

  /** Closes its connections. A request under way has failed; a write stays unconfirmed. */
  void close() {
    if (underWay) {
      recording().failed("no answer before the end");
      if (number != Workload.NO_NUMBER) {
        traffic.log().unconfirmed(number);
      }
    }
    underWay = false;
    for (HttpConnection connection : connections) {
      if (connection != null) {
        connection.close();
      }
    }
    request.release();
  }
}
