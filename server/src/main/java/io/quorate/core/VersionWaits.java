package io.quorate.core;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Readers that wait until this node has what they have seen elsewhere. However many wait, only
 * those are looked at that are told. Owned by {@link Node}.
 */
final class VersionWaits {

  /** One reader. */
  final class Waiting {
    private final Token token;
    private final Consumer<Reached> told;
    private final Deadlines.Place place;

    private Waiting(Token token, long deadlineNanos, Consumer<Reached> told) {
      this.token = token;
      this.told = told;
      this.place = deadlines.add(deadlineNanos, this);
    }

    /** It waits no more, and is told nothing; no effect once it was told. */
    void cancel() {
      remove(this);
    }

    private void tell(Reached reached) {
      remove(this);
      told.accept(reached);
    }
  }

  private final int most;
  private final TreeMap<Token, Set<Waiting>> byToken = new TreeMap<>();
  private final Deadlines<Waiting> deadlines = new Deadlines<>();

  VersionWaits(int most) {
    this.most = most;
  }

  boolean isEmpty() {
    return byToken.isEmpty();
  }

  boolean isFull() {
    return deadlines.size() >= most;
  }

  /** Told once, unless it is cancelled. */
  Waiting add(Token token, long deadlineNanos, Consumer<Reached> told) {
    Waiting waiting = new Waiting(token, deadlineNanos, told);
    byToken.computeIfAbsent(token, key -> new LinkedHashSet<>()).add(waiting);
    return waiting;
  }

  private void remove(Waiting waiting) {
    Set<Waiting> same = byToken.get(waiting.token);
    if (same != null && same.remove(waiting)) {
      deadlines.remove(waiting.place);
      if (same.isEmpty()) {
        byToken.remove(waiting.token);
      }
    }
  }

  /** The node has all through this version. */
  void reached(Token through) {
    Map.Entry<Token, Set<Waiting>> first = byToken.firstEntry();
    while (first != null && first.getKey().compareTo(through) <= 0) {
      there(first.getKey());
      first = byToken.firstEntry();
    }
  }

  /** The node leads, and this is confirmed. */
  void confirmed(Mutation mutation) {
    if (!isEmpty()) {
      there(mutation.token());
    }
  }

  /** The node has this version. */
  void there(Token token) {
    Set<Waiting> same = byToken.get(token);
    while (same != null && !same.isEmpty()) {
      same.iterator().next().tell(Reached.YES);
    }
  }

  /** Tells those whose deadline has passed; with {@link Long#MAX_VALUE} all. */
  void expire(long nowNanos) {
    for (Waiting due = deadlines.due(nowNanos); due != null; due = deadlines.due(nowNanos)) {
      due.tell(Reached.NOT_IN_TIME);
    }
  }
}
