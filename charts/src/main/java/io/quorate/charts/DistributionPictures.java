package io.quorate.charts;

import java.awt.Shape;
import java.text.ChoiceFormat;
import java.util.ArrayList;
import java.util.List;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.NumberTickUnit;
import org.jfree.chart.plot.CombinedDomainXYPlot;
import org.jfree.chart.plot.XYPlot;

/** The charts that show whole distributions: by percentile, and into the tail. */
final class DistributionPictures {
  private static final int PANEL_HEIGHT = 150;
  private static final int PANEL_SURROUNDINGS = 190;
  private static final int SPECTRUM_HEIGHT = 520;
  private static final int PREDICTED_POINTS = 120;
  private static final double LAST_SHOWN_QUANTILE = 0.99;

  /** Nines of the percentiles at which a spectrum carries marks: 50, 90, 99 and so on. */
  private static final double[] MARKED_NINES = {Math.log10(2), 1, 2, 3, 4, 5, 6};

  private static final ChoiceFormat NINES =
      new ChoiceFormat(
          new double[] {-0.5, 0.5, 1.5, 2.5, 3.5, 4.5, 5.5},
          new String[] {"0 %", "90 %", "99 %", "99.9 %", "99.99 %", "99.999 %", "99.9999 %"});

  private DistributionPictures() {}

  /** One panel a quorum: the measured distribution over the predicted one. */
  static Picture distribution(Sweep sweep, List<Sweep.Result> results) {
    Sweep.Result first = results.get(0);
    List<Curve> shown = new ArrayList<>();
    CombinedDomainXYPlot panels = new CombinedDomainXYPlot(Style.axis("write latency (ms)"));
    panels.setGap(12);
    double end = 0;
    for (Sweep.Result result : results) {
      Prediction prediction = Residual.prediction(sweep, result);
      if (prediction == null || result.latency() == null) {
        continue;
      }
      List<Curve> curves = List.of(predicted(prediction), measured(result));
      NumberAxis share = Style.axis("share (%)");
      share.setRange(-3, 103);
      share.setTickUnit(new NumberTickUnit(25));
      XYPlot panel = CurvePanel.of(curves, null, share, "w = " + result.quorum());
      panels.add(panel);
      shown = curves;
      end = Math.max(end, result.latency().p99().us());
      end = Math.max(end, prediction.quantile(LAST_SHOWN_QUANTILE));
    }
    panels.getDomainAxis().setRange(0, Math.max(Numbers.toMs(end) * 1.05, 1e-3));
    int count = panels.getSubplots().size();
    return new Picture(
        "distribution-" + Words.of(first.load()),
        "Distribution of the write latency: measured and predicted",
        Caption.subtitle(sweep, first),
        Caption.of(
            "Share of the writes answered within each time, one panel a quorum. The distance "
                + "between the curves, from left to right, is the residual. The axis ends at the "
                + "greatest p99; the tail is in the percentile spectrum."
                + Caption.leftOut(results),
            List.of(),
            sweep),
        panels,
        CurvePanel.legend(shown),
        PANEL_SURROUNDINGS + PANEL_HEIGHT * count);
  }

  private static Curve measured(Sweep.Result result) {
    List<Curve.Dot> dots =
        result.spectrum().stream()
            .map(point -> Curve.Dot.of(Numbers.toMs(point.us()), point.percentile()))
            .toList();
    return new Curve("measured", Style.color(0), Style.Line.SOLID, null, dots);
  }

  private static Curve predicted(Prediction prediction) {
    List<Curve.Dot> dots = new ArrayList<>();
    dots.add(Curve.Dot.of(Numbers.toMs(prediction.leastUs()), 0));
    for (int step = 1; step <= PREDICTED_POINTS; step++) {
      double width = prediction.mostUs() - prediction.leastUs();
      double us = prediction.leastUs() + width * step / PREDICTED_POINTS;
      dots.add(Curve.Dot.of(Numbers.toMs(us), 100 * prediction.cumulative(us)));
    }
    return new Curve("predicted", Style.color(1), Style.Line.DASHED, null, dots);
  }

