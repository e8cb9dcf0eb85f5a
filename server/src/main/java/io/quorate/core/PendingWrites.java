package io.quorate.core;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The writes that are given and not confirmed, in version order: those still waited for, and those
 * past their deadline.
 */
final class PendingWrites {

  private final LinkedHashMap<Long, Write> byVersion = new LinkedHashMap<>();

  /** Bytes of all of them. */
  private long sizeBytes;

  /** How many are past their deadline. */
  private int overdue;

  /** No deadline that still runs is before it. */
  private long earliestDeadlineNanos = Long.MAX_VALUE;

  void add(Write write) {
    byVersion.put(write.version(), write);
    sizeBytes += write.mutation().sizeBytes();
    earliestDeadlineNanos = Math.min(earliestDeadlineNanos, write.deadlineNanos());
  }

  void remove(Write write) {
    if (byVersion.remove(write.version()) != null) {
      sizeBytes -= write.mutation().sizeBytes();
      overdue -= write.isOverdue() ? 1 : 0;
    }
  }

  @Nullable Write get(long version) {
    return byVersion.get(version);
  }

  /** How many are still within their deadline. */
  int waiting() {
    return byVersion.size() - overdue;
  }

  /** How many are past their deadline. */
  int overdue() {
    return overdue;
  }

  long sizeBytes() {
    return sizeBytes;
  }

  /** The one with the lowest version, or null when there is none. */
  @Nullable Write oldest() {
    Iterator<Write> writes = byVersion.values().iterator();
    return writes.hasNext() ? writes.next() : null;
  }

  /** Those in (after, through], oldest first; a list of its own. */
  List<Write> between(long after, long through) {
    List<Write> found = new ArrayList<>();
    for (Write write : byVersion.values()) {
      if (write.version() > through) {
        break;
      }
      if (write.version() > after) {
        found.add(write);
      }
    }
    return found;
  }

  /** Whether a write of the key with a version below {@code version} is pending. */
  boolean hasOlder(Key key, long version) {
    for (Write write : byVersion.values()) {
      if (write.version() >= version) {
        return false;
      }
      if (write.mutation().key().equals(key)) {
        return true;
      }
    }
    return false;
  }

  /** Marks those whose deadline has passed, and answers whoever waits for them. */
  void expire(long nowNanos) {
    if (nowNanos < earliestDeadlineNanos) {
      return;
    }
    earliestDeadlineNanos = Long.MAX_VALUE;
    for (Write write : between(0, Long.MAX_VALUE)) {
      if (write.isOverdue()) {
        continue;
      }
      if (write.deadlineNanos() <= nowNanos) {
        overdue++;
        write.markOverdue();
      } else {
        earliestDeadlineNanos = Math.min(earliestDeadlineNanos, write.deadlineNanos());
      }
    }
  }

  /** Answers everyone who waits that nobody will know. */
  void abandon() {
    for (Write write : between(0, Long.MAX_VALUE)) {
      write.answer(Waiter.Answer.UNKNOWN);
    }
  }
}
