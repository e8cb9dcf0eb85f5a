package io.quorate.charts;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Shape;
import java.awt.Stroke;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.annotations.XYTitleAnnotation;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.NumberTickUnit;
import org.jfree.chart.plot.CombinedDomainXYPlot;
import org.jfree.chart.plot.SeriesRenderingOrder;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.chart.title.LegendTitle;
import org.jfree.chart.title.TextTitle;
import org.jfree.chart.ui.HorizontalAlignment;
import org.jfree.chart.ui.RectangleAnchor;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;

/**
 * Mean and median write latency against write quorum: one panel for the light passes and one for
 * the loaded ones, each with a latency axis of its own that begins at 0.
 */
public final class LatencyChart {
  // The fonts stand before everything else: until they are there, AWT is not to be touched.
  private static final Font TITLE_FONT = BundledFont.size(22);
  private static final Font PANEL_FONT = BundledFont.size(16);
  private static final Font LABEL_FONT = BundledFont.size(15);
  private static final Font TICK_FONT = BundledFont.size(14);
  private static final Font CAPTION_FONT = BundledFont.size(13);

  static final String TITLE = "Write latency against write quorum";
  static final String MEAN = "mean";
  static final String MEDIAN = "median (p50)";
  static final String QUORUM_AXIS = "write quorum w (follower acknowledgements)";
  static final String LATENCY_AXIS = "write latency (ms)";

  private static final int WIDTH = 880;
  private static final int HEIGHT = 820;

  /** Room for a stand-in font that is wider and that the viewer does not fit. */
  private static final int CAPTION_MARGIN = 130;

  private static final double MICROSECONDS_PER_MILLISECOND = 1000;

  /** Blue and vermilion of Okabe and Ito's palette: told apart by every kind of colour vision. */
  private static final List<Color> COLORS = List.of(new Color(0x0072B2), new Color(0xD55E00));

  private static final List<Shape> MARKERS =
      List.of(new Ellipse2D.Double(-5, -5, 10, 10), new Rectangle2D.Double(-3.5, -3.5, 7, 7));
  private static final List<Stroke> LINES =
      List.of(
          new BasicStroke(2.5f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND),
          new BasicStroke(
              2.5f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, new float[] {8, 5}, 0));

  private static final Color INK = new Color(0x222222);
  private static final Color GRID = new Color(0xD9D9D9);

  private LatencyChart() {}

  /**
   * Draws the sweep as SVG into the file, which is written whole or not at all. A pass in which no
   * write was confirmed has no latency: its point is left out, and the caption says so.
   *
   * @throws UnusableSweepException when there is nothing to draw, a pass is missing from a complete
   *     sweep, or stands there twice
   * @throws IOException when the place cannot be written
   */
  public static void write(Sweep sweep, Path svg) throws IOException, UnusableSweepException {
    DrawnPasses passes = DrawnPasses.of(sweep);
    String caption = Caption.settings(sweep);
    WholeFile.write(svg, SvgPicture.draw(chart(sweep, passes), WIDTH, HEIGHT, TITLE, caption));
  }

  static JFreeChart chart(Sweep sweep, DrawnPasses passes) {
    CombinedDomainXYPlot panels = new CombinedDomainXYPlot(quorumAxis(passes));
    panels.setGap(24);
    for (String load : Sweep.LOADS) {
      panels.add(panel(load, passes.of(load)));
    }
    JFreeChart chart = new JFreeChart(TITLE, TITLE_FONT, panels, false);
    chart.setBackgroundPaint(Color.WHITE);
    chart.setPadding(new RectangleInsets(14, 14, 14, 20));
    chart.getTitle().setPaint(INK);
    LegendTitle legend = new LegendTitle(panels.getSubplots().get(0));
    legend.setItemFont(LABEL_FONT);
    legend.setItemPaint(INK);
    legend.setPosition(RectangleEdge.TOP);
    legend.setItemLabelPadding(new RectangleInsets(2, 4, 2, 24));
    legend.setPadding(4, 0, 10, 0);
    chart.addSubtitle(legend);
    List<String> lines = Caption.lines(sweep);
    for (int at = lines.size() - 1; at >= 0; at--) {
      chart.addSubtitle(captionLine(lines.get(at)));
    }
    return chart;
  }

