package io.quorate.replication;

import io.netty.channel.EventLoop;
import io.quorate.core.Mutation;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The mutations to one follower whose injected delay is not over. Each leaves for the queue of its
 * lane when it is due, never before. Owned by the leader's loop.
 */
final class DelayedMutations {

  /** A mutation and when its delay is over. */
  record Due(Mutation mutation, long dueNanos) {}

  private final EventLoop loop;
  private final InjectedDelay delay;
  private final Queue<Due> due;
  private final Runnable someAreDue;

  /** The next first. With those due bounded by the core's window. */
  private final PriorityQueue<Due> waiting =
      new PriorityQueue<>((one, other) -> Long.compare(one.dueNanos() - other.dueNanos(), 0));

  /**
   * When the timer that counts fires; null when none does. Another, set earlier for later, does
   * nothing.
   */
  private @Nullable Long wakeNanos;

  /**
   * Has none yet.
   *
   * @param due takes those whose delay is over, in the order in which they came due
   * @param someAreDue is told once for all that came due together
   */
  DelayedMutations(EventLoop loop, InjectedDelay delay, Queue<Due> due, Runnable someAreDue) {
    this.loop = loop;
    this.delay = delay;
    this.due = due;
    this.someAreDue = someAreDue;
  }

  void clear() {
    waiting.clear();
    wakeNanos = null;
  }

  /** Draws the mutation's delay, which begins now. */
  void add(Mutation mutation, long nowNanos) {
    waiting.add(new Due(mutation, nowNanos + delay.drawNanos()));
    setTimer(nowNanos);
  }

  /** Has the loop wake this lane for the next that comes due, unless it will earlier anyway. */
  private void setTimer(long nowNanos) {
    Due next = waiting.peek();
    Long set = wakeNanos;
    if (next != null && (set == null || next.dueNanos() - set < 0)) {
      wakeNanos = next.dueNanos();
      loop.schedule(this::wake, next.dueNanos() - nowNanos, TimeUnit.NANOSECONDS);
    }
  }

  private void wake() {
    long now = System.nanoTime();
    Long set = wakeNanos;
    if (set == null || now - set < 0) {
      return;
    }
    wakeNanos = null;
    for (Due next = waiting.peek();
        next != null && next.dueNanos() - now <= 0;
        next = waiting.peek()) {
      due.add(waiting.remove());
    }
    setTimer(now);
    someAreDue.run();
  }
}
