package io.quorate.log;

/** When a snapshot is due, and what is known of the newest. Any thread. */
final class SnapshotPlan {

  private static final long RETRY_NANOS = 10_000_000_000L;

  private final long snapshotBytes;
  private boolean underWay;

  /** Whether the last one was given up, and when to try again. */
  private boolean givenUp;

  private long retryAtNanos;

  /** Of the newest: the log's position, size, last version. */
  private long position;

  private long bytes;
  private long version;

  SnapshotPlan(long snapshotBytes) {
    this.snapshotBytes = snapshotBytes;
  }

  synchronized boolean isDue(long logPosition, long nowNanos) {
    return !underWay
        && logPosition - position > Math.max(snapshotBytes, bytes)
        && !(givenUp && nowNanos - retryAtNanos < 0);
  }

  synchronized void begun() {
    if (underWay) {
      throw new IllegalStateException("a snapshot is under way");
    }
    underWay = true;
  }

  synchronized void isThere(SnapshotFile.Summary newest) {
    underWay = false;
    givenUp = false;
    position = newest.head().position();
    bytes = newest.bytes();
    version = newest.head().state().lastVersion();
  }

  synchronized void givenUp(long nowNanos) {
    underWay = false;
    givenUp = true;
    retryAtNanos = nowNanos + RETRY_NANOS;
  }

  synchronized long version() {
    return version;
  }

  synchronized long bytes() {
    return bytes;
  }
}
