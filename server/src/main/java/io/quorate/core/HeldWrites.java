package io.quorate.core;

import java.util.ArrayDeque;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes that came while the leadership was being taken or handed over. They have no version yet,
 * and wait in the order in which they came.
 */
final class HeldWrites {

  /** A write as it was asked for; the value's bytes are its own. */
  @SuppressWarnings("ArrayRecordComponent")
  record Held(
      Key key, byte @Nullable [] value, int required, long deadlineNanos, Waiter waiter) {}

  private final int most;
  private final ArrayDeque<Held> oldestFirst = new ArrayDeque<>();

  HeldWrites(int most) {
    this.most = most;
  }

  void hold(
      Key key, byte @Nullable [] value, int required, long deadlineNanos, Waiter waiter) {
    if (oldestFirst.size() >= most) {
      waiter.refused(
          new Refusal(
              Refusal.Kind.TOO_MANY_WAITING,
              most + " writes wait for the leadership to be settled, as many as may"));
      return;
    }
    oldestFirst.add(new Held(key, value, required, deadlineNanos, waiter));
  }

  /** Hands on all that wait, oldest first. */
  void release(Consumer<Held> taker) {
    for (int left = oldestFirst.size(); left > 0; left--) {
      taker.accept(oldestFirst.remove());
    }
  }

  /** Sends all that wait to where the leader is now. */
  void redirect(String url) {
    release(
        write ->
            write
                .waiter()
                .refused(new Refusal(Refusal.Kind.MOVED, "the leader is at " + url, url)));
  }

  /** Refuses those whose deadline has passed. */
  void expire(long nowNanos, String reason) {
    if (oldestFirst.isEmpty()) {
      return;
    }
    release(
        write -> {
          if (write.deadlineNanos() <= nowNanos) {
            write.waiter().refused(new Refusal(Refusal.Kind.NOT_LEADING, reason));
          } else {
            oldestFirst.add(write);
          }
        });
  }
}