  /** Latency against the percentile, on an axis that gives each nine the same room. */
  static Picture spectrum(Sweep sweep, List<Sweep.Result> results) {
    Sweep.Result first = results.get(0);
    List<Curve> curves = new ArrayList<>();
    List<Curve> legend = new ArrayList<>();
    int index = 0;
    for (Sweep.Result result : results) {
      curves.addAll(spectrum(result, "w = " + result.quorum(), index));
      legend.add(marks(result, "w = " + result.quorum(), index));
      index++;
    }
    String operation = Words.of(first.operation());
    XYPlot panel =
        CurvePanel.of(
            curves,
            ninesAxis(),
            QuorumPictures.scale(operation + " latency (ms)", 0, 1.08 * Curve.highest(curves)),
            null);
    return new Picture(
        "spectrum-" + Words.of(first.load()) + (operation.equals("write") ? "" : "-read"),
        Caption.capital(operation) + " latency by percentile, each write quorum",
        Caption.subtitle(sweep, first),
        Caption.of(
            "Latency that a share of the requests did not exceed; each step to the right leaves "
                + "a tenth. Marks at 50, 90, 99, 99.9 ... %. Dotted: fewer than 10 samples beyond.",
            legend, sweep),
        panel,
        CurvePanel.legend(legend),
        SPECTRUM_HEIGHT);
  }

  /** The facts as a line, what is none as a dotted one, and the marks over both. */
  static List<Curve> spectrum(Sweep.Result result, String label, int index) {
    List<Curve.Dot> facts = new ArrayList<>();
    List<Curve.Dot> few = new ArrayList<>();
    for (Sweep.Point point : result.spectrum()) {
      if (point.percentile() >= 100) {
        continue;
      }
      Curve.Dot dot = Curve.Dot.of(nines(point.percentile()), Numbers.toMs(point.us()));
      if (isFew(result, point.percentile())) {
        few.add(dot);
      } else {
        facts.add(dot);
      }
    }
    if (!facts.isEmpty() && !few.isEmpty()) {
      few.add(0, facts.get(facts.size() - 1));
    }
    return List.of(
        new Curve(label, Style.color(index), line(index), null, facts),
        new Curve(label, Style.color(index), Style.Line.DOTTED, null, few),
        marksAlone(marks(result, label, index)));
  }

  private static Curve marksAlone(Curve marks) {
    // The line below is drawn from every point; between the marks alone it would cut corners.
    List<Curve.Dot> apart = new ArrayList<>();
    for (Curve.Dot dot : marks.dots()) {
      apart.add(dot);
      apart.add(Curve.Dot.of(dot.x(), Double.NaN));
    }
    return new Curve(marks.label(), marks.color(), marks.line(), marks.mark(), apart);
  }

  /** The curve with the marks of a legend: those at the whole nines, as far as it goes. */
  static Curve marks(Sweep.Result result, String label, int index) {
    Shape mark = Style.mark(index);
    List<Curve.Dot> dots = new ArrayList<>();
    for (double wanted : MARKED_NINES) {
      Sweep.Point nearest = null;
      for (Sweep.Point point : result.spectrum()) {
        boolean near =
            point.percentile() < 100 && Math.abs(nines(point.percentile()) - wanted) < 0.05;
        if (near && (nearest == null || distance(point, wanted) < distance(nearest, wanted))) {
          nearest = point;
        }
      }
      if (nearest != null) {
        boolean few = isFew(result, nearest.percentile());
        dots.add(new Curve.Dot(nines(nearest.percentile()), Numbers.toMs(nearest.us()), null, few));
      }
    }
    return new Curve(label, Style.color(index), line(index), mark, dots);
  }

  private static double distance(Sweep.Point point, double wanted) {
    return Math.abs(nines(point.percentile()) - wanted);
  }

  private static Style.Line line(int index) {
    Style.Line[] lines = {
      Style.Line.SOLID, Style.Line.DASHED, Style.Line.DASH_DOTTED, Style.Line.LONG_DASHED
    };
    return lines[index % lines.length];
  }

  private static boolean isFew(Sweep.Result result, double percentile) {
    return result.count() * (1 - percentile / 100) < Sweep.LEAST_SAMPLES_BEYOND - 0.5;
  }

  /** 90 gives 1, 99 gives 2, and so on. */
  static double nines(double percentile) {
    return -Math.log10(1 - percentile / 100);
  }

  static NumberAxis ninesAxis() {
    NumberAxis axis = Style.axis("percentile of the requests (logarithmic towards 100 %)");
    axis.setTickUnit(new NumberTickUnit(1));
    axis.setNumberFormatOverride(NINES);
    axis.setAutoRangeIncludesZero(true);
    return axis;
  }
}
