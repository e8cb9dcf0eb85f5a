package io.quorate.core;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Requests that repeat one whose write was given, by its client's word: none is carried out again.
 * Each waits for that write and ends as it does, or when its own deadline passes.
 *
 * <p>Of a write that this leadership has taken over nobody here knows who had acknowledged it.
 * Whoever has entered the leadership holds it: once so many have as it asked for, it has its
 * quorum. Owned by {@link Leader}.
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

  /** Taken over, and held by fewer than they asked for; each is waited for by one repeat. */
  private final Set<Write> takenOver = new LinkedHashSet<>();

  /** Who holds now what was taken over: bit f is set where follower f does. */
  private long holders;

  /** How many did at one time, at most. */
  private int mostHolders;

  int size() {
    return deadlines.size();
  }

  /** Waits for a pending write. */
  void await(Write write, WriteRequest asked) {
    write.join(new Repeat(write, asked));
  }

  /** Answers one that repeats a write of this leadership whose quorum has had it. */
  static void answerConfirmed(Mutation given, long holders, WriteRequest asked) {
    Write confirmed = write(given, asked);
    confirmed.heldBy(holders, true);
    asked.waiter().answered(confirmed, Waiter.Answer.CONFIRMED);
  }

  /** Whether so many followers have held the write, which was taken over, as it asked for. */
  boolean isHeld(Mutation given) {
    return given.attributes().required() <= mostHolders;
  }

  /** Waits until so many followers have held the write, which was taken over, as it asked for. */
  void awaitHolders(Mutation given, WriteRequest asked) {
    Write write = write(given, asked);
    await(write, asked);
    takenOver.add(write);
    noteHolders(write);
  }

  private static Write write(Mutation given, WriteRequest asked) {
    int required = given.attributes().required();
    return new Write(List.of(given), required, asked.deadlineNanos(), Waiter.NOBODY);
  }

  /** These followers hold what was taken over: bit f is set where follower f does. */
  void takenOverBy(long followers) {
    if (followers != holders) {
      holders = followers;
      mostHolders = Math.max(mostHolders, Long.bitCount(followers));
      List.copyOf(takenOver).forEach(this::noteHolders);
    }
  }

  private void noteHolders(Write write) {
    boolean held = isHeld(write.last());
    write.heldBy(holders, held);
    if (held) {
      onEnd(write, Waiter.Answer.CONFIRMED);
    }
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
    takenOver.remove(repeat.write);
    repeat.waiter.answered(repeat.write, answer);
  }
}
