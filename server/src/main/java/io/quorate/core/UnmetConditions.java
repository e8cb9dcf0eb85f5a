package io.quorate.core;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Writes whose condition does not hold, because of what a pending write left. Whether that one
 * stays is not certain: they are refused once it is confirmed, or a newer one of its key. Owned by
 * {@link Leader}.
 */
final class UnmetConditions {

  private record Unmet(WriteRequest asked, long seenVersion) {}

  private final Store store;
  private final Map<Key, List<Unmet>> byKey = new HashMap<>();
  private int size;

  UnmetConditions(Store store) {
    this.store = store;
  }

  int size() {
    return size;
  }

  /**
   * Refuses it as soon as it may.
   *
   * @param seenVersion of the pending write that the condition saw
   */
  void add(WriteRequest asked, long seenVersion) {
    byKey.computeIfAbsent(asked.key(), key -> new ArrayList<>()).add(new Unmet(asked, seenVersion));
    size++;
  }

  /** Its quorum has this mutation, which shows it to confirmed readers unless a newer one does. */
  void onConfirmed(Mutation mutation) {
    if (size > 0) {
      refuse(
          mutation.key(),
          unmet -> unmet.seenVersion() <= mutation.version(),
          refusal(store, mutation.key()));
    }
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
    Refusal uncertain =
        new Refusal(
            Refusal.Kind.CONDITION_UNCERTAIN,
            "the condition does not hold by a write of the key that is not confirmed; whether that"
                + " stays was not known in time");
    refuseAll(unmet -> unmet.asked().deadlineNanos() <= nowNanos, uncertain);
  }

  /** Refuses all: nobody here will know. */
  void abandon(String why) {
    refuseAll(unmet -> true, new Refusal(Refusal.Kind.NOT_LEADING, why));
  }

  private void refuseAll(Predicate<Unmet> which, Refusal refusal) {
    if (size > 0) {
      List.copyOf(byKey.keySet()).forEach(key -> refuse(key, which, refusal));
    }
  }

  private void refuse(Key key, Predicate<Unmet> which, Refusal refusal) {
    List<Unmet> waiting = byKey.get(key);
    if (waiting == null) {
      return;
    }
    List<Unmet> refused = waiting.stream().filter(which).toList();
    waiting.removeAll(refused);
    size -= refused.size();
    if (waiting.isEmpty()) {
      byKey.remove(key);
    }
    refused.forEach(unmet -> unmet.asked().waiter().refused(refusal));
  }
}
