package io.quorate.charts;

import java.awt.BasicStroke;
import java.awt.Shape;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.List;
import org.jfree.chart.LegendItem;
import org.jfree.chart.LegendItemCollection;
import org.jfree.chart.annotations.XYTitleAnnotation;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.plot.DatasetRenderingOrder;
import org.jfree.chart.plot.SeriesRenderingOrder;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYErrorRenderer;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.chart.title.TextTitle;
import org.jfree.chart.ui.RectangleAnchor;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;
import org.jfree.data.xy.YIntervalSeries;
import org.jfree.data.xy.YIntervalSeriesCollection;
import org.jspecify.annotations.Nullable;

/** Curves between two axes. */
final class CurvePanel {
  private static final Shape NO_MARK = new Rectangle2D.Double();
  private static final BasicStroke OUTLINE = new BasicStroke(1.6f);
  private static final BasicStroke SPREAD = new BasicStroke(1.3f);

  private CurvePanel() {}

  /**
   * A panel of the curves, the first at the bottom.
   *
   * @param horizontal null where panels share one
   * @param name what stands in the panel's upper left corner, or null
   */
  static XYPlot of(
      List<Curve> curves,
      @Nullable ValueAxis horizontal,
      NumberAxis vertical,
      @Nullable String name) {
    XYPlot panel = new XYPlot();
    panel.setDomainAxis(horizontal);
    panel.setRangeAxis(vertical);
    panel.setDataset(0, spreads(curves));
    panel.setRenderer(0, spreadRenderer(curves));
    panel.setDataset(1, dots(curves));
    panel.setRenderer(1, renderer(curves));
    panel.setDatasetRenderingOrder(DatasetRenderingOrder.FORWARD);
    panel.setSeriesRenderingOrder(SeriesRenderingOrder.FORWARD);
    Style.paper(panel);
    if (name != null) {
      panel.addAnnotation(corner(name));
    }
    return panel;
  }

  private static XYTitleAnnotation corner(String text) {
    TextTitle name = new TextTitle(text, Style.SUBTITLE_FONT);
    name.setPaint(Style.INK);
    name.setBackgroundPaint(Style.PAPER);
    name.setPadding(2, 5, 2, 5);
    return new XYTitleAnnotation(0.01, 0.97, name, RectangleAnchor.TOP_LEFT);
  }

  /** Two series a curve: its spreads that are facts, and those that are none. */
  private static YIntervalSeriesCollection spreads(List<Curve> curves) {
    YIntervalSeriesCollection spreads = new YIntervalSeriesCollection();
    for (int at = 0; at < curves.size(); at++) {
      YIntervalSeries facts = new YIntervalSeries(at + " facts");
      YIntervalSeries few = new YIntervalSeries(at + " few");
      for (Curve.Dot dot : curves.get(at).dots()) {
        Curve.Spread spread = dot.spread();
        if (spread != null) {
          (spread.few() ? few : facts).add(dot.x(), dot.y(), spread.low(), spread.high());
        }
      }
      spreads.addSeries(facts);
      spreads.addSeries(few);
    }
    return spreads;
  }

  private static XYErrorRenderer spreadRenderer(List<Curve> curves) {
    XYErrorRenderer renderer = new XYErrorRenderer();
    renderer.setDefaultLinesVisible(false);
    renderer.setDefaultShapesVisible(false);
    renderer.setDrawXError(false);
    renderer.setErrorStroke(null);
    renderer.setCapLength(7);
    for (int at = 0; at < curves.size(); at++) {
      renderer.setSeriesPaint(2 * at, curves.get(at).color());
      renderer.setSeriesStroke(2 * at, SPREAD);
      renderer.setSeriesPaint(2 * at + 1, curves.get(at).color());
      renderer.setSeriesStroke(2 * at + 1, Style.Line.DOTTED.stroke());
    }
    return renderer;
  }

  /** Three series a curve: its line, its marks, and its hollow marks. */
  private static XYSeriesCollection dots(List<Curve> curves) {
    XYSeriesCollection dots = new XYSeriesCollection();
    for (int at = 0; at < curves.size(); at++) {
      XYSeries line = new XYSeries(at + " line", false, true);
      XYSeries facts = new XYSeries(at + " facts", false, true);
      XYSeries few = new XYSeries(at + " few", false, true);
      for (Curve.Dot dot : curves.get(at).dots()) {
        line.add(dot.x(), dot.y());
        (dot.few() ? few : facts).add(dot.x(), dot.y());
      }
      dots.addSeries(line);
      dots.addSeries(facts);
      dots.addSeries(few);
    }
    return dots;
  }

  private static XYLineAndShapeRenderer renderer(List<Curve> curves) {
    XYLineAndShapeRenderer renderer = new XYLineAndShapeRenderer(true, true);
    renderer.setDrawSeriesLineAsPath(true);
    renderer.setUseFillPaint(true);
    renderer.setUseOutlinePaint(true);
    renderer.setDrawOutlines(true);
    for (int at = 0; at < curves.size(); at++) {
      Curve curve = curves.get(at);
      Shape mark = curve.mark();
      for (int series = 3 * at; series < 3 * at + 3; series++) {
        boolean line = series == 3 * at;
        boolean few = series == 3 * at + 2;
        renderer.setSeriesPaint(series, curve.color());
        renderer.setSeriesStroke(series, curve.line().stroke());
        renderer.setSeriesLinesVisible(series, line);
        renderer.setSeriesShapesVisible(series, !line && mark != null);
        renderer.setSeriesShape(series, mark == null ? NO_MARK : mark);
        renderer.setSeriesFillPaint(series, few ? Style.PAPER : curve.color());
        renderer.setSeriesOutlinePaint(series, curve.color());
        renderer.setSeriesOutlineStroke(series, OUTLINE);
      }
    }
    return renderer;
  }

  /** What stands beside each label in the legend: its line and its mark. */
  static LegendItemCollection legend(List<Curve> curves) {
    LegendItemCollection items = new LegendItemCollection();
    for (Curve curve : curves) {
      Shape mark = curve.mark();
      LegendItem item =
          new LegendItem(
              curve.label(),
              null,
              null,
              null,
              mark != null,
              mark == null ? NO_MARK : mark,
              true,
              curve.color(),
              false,
              curve.color(),
              OUTLINE,
              true,
              new Line2D.Double(-17, 0, 17, 0),
              curve.line().stroke(),
              curve.color());
      items.add(item);
    }
    return items;
  }
}
