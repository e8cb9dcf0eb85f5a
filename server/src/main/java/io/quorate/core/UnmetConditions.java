package io.quorate.core;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes whose condition does not hold, because of what a pending write left. Whether that one
 * stays is not certain: they are refused once it is confirmed, or a newer one of its key. They will
 * never be written, so their values are not kept. Owned by {@link Leader}.
 */
final class UnmetConditions {

  /** One write. */
  private final class Unmet {
    private final Key key;

    /** Of the change whose condition it is. */
    private final int place;

    private final long seenVersion;
    private final Waiter waiter;
    private final Deadlines.Place deadline;

    Unmet(WriteRequest asked, int place, long seenVersion) {
      this.key = asked.changes().get(place - 1).key();
      this.place = place;
      this.seenVersion = seenVersion;
      this.waiter = asked.waiter();
      this.deadline = deadlines.add(asked.deadlineNanos(), this);
    }
  }

  private final Store store;

  /** Of each key as they came, so that none before another has seen a newer version. */
  private final Map<Key, Set<Unmet>> byKey = new HashMap<>();

  private final Deadlines<Unmet> deadlines = new Deadlines<>();

  UnmetConditions(Store store) {
    this.store = store;
  }

  int size() {
    return deadlines.size();
  }

  /**
   * Refuses it as soon as it may.
   *
   * @param place of the change whose condition it is, from 1 on
   * @param seenVersion of the pending write that the condition saw
   */
  void add(WriteRequest asked, int place, long seenVersion) {
    Unmet unmet = new Unmet(asked, place, seenVersion);
    byKey.computeIfAbsent(unmet.key, first -> new LinkedHashSet<>()).add(unmet);
  }

  /** Its quorum has this mutation, which shows it to confirmed readers unless a newer one does. */
  void onConfirmed(Mutation mutation) {
    Set<Unmet> ofKey = byKey.isEmpty() ? null : byKey.get(mutation.key());
    if (ofKey == null) {
      return;
    }
    List<Unmet> certain = new ArrayList<>();
    for (Unmet unmet : ofKey) {
      if (unmet.seenVersion > mutation.version()) {
        break;
      }
      certain.add(unmet);
    }
    Refusal refusal = refusal(store, mutation.key());
    certain.forEach(unmet -> refuse(unmet, refusal));
  }

  /** Why a write is refused whose condition certainly does not hold. */
  static Refusal refusal(Store store, Key key) {
    Entry current = store.confirmed(key);
    if (current == null || current.isTombstone()) {
      return Refusal.unmet("the condition does not hold: there is no such key", null);
    }
    Token token = current.token();
    return Refusal.unmet("the condition does not hold: the key is at " + token, token);
  }

  /** Refuses those whose deadline has passed. */
  void expire(long nowNanos) {
    refuseDue(
        nowNanos,
        Refusal.Kind.CONDITION_UNCERTAIN,
        "the condition does not hold by a write of the key that is not confirmed; whether that"
            + " stays was not known in time");
  }

  /** Refuses all: nobody here will know. */
  void abandon(String why) {
    refuseDue(Long.MAX_VALUE, Refusal.Kind.NOT_LEADING, why);
  }

  private void refuseDue(long nowNanos, Refusal.Kind kind, String why) {
    @Nullable Unmet due = deadlines.due(nowNanos);
    while (due != null) {
      refuse(due, new Refusal(kind, why));
      due = deadlines.due(nowNanos);
    }
  }

  private void refuse(Unmet unmet, Refusal refusal) {
    deadlines.remove(unmet.deadline);
    Set<Unmet> ofKey = byKey.get(unmet.key);
    if (ofKey != null && ofKey.remove(unmet) && ofKey.isEmpty()) {
      byKey.remove(unmet.key);
    }
    unmet.waiter.refused(refusal.at(unmet.place));
  }
}
