package io.quorate.core;

import java.util.Arrays;

/**
 * A set of versions that is nearly a prefix: all through {@link #through}, and ranges above it. It
 * says what a follower has applied, and what it has acknowledged.
 */
public final class VersionSet {

  /** All versions from 1 to this one are in the set. */
  private long through;

  /**
   * First and last version of each range. Invariant: ranges ascend, are disjoint, not adjacent, and
   * begin above through + 1.
   */
  private long[] firsts = new long[8];

  private long[] lasts = new long[8];
  private int ranges;

  /** How many versions the ranges hold. */
  private long above;

  /** All through it is in the set, without gaps. */
  public long through() {
    return through;
  }

  /** The ranges above {@link #through}. */
  public VersionRanges above() {
    VersionRanges found = new VersionRanges();
    for (int range = 0; range < ranges; range++) {
      found.add(firsts[range], lasts[range]);
    }
    return found;
  }

  /** How many versions in (after, last] are in the set. */
  public long countBetween(long after, long last) {
    long count = Math.max(0, Math.min(through, last) - after);
    if (ranges == 0 || (after <= through && lasts[ranges - 1] <= last)) {
      return count + above;
    }
    for (int range = 0; range < ranges; range++) {
      long from = Math.max(firsts[range], after + 1);
      count += Math.max(0, Math.min(lasts[range], last) - from + 1);
    }
    return count;
  }

  /** The last version of which all in (after, it] are in the set; {@code after} when none is. */
  public long endOfRun(long after) {
    if (after < through) {
      return through;
    }
    int range = floor(after + 1);
    return range < 0 ? after : Math.max(after, lasts[range]);
  }

  public boolean contains(long version) {
    if (version <= through) {
      return true;
    }
    int range = floor(version);
    return range >= 0 && version <= lasts[range];
  }

  /** Adds one version; false when it was there already. */
  public boolean add(long version) {
    if (contains(version)) {
      return false;
    }
    if (version == through + 1) {
      through = version;
      absorb();
    } else {
      insert(version);
    }
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
    ranges = 0;
  }

  /** The last range that begins at or below the version; -1 when none does. */
  private int floor(long version) {
    int range = ranges - 1;
    if (range < 0 || firsts[range] <= version) {
      return range;
    }
    int found = Arrays.binarySearch(firsts, 0, ranges, version);
    return found >= 0 ? found : -found - 2;
  }

  private void insert(long version) {
    int before = floor(version);
    int after = before + 1;
    boolean extendsBefore = before >= 0 && lasts[before] == version - 1;
    boolean extendsAfter = after < ranges && firsts[after] == version + 1;
    if (extendsBefore && extendsAfter) {
      lasts[before] = lasts[after];
      move(after + 1, after);
    } else if (extendsBefore) {
      lasts[before] = version;
    } else if (extendsAfter) {
      firsts[after] = version;
    } else {
      move(after, after + 1);
      firsts[after] = version;
      lasts[after] = version;
    }
    above++;
  }

  /** Takes into the prefix each range that it has reached. */
  private void absorb() {
    int reached = 0;
    while (reached < ranges && firsts[reached] <= through + 1) {
      above -= lasts[reached] - firsts[reached] + 1;
      through = Math.max(through, lasts[reached]);
      reached++;
    }
    if (reached > 0) {
      move(reached, 0);
    }
  }

  /** Moves the ranges from index {@code from} on to index {@code to} on. */
  private void move(int from, int to) {
    int moved = ranges - from;
    if (to + moved > firsts.length) {
      firsts = Arrays.copyOf(firsts, 2 * firsts.length);
      lasts = Arrays.copyOf(lasts, 2 * lasts.length);
    }
    System.arraycopy(firsts, from, firsts, to, moved);
    System.arraycopy(lasts, from, lasts, to, moved);
    ranges = to + moved;
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder().append(through);
    for (int range = 0; range < ranges; range++) {
      text.append('+').append(firsts[range]).append("..").append(lasts[range]);
    }
    return text.toString();
  }
}
