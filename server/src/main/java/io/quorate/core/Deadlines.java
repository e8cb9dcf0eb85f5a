package io.quorate.core;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What ends at a deadline, the earliest first. Whatever is taken out or added costs O(log n). */
final class Deadlines<T> {

  /** A deadline's place among the others. */
  record Place(long nanos, long number) implements Comparable<Place> {
    @Override
    public int compareTo(Place other) {
      int byTime = Long.compare(nanos, other.nanos);
      return byTime != 0 ? byTime : Long.compare(number, other.number);
    }
  }

  private final TreeMap<Place, T> earliestFirst = new TreeMap<>();
  private long numbers;

  Place add(long deadlineNanos, T what) {
    Place place = new Place(deadlineNanos, numbers++);
    earliestFirst.put(place, what);
    return place;
  }

  void remove(Place place) {
    earliestFirst.remove(place);
  }

  /** One whose deadline has passed, which stays here; null when there is none. */
  @Nullable T due(long nowNanos) {
    Map.Entry<Place, T> earliest = earliestFirst.firstEntry();
    return earliest == null || earliest.getKey().nanos() > nowNanos ? null : earliest.getValue();
  }

  int size() {
    return earliestFirst.size();
  }
}
