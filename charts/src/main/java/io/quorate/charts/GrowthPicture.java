package io.quorate.charts;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.SymbolAxis;
import org.jfree.chart.plot.CombinedDomainXYPlot;

/**
 * How throughput and p99 change while one thing grows: two panels over one axis, on which the
 * places that were measured stand equally far apart, whatever lies between them.
 */
public final class GrowthPicture {
  private static final int HEIGHT = 560;
  private static final double SIDE = 0.5;

  /**
   * What was measured at one place.
   *
   * @param at how much there was of what grows
   * @param perSecond requests answered per second, not a number where that was not measured
   * @param p99Millis latency, milliseconds, not a number where that was not measured
   */
  public record Point(long at, double perSecond, double p99Millis) {}

  /** One operation; all lines of a picture have the same places. */
  public record Line(String label, List<Point> points) {}

  private GrowthPicture() {}

  /**
   * Writes {@code name.svg} and {@code name.png}.
   *
   * @param grows what grows, with its unit
   * @param caption what stays as it is, and how it was measured
   * @param lines at least one
   */
  public static void write(
      Path directory, String name, String grows, String caption, List<Line> lines)
      throws IOException {
    Style.prepare();
    List<Curve> rates = curves(lines, Point::perSecond);
    List<Curve> p99s = curves(lines, Point::p99Millis);
    CombinedDomainXYPlot panels = new CombinedDomainXYPlot(places(grows, lines.get(0)));
    panels.add(QuorumPictures.panel(rates, null, "requests per second (1/s)", null));
    panels.add(QuorumPictures.panel(p99s, null, "p99 latency (ms)", null));
    new Picture(
            name,
            "Throughput and p99 against " + grows,
            "closed loop",
            List.of(caption),
            panels,
            CurvePanel.legend(rates),
            HEIGHT)
        .write(directory);
  }

  private static NumberAxis places(String grows, Line line) {
    String[] names =
        line.points().stream()
            .map(point -> String.format(Locale.ROOT, "%,d", point.at()))
            .toArray(String[]::new);
    SymbolAxis axis = new SymbolAxis(grows, names);
    Style.ink(axis);
    axis.setGridBandsVisible(false);
    axis.setRange(-SIDE, names.length - SIDE);
    return axis;
  }

  private static List<Curve> curves(List<Line> lines, ToDoubleFunction<Point> figure) {
    List<Curve> curves = new ArrayList<>();
    for (int at = 0; at < lines.size(); at++) {
      List<Point> points = lines.get(at).points();
      List<Curve.Dot> dots = new ArrayList<>();
      for (int place = 0; place < points.size(); place++) {
        dots.add(Curve.Dot.of(place, figure.applyAsDouble(points.get(place))));
      }
      curves.add(
          new Curve(
              lines.get(at).label(), Style.color(at), Style.Line.SOLID, Style.mark(at), dots));
    }
    return curves;
  }
}
