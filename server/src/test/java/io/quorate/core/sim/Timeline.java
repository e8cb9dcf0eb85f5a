package io.quorate.core.sim;

import java.util.PriorityQueue;

/**
 * All that is going to happen: one queue in virtual nanoseconds. What falls on the same moment
 * happens in the order in which it was planned.
 */
final class Timeline {

  private record Event(long atNanos, long number, Runnable action) implements Comparable<Event> {
    @Override
    public int compareTo(Event other) {
      int byTime = Long.compare(atNanos, other.atNanos);
      return byTime != 0 ? byTime : Long.compare(number, other.number);
    }
  }

  private final PriorityQueue<Event> events = new PriorityQueue<>();
  private long planned;
  private long happened;
  private long nowNanos;

  long nowNanos() {
    return nowNanos;
  }

  /** How many events have happened. */
  long happened() {
    return happened;
  }

  void after(long delayNanos, Runnable action) {
    planned++;
    events.add(new Event(nowNanos + delayNanos, planned, action));
  }

  /** Lets the next event happen. */
  void step() {
    Event event = events.remove();
    nowNanos = event.atNanos();
    happened++;
    event.action().run();
  }
}