  private static TextTitle captionLine(String line) {
    TextTitle caption = new TextTitle(line, CAPTION_FONT);
    caption.setPaint(INK);
    caption.setPosition(RectangleEdge.BOTTOM);
    caption.setHorizontalAlignment(HorizontalAlignment.LEFT);
    caption.setTextAlignment(HorizontalAlignment.LEFT);
    caption.setPadding(6, 8, 0, CAPTION_MARGIN);
    return caption;
  }

  private static NumberAxis quorumAxis(DrawnPasses passes) {
    NumberAxis axis = new NumberAxis(QUORUM_AXIS);
    style(axis);
    axis.setTickUnit(new NumberTickUnit(1));
    axis.setRange(passes.leastQuorum() - 0.5, passes.mostQuorum() + 0.5);
    return axis;
  }

  private static XYPlot panel(String load, List<Sweep.Pass> passes) {
    XYSeries mean = new XYSeries(MEAN);
    XYSeries median = new XYSeries(MEDIAN);
    for (Sweep.Pass pass : passes) {
      Sweep.Latency latency = pass.latency();
      mean.add(pass.quorum(), latency == null ? null : milliseconds(latency.mean()));
      median.add(pass.quorum(), latency == null ? null : milliseconds(latency.p50()));
    }
    XYSeriesCollection dataset = new XYSeriesCollection(mean);
    dataset.addSeries(median);

    NumberAxis latencyAxis = new NumberAxis(LATENCY_AXIS);
    style(latencyAxis);
    double highest = Math.max(mean.getMaxY(), median.getMaxY());
    latencyAxis.setRange(0, highest > 0 ? highest * 1.3 : 1);

    XYPlot panel = new XYPlot(dataset, null, latencyAxis, renderer());
    // The smaller marker and the dashed line on top, so that both figures show where they meet.
    panel.setSeriesRenderingOrder(SeriesRenderingOrder.FORWARD);
    panel.setBackgroundPaint(Color.WHITE);
    panel.setDomainGridlinePaint(GRID);
    panel.setRangeGridlinePaint(GRID);
    panel.setOutlinePaint(GRID);
    panel.addAnnotation(panelName(Caption.panel(load, passes)));
    return panel;
  }

  /** A boxed number: to JFreeChart, null is the point that interrupts the line. */
  private static Double milliseconds(double microseconds) {
    return microseconds / MICROSECONDS_PER_MILLISECOND;
  }

  private static XYTitleAnnotation panelName(String text) {
    TextTitle name = new TextTitle(text, PANEL_FONT);
    name.setPaint(INK);
    name.setBackgroundPaint(Color.WHITE);
    name.setPadding(3, 6, 3, 6);
    return new XYTitleAnnotation(0.01, 0.98, name, RectangleAnchor.TOP_LEFT);
  }

  private static XYLineAndShapeRenderer renderer() {
    XYLineAndShapeRenderer renderer = new XYLineAndShapeRenderer(true, true);
    for (int series = 0; series < COLORS.size(); series++) {
      renderer.setSeriesPaint(series, COLORS.get(series));
      renderer.setSeriesShape(series, MARKERS.get(series));
      renderer.setSeriesStroke(series, LINES.get(series));
    }
    renderer.setDrawSeriesLineAsPath(true);
    renderer.setLegendLine(new Line2D.Double(-20, 0, 20, 0));
    return renderer;
  }

  private static void style(NumberAxis axis) {
    axis.setLabelFont(LABEL_FONT);
    axis.setLabelPaint(INK);
    axis.setTickLabelFont(TICK_FONT);
    axis.setTickLabelPaint(INK);
    axis.setTickLabelInsets(new RectangleInsets(5, 4, 5, 4));
    axis.setAxisLinePaint(INK);
    axis.setTickMarkPaint(INK);
  }
}
