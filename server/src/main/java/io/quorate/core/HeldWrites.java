package io.quorate.core;

import java.util.ArrayDeque;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Writes that came while the leadership was being taken or handed over. They have no version yet,
 * and wait in the order in which they came.
 */
final class HeldWrites {

  /** A write as it was asked for; the value's bytes are its own. */
  @SuppressWarnings("ArrayRecordComponent")
  record Held(Key key, byte @Nullable [] value, int required, long deadlineNanos, Waiter waiter) {
    long sizeBytes() {
      return key.bytes().length + (value == null ? 0L : value.length);
    }
  }

  private final LeaderLimits limits;
  private final ArrayDeque<Held> oldestFirst = new ArrayDeque<>();
  private long sizeBytes;

  HeldWrites(LeaderLimits limits) {
    this.limits = limits;
  }

  boolean isEmpty() {
    return oldestFirst.isEmpty();
  }

  void hold(Held write) {
    if (oldestFirst.size() >= limits.waitingWrites() || sizeBytes >= limits.pendingBytes()) {
      write
          .waiter()
          .refused(
              new Refusal(
                  Refusal.Kind.TOO_MANY_WAITING,
                  oldestFirst.size()
                      + " writes wait for the leadership to be settled, as many as may"));
      return;
    }
    add(write);
  }

  private void add(Held write) {
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
  void release(Predicate<Held> mustWait, Consumer<Held> taker) {
    for (int left = oldestFirst.size(); left > 0; left--) {
      Held write = oldestFirst.remove();
      sizeBytes -= write.sizeBytes();
      if (mustWait.test(write)) {
        add(write);
      } else {
        taker.accept(write);
      }
    }
  }

  /** Sends all that wait to where the leader is now. */
  void redirect(String url) {
    Refusal moved = new Refusal(Refusal.Kind.MOVED, "the leader is at " + url, url);
    release(write -> false, write -> write.waiter().refused(moved));
  }

  /** Refuses those whose deadline has passed. */
  void expire(long nowNanos, String reason) {
    release(
        write -> write.deadlineNanos() > nowNanos,
        write -> write.waiter().refused(new Refusal(Refusal.Kind.NOT_LEADING, reason)));
  }
}
