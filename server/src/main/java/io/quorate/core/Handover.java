package io.quorate.core;

import java.util.function.Consumer;

/** A leader on its way to hand its leadership to a follower. Owned by {@link Node}. */
final class Handover {

  /** Which follower is to lead. */
  final int to;

  /** The leadership that ends. */
  final Leadership from;

  /** Since when writes wait. */
  final long startedNanos;

  final long deadlineNanos;
  final Consumer<HandoverOutcome> answer;

  /** Whether the follower, being level, has been asked. */
  boolean invited;

  Handover(
      int to,
      Leadership from,
      long startedNanos,
      long deadlineNanos,
      Consumer<HandoverOutcome> answer) {
    this.to = to;
    this.from = from;
    this.startedNanos = startedNanos;
    this.deadlineNanos = deadlineNanos;
    this.answer = answer;
  }
}
