package io.quorate.bench;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How cost grows with one thing, the others staying as they are.
 *
 * @param name of its files
 * @param grows what grows, with its unit
 * @param fixed what stays, for a reader
 */
record Growth(String name, String grows, String fixed, List<Point> points) {

  /**
   * The two operations at one place.
   *
   * @param get null where it was not measured
   * @param put null where it was not measured
   * @param problem why something was not measured, or null
   */
  record Point(
      long at, @Nullable WrkReport get, @Nullable WrkReport put, @Nullable String problem) {}

  /** Whether a point could not be measured. */
  boolean isBroken() {
    return problems().findAny().isPresent();
  }

  /** Why points were not measured. */
  Stream<String> problems() {
    return points.stream().map(Point::problem).filter(Objects::nonNull);
  }
}
