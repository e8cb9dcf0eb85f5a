package io.quorate.core;

import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** When the values of a store end, the earliest first. Of the store's owner. */
final class Expiries {

  private record End(long atMillis, Key key) implements Comparable<End> {
    @Override
    public int compareTo(End other) {
      int byTime = Long.compare(atMillis, other.atMillis);
      return byTime != 0 ? byTime : key.compareTo(other.key);
    }
  }

  private final TreeSet<End> earliestFirst = new TreeSet<>();

  /** The store holds this of the key from now on, in place of {@code before}. */
  void replaced(Key key, @Nullable Entry before, @Nullable Entry now) {
    if (before instanceof Entry.Ending ended) {
      earliestFirst.remove(new End(ended.expiresAtMillis(), key));
    }
    if (now instanceof Entry.Ending ending) {
      earliestFirst.add(new End(ending.expiresAtMillis(), key));
    }
  }

  /** The key whose value has ended longest by this time; null when none has. */
  @Nullable Key due(long timeMillis) {
    End earliest = earliestFirst.isEmpty() ? null : earliestFirst.first();
    return earliest == null || earliest.atMillis() > timeMillis ? null : earliest.key();
  }

  int size() {
    return earliestFirst.size();
  }
}
