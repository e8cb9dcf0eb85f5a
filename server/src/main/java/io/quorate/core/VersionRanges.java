package io.quorate.core;

import java.util.Arrays;

/**
 * Versions in the order they were added, those that follow each other as one range. One thread at a
 * time.
 */
public final class VersionRanges {

  private static final long[] NO_BOUNDS = {};

  /** First and last version of each range. */
  private long[] bounds = NO_BOUNDS;

  /** How many of {@link #bounds} are in use. */
  private int used;

  /** Adds one version. */
  public VersionRanges add(long version) {
    return add(version, version);
  }

  /** Adds all versions from {@code first} to {@code last}. */
  public VersionRanges add(long first, long last) {
    if (used > 0 && bounds[used - 1] + 1 == first) {
      bounds[used - 1] = last;
      return this;
    }
    if (used == bounds.length) {
      bounds = Arrays.copyOf(bounds, Math.max(2, 2 * used));
    }
    bounds[used] = first;
    bounds[used + 1] = last;
    used += 2;
    return this;
  }

  /** How many ranges there are. */
  public int size() {
    return used / 2;
  }

  /** First version of a range, counted from 0. */
  public long first(int range) {
    return bounds[2 * range];
  }

  /** Last version of a range, counted from 0. */
  public long last(int range) {
    return bounds[2 * range + 1];
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof VersionRanges ranges
        && Arrays.equals(bounds, 0, used, ranges.bounds, 0, ranges.used);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(Arrays.copyOf(bounds, used));
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("[");
    for (int range = 0; range < size(); range++) {
      text.append(range == 0 ? "" : ", ").append(first(range)).append("..").append(last(range));
    }
    return text.append(']').toString();
  }
}
