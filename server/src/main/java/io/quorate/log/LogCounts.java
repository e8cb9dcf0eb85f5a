package io.quorate.log;

import org.HdrHistogram.Histogram;

/**
 * How a log is doing.
 *
 * @param logBytes on the disk, of segments in use
 * @param snapshotVersion last version of the newest snapshot; 0 when there is none
 * @param snapshotBytes its size
 * @param position of all that was told
 * @param settled position through which it is settled
 * @param forced position through which it was forced
 * @param forces how many were done
 * @param forceNanos how long each took
 */
public record LogCounts(
    long logBytes,
    long snapshotVersion,
    long snapshotBytes,
    long position,
    long settled,
    long forced,
    long forces,
    Histogram forceNanos) {

  /** Bytes told and not settled yet. */
  public long queueBytes() {
    return position - settled;
  }
}
