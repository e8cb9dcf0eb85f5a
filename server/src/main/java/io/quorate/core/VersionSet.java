package io.quorate.core;

import java.util.Map;
import java.util.TreeMap;

/**
 * A set of versions that is nearly a prefix: all through {@link #through}, and ranges above it. It
 * says what a follower has applied, and what it has acknowledged.
 */
public final class VersionSet {

  /** All versions from 1 to this one are in the set. */
  private long through;

  /**
   * First version of a range to its last. Invariant: ranges are disjoint, not adjacent, and begin
   * above through + 1.
   */
  private final TreeMap<Long, Long> ranges = new TreeMap<>();

  /** How many versions the ranges hold. */
  private long above;

  /** All through it is in the set, without gaps. */
  public long through() {
    return through;
  }

  /** How many versions in (after, last] are in the set. */
  public long countBetween(long after, long last) {
    long count = Math.max(0, Math.min(through, last) - after);
    if (ranges.isEmpty() || (after <= through && ranges.lastEntry().getValue() <= last)) {
      return count + above;
    }
    for (Map.Entry<Long, Long> range : ranges.entrySet()) {
      long from = Math.max(range.getKey(), after + 1);
      count += Math.max(0, Math.min(range.getValue(), last) - from + 1);
    }
    return count;
  }

  /** The last version of which all in (after, it] are in the set; {@code after} when none is. */
  public long endOfRun(long after) {
    if (after < through) {
      return through;
    }
    Map.Entry<Long, Long> range = ranges.isEmpty() ? null : ranges.floorEntry(after + 1);
    return range == null ? after : Math.max(after, range.getValue());
  }

  public boolean contains(long version) {
    if (version <= through) {
      return true;
    }
    Map.Entry<Long, Long> range = ranges.isEmpty() ? null : ranges.floorEntry(version);
    return range != null && version <= range.getValue();
  }

  /** Adds one version; false when it was there already. */
  public boolean add(long version) {
    if (contains(version)) {
      return false;
    }
    if (version == through + 1) {
      through = version;
    } else {
      insert(version);
    }
    absorb();
    return true;
  }

  /** Adds all versions through this one; no effect when they are there already. */
  public void addThrough(long version) {
    if (version > through) {
      through = version;
      absorb();
    }
  }

  /** Empties the set. */
  public void clear() {
    through = 0;
    above = 0;
    ranges.clear();
  }

  private void insert(long version) {
    Map.Entry<Long, Long> before = ranges.floorEntry(version);
    Long after = ranges.remove(version + 1);
    long last = after == null ? version : after;
    boolean extendsBefore = before != null && before.getValue() == version - 1;
    ranges.put(extendsBefore ? before.getKey() : (Long) version, last);
    above++;
  }

  /** Takes into the prefix each range that it has reached. */
  private void absorb() {
    while (!ranges.isEmpty() && ranges.firstKey() <= through + 1) {
      Map.Entry<Long, Long> first = ranges.pollFirstEntry();
      above -= first.getValue() - first.getKey() + 1;
      through = Math.max(through, first.getValue());
    }
  }

  @Override
  public String toString() {
    return through + (ranges.isEmpty() ? "" : "+" + ranges);
  }
}
