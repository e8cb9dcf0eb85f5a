package io.quorate.http;

import java.util.concurrent.TimeUnit;

/**
 * Bounds on what one HTTP server takes in.
 *
 * @param maxValueBytes largest body of a request, those between nodes excepted
 * @param maxReplicationBytes largest body of a request under {@code /v1/replication/}
 * @param maxReceivedBytes memory for bodies that are being received, all connections together,
 *     beyond which they are answered 503; one largest body always fits. Requests under {@code
 *     /v1/replication/} have as much for themselves, and at least two of their largest
 * @param maxInitialLineBytes longest request line, beyond which the answer is 414
 * @param maxHeaderBytes all header fields of a request together, beyond which the answer is 431
 * @param maxConnections connections open at a time; those beyond are told 503 and closed
 * @param maxPipelinedRequests requests of one connection that wait for their answer at a time;
 *     beyond them nothing more is read
 * @param idleTimeoutNanos how long a connection may stay on which nothing goes on and no request
 *     waits for its answer; one that carried a request of a leader ten times as long
 * @param testDoor whether {@code /v1/test/alter} exists
 */
public record HttpOptions(
    int maxValueBytes,
    int maxReplicationBytes,
    long maxReceivedBytes,
    int maxInitialLineBytes,
    int maxHeaderBytes,
    int maxConnections,
    int maxPipelinedRequests,
    long idleTimeoutNanos,
    boolean testDoor) {

  private static final long IDLE_TIMEOUT_NANOS = TimeUnit.SECONDS.toNanos(60);

  /** The part of the heap that bodies may take while they are received. */
  private static final int HEAP_SHARE = 8;

  /** What a node takes unless it is told otherwise; without the test door. */
  public static final HttpOptions DEFAULT =
      new HttpOptions(1 << 20, 16 << 20, 8 << 10, 16 << 10, 10_000, 128, false);

  /** With an eighth of the heap for bodies being received, and a minute for an idle connection. */
  public HttpOptions(
      int maxValueBytes,
      int maxReplicationBytes,
      int maxInitialLineBytes,
      int maxHeaderBytes,
      int maxConnections,
      int maxPipelinedRequests,
      boolean testDoor) {
    this(
        maxValueBytes,
        maxReplicationBytes,
        Runtime.getRuntime().maxMemory() / HEAP_SHARE,
        maxInitialLineBytes,
        maxHeaderBytes,
        maxConnections,
        maxPipelinedRequests,
        IDLE_TIMEOUT_NANOS,
        testDoor);
  }
}
