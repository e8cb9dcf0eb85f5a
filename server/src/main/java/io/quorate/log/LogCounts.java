package io.quorate.log;

import io.quorate.metrics.DurationCounts;

/**
 * How a log is doing.
 *
 * @param logBytes on the disk, of segments in use
 * @param snapshotVersion last version of the newest snapshot; 0 when there is none
 * @param snapshotBytes its size
 * @param position of all that was told
 * @param settled position through which it is settled
 * @param forced position through which it was forced
 * @param forces how many were done and how long they took
 */
public record LogCounts(
    long logBytes,
    long snapshotVersion,
    long snapshotBytes,
    long position,
    long settled,
    long forced,
    DurationCounts forces) {

  /** Bytes told and not settled yet. */
  public long queueBytes() {
    return position - settled;
  }
}
