package io.quorate.jmh;

/**
 * What a benchmark holds to be true of what it measures, checked as it is set up and torn down: one
 * that measures something else fails.
 */
public final class Expect {

  private Expect() {}

  /**
   * Both are equal.
   *
   * @throws IllegalStateException when they are not
   */
  public static void equal(Object expected, Object found) {
    if (!expected.equals(found)) {
      throw new IllegalStateException("expected " + expected + ", found " + found);
    }
  }

  /**
   * The text begins so.
   *
   * @throws IllegalStateException when it does not
   */
  public static void beginning(String expected, String found) {
    equal(expected, found.substring(0, Math.min(expected.length(), found.length())));
  }

  /**
   * The text ends so.
   *
   * @throws IllegalStateException when it does not
   */
  public static void end(String expected, String found) {
    equal(expected, found.substring(Math.max(0, found.length() - expected.length())));
  }
}
