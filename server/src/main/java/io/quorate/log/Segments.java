package io.quorate.log;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** The full segments of a log, oldest first. The log's thread adds, a snapshot's takes away. */
final class Segments {

  /**
   * One that is not written any more.
   *
   * @param end position behind its last record
   */
  record Full(long number, long end, long sizeBytes) {}

  private final Storage storage;
  private final Deque<Full> full = new ArrayDeque<>();

  /** Of {@link #full}. */
  private long bytes;

  Segments(Storage storage) {
    this.storage = storage;
  }

  synchronized void add(Full segment) {
    full.addLast(segment);
    bytes += segment.sizeBytes();
  }

  synchronized long bytes() {
    return bytes;
  }

  /** Deletes those that have no record at or behind the position. */
  void dropBefore(long position) throws IOException {
    for (Full segment : takeBefore(position)) {
      storage.delete(SegmentFormat.name(segment.number()));
    }
  }

  private synchronized List<Full> takeBefore(long position) {
    List<Full> taken = new ArrayList<>();
    while (!full.isEmpty() && full.getFirst().end() <= position) {
      Full segment = full.removeFirst();
      bytes -= segment.sizeBytes();
      taken.add(segment);
    }
    return taken;
  }
}
