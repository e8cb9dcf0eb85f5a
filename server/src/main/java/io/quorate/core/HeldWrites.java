package io.quorate.core;

import java.util.ArrayDeque;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Writes that came while the leadership was being taken or handed over. They have no version yet,
 * and wait in the order in which they came.
 */
final class HeldWrites {

  private final LeaderLimits limits;
  private final ArrayDeque<WriteRequest> oldestFirst = new ArrayDeque<>();
  private long sizeBytes;

  HeldWrites(LeaderLimits limits) {
    this.limits = limits;
  }

  boolean isEmpty() {
    return oldestFirst.isEmpty();
  }

  void hold(WriteRequest write) {
    if (oldestFirst.size() >= limits.waitingWrites()) {
      refuse(
          write,
          oldestFirst.size() + " writes wait for the leadership to be settled, as many as may");
    } else if (sizeBytes >= limits.pendingBytes()) {
      refuse(
          write,
          "writes that wait for the leadership to be settled take "
              + sizeBytes
              + " bytes of "
              + limits.pendingBytes());
    } else {
      add(write);
    }
  }

  private static void refuse(WriteRequest write, String reason) {
    write.waiter().refused(new Refusal(Refusal.Kind.TOO_MANY_WAITING, reason));
  }

  private void add(WriteRequest write) {
    oldestFirst.add(write);
    sizeBytes += write.sizeBytes();
  }

  int size() {
    return oldestFirst.size();
  }

  /** Bytes of the keys and values. */
  long sizeBytes() {
    return sizeBytes;
  }

  /** Hands on those that need not wait any more, oldest first; the others keep their order. */
  void release(Predicate<WriteRequest> mustWait, Consumer<WriteRequest> taker) {
    for (int left = oldestFirst.size(); left > 0; left--) {
      WriteRequest write = oldestFirst.remove();
      sizeBytes -= write.sizeBytes();
      if (mustWait.test(write)) {
        add(write);
      } else {
        taker.accept(write);
      }
    }
  }

  /** Refuses those whose deadline has passed. */
  void expire(long nowNanos, String reason) {
    release(
        write -> write.deadlineNanos() > nowNanos,
        write -> write.waiter().refused(new Refusal(Refusal.Kind.NOT_LEADING, reason)));
  }
}
