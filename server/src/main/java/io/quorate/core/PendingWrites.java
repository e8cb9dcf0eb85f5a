package io.quorate.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The writes that are given and not confirmed, in version order: those still waited for, and those
 * past their deadline.
 *
 * <p>A list, oldest to newest, and a table by version, both linked through the writes themselves.
 * Consecutive versions fall into consecutive slots; one that stays long shares its slot with later
 * ones.
 */
final class PendingWrites {

  private @Nullable Write oldest;
  private @Nullable Write newest;

  /**
   * First write of each slot, the others by {@link Write#nextInSlot}. Slot of version v: {@code v &
   * (slots.length - 1)}. Invariant: size <= slots.length.
   */
  private @Nullable Write[] slots = new Write[64];

  /** Those of several mutations, by their first version. */
  private final TreeMap<Long, Write> several = new TreeMap<>();

  private int size;

  /** Bytes of all of them. */
  private long sizeBytes;

  /** How many are past their deadline. */
  private int overdue;

  /** No deadline that still runs is before it. */
  private long earliestDeadlineNanos = Long.MAX_VALUE;

  /** Adds a write that is newer than all. */
  void add(Write write) {
    if (size == slots.length) {
      grow();
    }
    Write before = newest;
    write.older = before;
    if (before == null) {
      oldest = write;
    } else {
      before.newer = write;
    }
    newest = write;
    enter(write);
    if (write.firstVersion() < write.version()) {
      several.put(write.firstVersion(), write);
    }
    size++;
    sizeBytes += write.sizeBytes();
    earliestDeadlineNanos = Math.min(earliestDeadlineNanos, write.deadlineNanos());
  }

  private void enter(Write write) {
    int slot = slot(write.version());
    write.nextInSlot = slots[slot];
    slots[slot] = write;
  }

  /** Doubles the table. */
  private void grow() {
    slots = new Write[2 * slots.length];
    for (Write write = oldest; write != null; write = write.newer) {
      enter(write);
    }
  }

  /** Takes the write out, if it is in. */
  void remove(Write write) {
    if (!leaveSlot(write)) {
      return;
    }
    Write before = write.older;
    Write after = write.newer;
    if (before == null) {
      oldest = after;
    } else {
      before.newer = after;
    }
    if (after == null) {
      newest = before;
    } else {
      after.older = before;
    }
    write.older = null;
    write.newer = null;
    if (!several.isEmpty()) {
      several.remove(write.firstVersion());
    }
    size--;
    sizeBytes -= write.sizeBytes();
    overdue -= write.isOverdue() ? 1 : 0;
  }

  private boolean leaveSlot(Write write) {
    int slot = slot(write.version());
    Write before = null;
    Write at = slots[slot];
    while (at != null && at != write) {
      before = at;
      at = at.nextInSlot;
    }
    if (at == null) {
      return false;
    }
    if (before == null) {
      slots[slot] = write.nextInSlot;
    } else {
      before.nextInSlot = write.nextInSlot;
    }
    write.nextInSlot = null;
    return true;
  }

  /** The write whose last version this is, or null when none is. */
  @Nullable Write get(long version) {
    Write write = slots[slot(version)];
    while (write != null && write.version() != version) {
      write = write.nextInSlot;
    }
    return write;
  }

  /** The write with this version among its own, or null when there is none. */
  @Nullable Write covering(long version) {
    Write found = get(version);
    if (found != null || several.isEmpty()) {
      return found;
    }
    Map.Entry<Long, Write> before = several.floorEntry(version);
    return before == null || before.getValue().version() < version ? null : before.getValue();
  }

  private int slot(long version) {
    return (int) version & (slots.length - 1);
  }

  /** How many are still within their deadline. */
  int waiting() {
    return size - overdue;
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
    return oldest;
  }

  /** Those in (after, through], oldest first; a list of its own. */
  List<Write> between(long after, long through) {
    List<Write> found = new ArrayList<>();
    for (Write write = oldest; write != null && write.version() <= through; write = write.newer) {
      if (write.version() > after) {
        found.add(write);
      }
    }
    return found;
  }

  /** Whether a write of the key with a version below {@code version} is pending. */
  boolean hasOlder(Key key, long version) {
    for (Write write = oldest; write != null && write.version() < version; write = write.newer) {
      for (Mutation mutation : write.mutations()) {
        if (mutation.key().equals(key)) {
          return true;
        }
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
