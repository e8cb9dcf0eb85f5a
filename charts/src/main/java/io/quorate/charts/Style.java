package io.quorate.charts;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Shape;
import java.awt.Stroke;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.List;
import java.util.Locale;
import org.jfree.chart.axis.CategoryAxis;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.plot.Plot;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.ui.RectangleInsets;

/**
 * How every chart looks. The colours are those of Okabe and Ito, told apart by every kind of colour
 * vision; what differs in colour differs in its mark or its dashes too.
 */
final class Style {
  // The fonts stand before everything else: until they are there, AWT is not to be touched.
  static final Font TITLE_FONT = BundledFont.size(20);
  static final Font SUBTITLE_FONT = BundledFont.size(15);
  static final Font LABEL_FONT = BundledFont.size(14);
  static final Font TICK_FONT = BundledFont.size(13);
  static final float CAPTION_SIZE = 12.5f;
  static final Font CAPTION_FONT = BundledFont.size(CAPTION_SIZE);

  static final int WIDTH = 760;

  static final Color PAPER = Color.WHITE;
  static final Color INK = new Color(0x222222);
  static final Color GRID = new Color(0xD9D9D9);

  /** Blue, vermilion, green, purple, orange, sky blue, grey. */
  private static final List<Color> COLORS =
      List.of(
          new Color(0x0072B2),
          new Color(0xD55E00),
          new Color(0x009E73),
          new Color(0xCC79A7),
          new Color(0xE69F00),
          new Color(0x56B4E9),
          new Color(0x666666));

  /** Disc, square, triangle, diamond, triangle on its head, upright bar, lying bar. */
  private static final List<Shape> MARKS =
      List.of(
          new Ellipse2D.Double(-4.5, -4.5, 9, 9),
          new Rectangle2D.Double(-4, -4, 8, 8),
          polygon(0, -5.5, 5.5, 4.5, -5.5, 4.5),
          polygon(0, -6, 6, 0, 0, 6, -6, 0),
          polygon(0, 5.5, 5.5, -4.5, -5.5, -4.5),
          new Rectangle2D.Double(-2.5, -6, 5, 12),
          new Rectangle2D.Double(-6, -2.5, 12, 5));

  /** The mark of a prediction: a cross, which no measurement has. */
  static final Shape CROSS = cross();

  /** How the line of a curve is drawn. */
  enum Line {
    SOLID,
    DASHED,
    DOTTED,
    DASH_DOTTED,
    LONG_DASHED;

    Stroke stroke() {
      return switch (this) {
        case SOLID -> new BasicStroke(2.2f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);
        case DASHED -> dashes(1.8f, 8, 5);
        case DOTTED -> dashes(1.4f, 2, 4);
        case DASH_DOTTED -> dashes(2, 9, 4, 2, 4);
        case LONG_DASHED -> dashes(2, 14, 4);
      };
    }
  }

  /** The dark scheme of a chart: rules that outrank the colours written on its elements. */
  static final String DARK_RULES =
      rule("white", "#181a1b")
          + rule("rgb(34,34,34)", "#e6e6e6")
          + rule("rgb(217,217,217)", "#44484b")
          + rule("rgb(0,114,178)", "#4aa3e0")
          + rule("rgb(213,94,0)", "#f0813a")
          + rule("rgb(0,158,115)", "#2fc79b")
          + rule("rgb(204,121,167)", "#dd93bd")
          + rule("rgb(86,180,233)", "#a5dcff")
          + rule("rgb(102,102,102)", "#b0b0b0");

  private Style() {}

  /** Lays out the fonts, if that is still to be done; to be called before any axis is made. */
  static void prepare() {
    if (TITLE_FONT.getSize() <= 0) {
      throw new IllegalStateException("the charts' font has no size");
    }
  }

  static Color color(int index) {
    return COLORS.get(index % COLORS.size());
  }

  static Shape mark(int index) {
    return MARKS.get(index % MARKS.size());
  }

  /** An axis of numbers, with the name and unit that a reader sees. */
  static NumberAxis axis(String label) {
    NumberAxis axis = new NumberAxis(label);
    axis.setStandardTickUnits(NumberAxis.createStandardTickUnits(Locale.ROOT));
    ink(axis);
    return axis;
  }

  static void ink(ValueAxis axis) {
    axis.setLabelFont(LABEL_FONT);
    axis.setLabelPaint(INK);
    axis.setTickLabelFont(TICK_FONT);
    axis.setTickLabelPaint(INK);
    axis.setTickLabelInsets(new RectangleInsets(4, 4, 4, 4));
    axis.setAxisLinePaint(INK);
    axis.setTickMarkPaint(INK);
  }

  static void ink(CategoryAxis axis) {
    axis.setLabelFont(LABEL_FONT);
    axis.setLabelPaint(INK);
    axis.setTickLabelFont(TICK_FONT);
    axis.setTickLabelPaint(INK);
    axis.setAxisLinePaint(INK);
    axis.setTickMarkPaint(INK);
  }

  static void paper(Plot plot) {
    plot.setBackgroundPaint(PAPER);
    plot.setOutlinePaint(GRID);
    if (plot instanceof XYPlot panel) {
      panel.setDomainGridlinePaint(GRID);
      panel.setRangeGridlinePaint(GRID);
      panel.setRangeZeroBaselineVisible(true);
      panel.setRangeZeroBaselinePaint(INK);
    }
  }

  private static String rule(String light, String dark) {
    return "svg.chart [fill=\"%s\"]{fill:%s}svg.chart [stroke=\"%s\"]{stroke:%s}"
        .formatted(light, dark, light, dark);
  }

  private static Stroke dashes(float width, float... lengths) {
    return new BasicStroke(width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, lengths, 0);
  }

  private static Shape polygon(double... corners) {
    Path2D.Double path = new Path2D.Double();
    path.moveTo(corners[0], corners[1]);
    for (int at = 2; at < corners.length; at += 2) {
      path.lineTo(corners[at], corners[at + 1]);
    }
    path.closePath();
    return path;
  }

  private static Shape cross() {
    Shape plus =
        polygon(-6, -1, -1, -1, -1, -6, 1, -6, 1, -1, 6, -1, 6, 1, 1, 1, 1, 6, -1, 6, -1, 1, -6, 1);
    return AffineTransform.getRotateInstance(Math.PI / 4).createTransformedShape(plus);
  }
}
