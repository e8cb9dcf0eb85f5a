package io.quorate.core;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The tombstones of a store in the order they came, to be collected once no late put can bring
 * their keys back.
 */
final class Tombstones {

  private final ArrayDeque<Mutation> oldestFirst = new ArrayDeque<>();

  /** Those that the store holds, in the order of their versions. */
  static Tombstones of(Store store) {
    List<Mutation> deletes = new ArrayList<>();
    for (Map.Entry<Key, Entry> held : store.entries()) {
      if (held.getValue().isTombstone()) {
        deletes.add(held.getValue().toMutation(held.getKey()));
      }
    }
    deletes.sort(Comparator.comparing(Mutation::token));
    Tombstones tombstones = new Tombstones();
    deletes.forEach(tombstones::add);
    return tombstones;
  }

  void add(Mutation delete) {
    oldestFirst.add(delete);
  }

  int size() {
    return oldestFirst.size();
  }

  /**
   * Removes from the store the tombstones at the head of the queue that are at or below {@code
   * floor}. One above it holds back those behind it until the floor passes it too.
   *
   * @param epoch the floor's; tombstones of a later one stay
   * @return how many left the queue
   */
  int collectThrough(long floor, long epoch, Store store) {
    int collected = 0;
    for (Mutation oldest = oldestFirst.peek();
        oldest != null && oldest.version() <= floor && oldest.epoch() <= epoch;
        oldest = oldestFirst.peek()) {
      oldestFirst.remove();
      store.remove(oldest.key(), oldest.epoch(), oldest.version());
      collected++;
    }
    return collected;
  }

  /** The delete that has waited longest, or null when none waits. */
  @Nullable Mutation oldest() {
    return oldestFirst.peek();
  }
}
