package io.quorate.core;

import org.jspecify.annotations.Nullable;

/**
 * The newest writes, kept for followers that are behind, bounded in bytes. A ring over consecutive
 * versions; the newest write is kept however large it is.
 */
final class Backlog {

  private final long limitBytes;

  /** Slot of version v: {@code v & (ring.length - 1)}. */
  private @Nullable Write[] ring = new Write[1024];

  /** {@code endBytes[slot]}: bytes of all writes given through that slot's version. */
  private long[] endBytes = new long[1024];

  /** Oldest version kept. Invariant: first <= last + 1; all of [first, last] are kept. */
  private long first = 1;

  /** Newest version given. */
  private long last;

  /** Bytes of all writes before {@link #first}. */
  private long droppedBytes;

  /** Bytes of all writes through {@link #last}. */
  private long givenBytes;

  Backlog(long limitBytes) {
    this.limitBytes = limitBytes;
  }

  long first() {
    return first;
  }

  long last() {
    return last;
  }

  long sizeBytes() {
    return givenBytes - droppedBytes;
  }

  /** Appends the write with the next version, and drops the oldest past the limit. */
  void append(Write write) {
    last++;
    assert write.version() == last;
    if (last - first >= ring.length) {
      grow();
    }
    givenBytes += write.mutation().sizeBytes();
    ring[slot(last)] = write;
    endBytes[slot(last)] = givenBytes;
    while (sizeBytes() > limitBytes && first < last) {
      droppedBytes = endBytes[slot(first)];
      ring[slot(first)] = null;
      first++;
    }
  }

  /** The write of this version, or null when it was dropped or not given yet. */
  @Nullable Write get(long version) {
    return version < first || version > last ? null : ring[slot(version)];
  }

  /** Bytes of the writes in (after, through], as far as they are kept. */
  long bytesBetween(long after, long through) {
    return Math.max(0, endOf(through) - endOf(after));
  }

  private long endOf(long version) {
    return version < first ? droppedBytes : endBytes[slot(Math.min(version, last))];
  }

  private int slot(long version) {
    return (int) version & (ring.length - 1);
  }

  private void grow() {
    @Nullable Write[] oldRing = ring;
    long[] oldEnds = endBytes;
    ring = new Write[oldRing.length * 2];
    endBytes = new long[oldRing.length * 2];
    for (long version = first; version < last; version++) {
      int from = (int) version & (oldRing.length - 1);
      ring[slot(version)] = oldRing[from];
      endBytes[slot(version)] = oldEnds[from];
    }
  }
}
