package io.quorate.core;

import java.util.List;

/**
 * Requests that repeat one whose write was given, by its client's word: none is carried out again.
 * Each waits for that write and ends as it does, or when its own deadline passes. Owned by {@link
 * Leader}.
 */
final class RepeatedWrites {

  /** One of them. */
  final class Repeat {
    private final Write write;
    private final Waiter waiter;
    private final Deadlines.Place place;

    Repeat(Write write, WriteRequest asked) {
      this.write = write;
      this.waiter = asked.waiter();
      this.place = deadlines.add(asked.deadlineNanos(), this);
    }
  }

  private final Deadlines<Repeat> deadlines = new Deadlines<>();

  int size() {
    return deadlines.size();
  }

  /** Waits for a pending write. */
  void await(Write write, WriteRequest asked) {
    write.join(new Repeat(write, asked));
  }

  /** The write is over for whoever waits for it. */
  void onEnd(Write write, Waiter.Answer answer) {
    List<Repeat> all = write.repeats();
    all.forEach(repeat -> answer(repeat, answer));
  }

  /** Answers those whose own deadline has passed. */
  void expire(long nowNanos) {
    Repeat due = deadlines.due(nowNanos);
    while (due != null) {
      answer(due, Waiter.Answer.UNCONFIRMED);
      due = deadlines.due(nowNanos);
    }
  }

  /** Answers all: nobody here will know. */
  void abandon() {
    Repeat due = deadlines.due(Long.MAX_VALUE);
    while (due != null) {
      answer(due, Waiter.Answer.UNKNOWN);
      due = deadlines.due(Long.MAX_VALUE);
    }
  }

  private void answer(Repeat repeat, Waiter.Answer answer) {
    deadlines.remove(repeat.place);
    repeat.write.leave(repeat);
    repeat.waiter.answered(repeat.write, answer);
  }
}
