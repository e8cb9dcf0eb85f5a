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
 * @param timeouts how long what may take
 * @param maxRequests requests of all connections that wait for their answer, beyond which those for
 *     keys are answered 429
 * @param maxAnswerBytes bytes of answers that clients have not taken, all connections together,
 *     beyond which requests for keys are answered 503
 * @param watching how clients may watch
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
    Timeouts timeouts,
    int maxRequests,
    long maxAnswerBytes,
    Watching watching,
    boolean testDoor) {

  /**
   * How clients may watch.
   *
   * @param most watches open at a time, beyond which the answer is 503
   * @param heartbeatNanos silence after which a watch is told that the node is there
   */
  public record Watching(int most, long heartbeatNanos) {

    /** What a node gives unless it is told otherwise. */
    public static final Watching DEFAULT = new Watching(1000, TimeUnit.SECONDS.toNanos(5));
  }

  /**
   * How long a client may take.
   *
   * @param idleNanos how long a connection may stay on which nothing goes on and no request waits
   *     for its answer; one that carried a request of a leader ten times as long
   * @param headNanos from the first byte of a head to its last
   * @param bodyNanos from the first byte of a body to its last; ten times as long for requests
   *     under {@code /v1/replication/}
   * @param answerNanos how long a client may take nothing of what is sent to it
   */
  public record Timeouts(long idleNanos, long headNanos, long bodyNanos, long answerNanos) {

    /** What a node gives unless it is told otherwise. */
    public static final Timeouts DEFAULT =
        new Timeouts(
            TimeUnit.SECONDS.toNanos(60),
            TimeUnit.SECONDS.toNanos(10),
            TimeUnit.SECONDS.toNanos(60),
            TimeUnit.SECONDS.toNanos(30));
  }

  /** The part of the heap that bodies may take while they are received. */
  private static final int HEAP_SHARE = 8;

  /** The part that answers may: most of their bytes are the store's own. */
  private static final int ANSWERS_HEAP_SHARE = 4;

  private static final int MAX_REQUESTS = 100_000;

  /** What a node takes unless it is told otherwise; without the test door. */
  public static final HttpOptions DEFAULT =
      new HttpOptions(1 << 20, 16 << 20, 8 << 10, 16 << 10, 10_000, 128, false);

  /** With the timeouts and the limits of what all connections hold left as they are. */
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
        Timeouts.DEFAULT,
        MAX_REQUESTS,
        Runtime.getRuntime().maxMemory() / ANSWERS_HEAP_SHARE,
        Watching.DEFAULT,
        testDoor);
  }

  /** The same with other timeouts. */
  public HttpOptions with(Timeouts other) {
    return with(other, maxRequests, maxAnswerBytes);
  }

  /** The same with other timeouts, and other limits of what all connections hold. */
  public HttpOptions with(Timeouts other, int requests, long answerBytes) {
    return with(other, requests, answerBytes, watching);
  }

  /** The same for who watches otherwise. */
  public HttpOptions with(Watching other) {
    return with(timeouts, maxRequests, maxAnswerBytes, other);
  }

  private HttpOptions with(
      Timeouts otherTimeouts, int requests, long answerBytes, Watching otherWatching) {
    return new HttpOptions(
        maxValueBytes,
        maxReplicationBytes,
        maxReceivedBytes,
        maxInitialLineBytes,
        maxHeaderBytes,
        maxConnections,
        maxPipelinedRequests,
        otherTimeouts,
        requests,
        answerBytes,
        otherWatching,
        testDoor);
  }
}
