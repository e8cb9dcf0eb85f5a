package io.quorate.core;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Readers that wait until this node has what they have seen elsewhere. Owned by {@link Node}. */
final class VersionWaits {

  private record Waiting(Token token, long deadlineNanos, Consumer<Reached> told) {}

  private final int most;
  private List<Waiting> waiting = new ArrayList<>();

  VersionWaits(int most) {
    this.most = most;
  }

  /** Told once, by {@link #look} or {@link #end}, or at once where too many wait. */
  void add(Token token, long deadlineNanos, Consumer<Reached> told) {
    if (waiting.size() >= most) {
      told.accept(Reached.TOO_MANY_WAIT);
    } else {
      waiting.add(new Waiting(token, deadlineNanos, told));
    }
  }

  boolean isEmpty() {
    return waiting.isEmpty();
  }

  /** Tells those whose version is there, and those whose deadline has passed. */
  void look(Predicate<Token> there, long nowNanos) {
    List<Waiting> seen = waiting;
    waiting = new ArrayList<>();
    for (Waiting one : seen) {
      if (there.test(one.token())) {
        one.told().accept(Reached.YES);
      } else if (one.deadlineNanos() <= nowNanos) {
        one.told().accept(Reached.NOT_IN_TIME);
      } else {
        waiting.add(one);
      }
    }
  }

  /** Tells all that it will not be there. */
  void end() {
    List<Waiting> seen = waiting;
    waiting = new ArrayList<>();
    seen.forEach(one -> one.told().accept(Reached.NOT_IN_TIME));
  }
}
