package io.quorate.core;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which writes that clients marked were given, as mutations that are {@link Attributes#receiptOnly
 * receipts only}: each is kept at least until its time, whatever becomes of its key. Of the store's
 * owner.
 */
final class Receipts {

  private record Kept(Mutation mutation, Deadlines.Place place) {}

  private final Map<String, Kept> byId = new HashMap<>();

  /** Ids by the time until which they are kept. */
  private final Deadlines<String> deadlines = new Deadlines<>();

  /** The mutation, if it has a receipt, was given; a newer one with the same id takes its place. */
  void add(Mutation given) {
    Receipt receipt = given.attributes().receipt();
    if (receipt == null) {
      return;
    }
    Mutation held = find(receipt.id());
    if (held == null || held.token().compareTo(given.token()) < 0) {
      remove(receipt.id());
      Mutation kept = given.attributes().receiptOnly() ? given : given.onlyReceipt();
      byId.put(
          receipt.id(), new Kept(kept, deadlines.add(receipt.keptUntilMillis(), receipt.id())));
    }
  }

  private void remove(String id) {
    Kept kept = byId.remove(id);
    if (kept != null) {
      deadlines.remove(kept.place());
    }
  }

  /** The last mutation of the write that this id was given to; null when none is known. */
  @Nullable Mutation find(String id) {
    Kept kept = byId.get(id);
    return kept == null ? null : kept.mutation();
  }

  /** Forgets those whose time is over. */
  void forget(long timeMillis) {
    String due = deadlines.due(timeMillis);
    while (due != null) {
      remove(due);
      due = deadlines.due(timeMillis);
    }
  }

  /** Forgets all but those with these ids. */
  void retain(Set<String> ids) {
    for (String id : List.copyOf(byId.keySet())) {
      if (!ids.contains(id)) {
        remove(id);
      }
    }
  }

  /** All of them as they are now, oldest first; a list of its own. */
  List<Mutation> all() {
    List<Mutation> all = new ArrayList<>(byId.size());
    byId.values().forEach(kept -> all.add(kept.mutation()));
    all.sort(Comparator.comparingLong(Mutation::epoch).thenComparingLong(Mutation::version));
    return all;
  }

  int size() {
    return byId.size();
  }
}
