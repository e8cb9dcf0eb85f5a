package io.quorate.charts;

import java.awt.Color;
import java.awt.Shape;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One line of a chart.
 *
 * @param mark what stands at each dot; null for a line alone
 * @param dots from left to right; one without a value interrupts the line
 */
record Curve(String label, Color color, Style.Line line, @Nullable Shape mark, List<Dot> dots) {

  /**
   * A place on a curve.
   *
   * @param y not a number where there is no value
   * @param spread between rounds, or null
   * @param few whether too few samples lie beyond it: drawn hollow
   */
  record Dot(double x, double y, @Nullable Spread spread, boolean few) {
    static Dot of(double x, double y) {
      return new Dot(x, y, null, false);
    }
  }

  /**
   * From the least to the greatest of the rounds.
   *
   * @param few whether too few samples of each round lie beyond its figure: drawn dotted
   */
  record Spread(double low, double high, boolean few) {}

  /** The greatest value or end of a spread that is drawn; 0 when there is none. */
  static double highest(List<Curve> curves) {
    double highest = 0;
    for (Curve curve : curves) {
      for (Dot dot : curve.dots()) {
        Spread spread = dot.spread();
        highest = Math.max(highest, Double.isNaN(dot.y()) ? 0 : dot.y());
        highest = Math.max(highest, spread == null ? 0 : spread.high());
      }
    }
    return highest;
  }

  /** The least value or end of a spread that is drawn, 0 at most. */
  static double lowest(List<Curve> curves) {
    double lowest = 0;
    for (Curve curve : curves) {
      for (Dot dot : curve.dots()) {
        Spread spread = dot.spread();
        lowest = Math.min(lowest, Double.isNaN(dot.y()) ? 0 : dot.y());
        lowest = Math.min(lowest, spread == null ? 0 : spread.low());
      }
    }
    return lowest;
  }

  static boolean anyFew(List<Curve> curves) {
    return curves.stream().anyMatch(curve -> curve.dots().stream().anyMatch(Dot::few));
  }

  static boolean anySpread(List<Curve> curves) {
    return spreads(curves).findAny().isPresent();
  }

  static boolean anyFewSpread(List<Curve> curves) {
    return spreads(curves).anyMatch(Spread::few);
  }

  private static Stream<Spread> spreads(List<Curve> curves) {
    return curves.stream()
        .flatMap(curve -> curve.dots().stream())
        .flatMap(dot -> Stream.ofNullable(dot.spread()));
  }
}
