package io.quorate.core;

import java.util.ArrayList;
import java.util.List;
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

  /** Through which the last call has looked; null where the next begins with the earliest. */
  private @Nullable End lookedThrough;

  /** The store holds this of the key from now on, in place of {@code before}. */
  void replaced(Key key, @Nullable Entry before, @Nullable Entry now) {
    if (before instanceof Entry.Ending ended) {
      earliestFirst.remove(new End(ended.expiresAtMillis(), key));
    }
    if (now instanceof Entry.Ending ending) {
      earliestFirst.add(new End(ending.expiresAtMillis(), key));
    }
  }

  /**
   * Some keys whose values have ended by this time, the earliest first; the next call goes on
   * behind them, and from the earliest again in the end. So those that have to stay for a while do
   * not keep the others.
   *
   * @param most how many, at most
   */
  List<Key> due(long timeMillis, int most) {
    List<Key> due = new ArrayList<>();
    End from = lookedThrough;
    for (End end : from == null ? earliestFirst : earliestFirst.tailSet(from, false)) {
      if (end.atMillis() > timeMillis || due.size() == most) {
        break;
      }
      lookedThrough = end;
      due.add(end.key());
    }
    if (due.size() < most) {
      lookedThrough = null;
    }
    return due;
  }

  int size() {
    return earliestFirst.size();
  }
}
