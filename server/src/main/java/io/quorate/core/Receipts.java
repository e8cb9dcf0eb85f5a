package io.quorate.core;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which writes that clients marked were given, as mutations that are {@link Attributes#receiptOnly
 * receipts only}: each is kept until it is to be forgotten, whatever becomes of its key. Of the
 * store's owner.
 */
final class Receipts {

  private final Map<String, Mutation> byId = new HashMap<>();

  /** Invariant: the same as by their ids. */
  private final TreeMap<Token, Mutation> oldestFirst = new TreeMap<>();

  /** The mutation, if it has a receipt, was given; a newer one with the same id takes its place. */
  void add(Mutation given) {
    Receipt receipt = given.attributes().receipt();
    if (receipt == null) {
      return;
    }
    Mutation held = find(receipt.id());
    if (held == null || held.token().compareTo(given.token()) < 0) {
      put(given);
    }
  }

  /** As {@link #add}, in the place of whichever has the same id. */
  void put(Mutation given) {
    Receipt receipt = given.attributes().receipt();
    if (receipt == null) {
      return;
    }
    Mutation kept = given.attributes().receiptOnly() ? given : given.onlyReceipt();
    Mutation held = byId.put(receipt.id(), kept);
    if (held != null) {
      oldestFirst.remove(held.token());
    }
    oldestFirst.put(kept.token(), kept);
  }

  /** The last mutation of the write that this id was given to; null when none is known. */
  @Nullable Mutation find(String id) {
    return byId.get(id);
  }

  /** That of the oldest write; null when there is none. */
  @Nullable Mutation oldest() {
    return oldestFirst.isEmpty() ? null : oldestFirst.firstEntry().getValue();
  }

  /** Forgets those of writes at or below this version. */
  void forgetThrough(long version) {
    Mutation oldest = oldest();
    while (oldest != null && oldest.version() <= version) {
      remove(oldest);
      oldest = oldest();
    }
  }

  private void remove(Mutation kept) {
    oldestFirst.remove(kept.token());
    Receipt receipt = kept.attributes().receipt();
    if (receipt != null) {
      byId.remove(receipt.id());
    }
  }

  /** Forgets all but those with these ids. */
  void retain(Set<String> ids) {
    for (Mutation kept : all()) {
      Receipt receipt = kept.attributes().receipt();
      if (receipt != null && !ids.contains(receipt.id())) {
        remove(kept);
      }
    }
  }

  /** All of them as they are now, oldest first; a list of its own. */
  List<Mutation> all() {
    return List.copyOf(oldestFirst.values());
  }

  int size() {
    return byId.size();
  }
}
