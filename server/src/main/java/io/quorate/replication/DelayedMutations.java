package io.quorate.replication;

import io.netty.channel.EventLoop;
import io.quorate.core.Mutation;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The writes to one follower whose injected delay is not over. Each leaves for the queue of its
 * lane when it is due, never before. The timer is set a little earlier, by a {@link TimerLead}, so
 * that the loop is awake by then. Owned by the leader's loop.
 */
final class DelayedMutations {

  /** The mutations of a write, which have one delay, and when it is over. */
  record Due(List<Mutation> write, long dueNanos) {}

  private final EventLoop loop;
  private final LongSupplier clock;
  private final InjectedDelay delay;
  private final Queue<Due> due;
  private final Runnable someAreDue;

  /** The next first. With those due bounded by the core's window. */
  private final PriorityQueue<Due> waiting =
      new PriorityQueue<>((one, other) -> Long.compare(one.dueNanos() - other.dueNanos(), 0));

  private final TimerLead lead;

  /** Set for the first of those waiting. Invariant: null if and only if none waits. */
  private @Nullable ScheduledFuture<?> timer;

  /** Of the write that the timer is set for. */
  private long dueNanos;

  /** What the timer is set for: due, less the lead. */
  private long fireNanos;

  /**
   * Has none yet.
   *
   * @param clock by which delays are measured
   * @param due takes those whose delay is over, in the order in which they came due
   * @param someAreDue is told once for all that came due together
   */
  DelayedMutations(
      EventLoop loop,
      LongSupplier clock,
      InjectedDelay delay,
      Queue<Due> due,
      Runnable someAreDue) {
    this.loop = loop;
    this.clock = clock;
    this.delay = delay;
    this.due = due;
    this.someAreDue = someAreDue;
    this.lead = new TimerLead(clock.getAsLong());
  }

  void clear() {
    waiting.clear();
    cancelTimer();
  }

  /** Draws the write's delay, which begins now. */
  void add(List<Mutation> write, long nowNanos) {
    waiting.add(new Due(write, nowNanos + delay.drawNanos()));
    setTimer();
  }

  /** Has the loop wake for the next that comes due, unless it will anyway. */
  private void setTimer() {
    Due next = waiting.peek();
    if (next == null || (timer != null && next.dueNanos() - dueNanos >= 0)) {
      return;
    }
    cancelTimer();
    long now = clock.getAsLong();
    dueNanos = next.dueNanos();
    fireNanos = Math.max(dueNanos - lead.nanos(now) - now, 0) + now;
    timer = loop.schedule(this::fire, fireNanos - now, TimeUnit.NANOSECONDS);
  }

  private void cancelTimer() {
    if (timer != null) {
      timer.cancel(false);
      timer = null;
    }
  }

  private void fire() {
    long now = clock.getAsLong();
    lead.fired(now - fireNanos, dueNanos - now);
    handOver();
  }

  /**
   * Hands over what is due; if nothing is yet, waits awake, which is no longer than the lead: each
   * turn of the loop looks again, after it has looked for I/O.
   */
  private void handOver() {
    long now = clock.getAsLong();
    if (dueNanos - now > 0) {
      timer = loop.schedule(this::handOver, 0, TimeUnit.NANOSECONDS);
      return;
    }
    timer = null;
    for (Due next = waiting.peek();
        next != null && next.dueNanos() - now <= 0;
        next = waiting.peek()) {
      due.add(waiting.remove());
    }
    setTimer();
    someAreDue.run();
  }
}
