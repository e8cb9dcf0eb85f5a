package io.quorate.charts;

import java.util.ArrayList;
import java.util.List;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.NumberTickUnit;
import org.jfree.chart.plot.CombinedDomainXYPlot;
import org.jfree.chart.plot.Plot;
import org.jfree.chart.plot.XYPlot;
import org.jspecify.annotations.Nullable;

/** The charts that have the write quorum on their lower axis. */
final class QuorumPictures {
  static final String QUORUM_AXIS = "write quorum w (follower acknowledgements)";

  private static final int HEIGHT = 460;
  private static final int TWO_PANELS_HEIGHT = 640;
  private static final double HEADROOM = 1.08;
  private static final double FOOTROOM = 0.06;

  /** Between curves at one quorum, so that their marks and bars stand side by side. */
  private static final double STEP = 0.07;

  private QuorumPictures() {}

  /** Latency of one load and operation; with its prediction where there may be one. */
  static Picture latency(Sweep sweep, List<Sweep.Result> results) {
    Sweep.Result first = results.get(0);
    List<Curve> curves = new ArrayList<>();
    boolean predicted = false;
    for (Sweep.Result result : results) {
      predicted |= Residual.prediction(sweep, result) != null;
    }
    for (Statistic statistic : Statistic.PREDICTED) {
      curves.add(measured(results, statistic));
      if (predicted) {
        curves.add(predicted(sweep, results, statistic));
      }
    }
    String operation = Words.of(first.operation());
    String shows =
        predicted
            ? "Solid: measured %s latency. Dashed with crosses: what order statistics predict "
                + "from the injected delay alone; the gap between the two is the residual."
            : "Measured %s latency. Nothing is predicted for it: queueing is part of it.";
    String leftOut = Caption.leftOut(results);
    return new Picture(
        "latency-" + Words.of(first.load()) + (operation.equals("write") ? "" : "-read"),
        Caption.capital(operation)
            + " latency against write quorum"
            + (predicted ? ": measured and predicted" : ""),
        Caption.subtitle(sweep, first),
        Caption.of(shows.formatted(operation) + leftOut, curves, sweep),
        panel(curves, quorumAxis(results), operation + " latency (ms)", null),
        CurvePanel.legend(curves),
        predicted ? HEIGHT + 60 : HEIGHT);
  }

  static Curve measured(List<Sweep.Result> results, Statistic statistic) {
    int at = Statistic.PREDICTED.indexOf(statistic);
    return new Curve(
        statistic.label() + (results.get(0).load() == Sweep.Load.LOADED ? "" : " measured"),
        Style.color(at),
        Style.Line.SOLID,
        Style.mark(at),
        results.stream().map(result -> dot(result, statistic, shifted(result, at))).toList());
  }

  static Curve.Dot dot(Sweep.Result result, Statistic statistic, double x) {
    Sweep.Latency latency = result.latency();
    if (latency == null) {
      return Curve.Dot.of(x, Double.NaN);
    }
    Sweep.Figure figure = latency.of(statistic);
    return new Curve.Dot(
        x,
        Numbers.toMs(figure.us()),
        spread(figure.low(), figure.high(), result.isSpreadFew(statistic)),
        latency.isFew(statistic));
  }

  private static Curve predicted(Sweep sweep, List<Sweep.Result> results, Statistic statistic) {
    int at = Statistic.PREDICTED.indexOf(statistic);
    List<Curve.Dot> dots = new ArrayList<>();
    for (Sweep.Result result : results) {
      Prediction prediction = Residual.prediction(sweep, result);
      if (prediction != null) {
        dots.add(Curve.Dot.of(shifted(result, at), Numbers.toMs(prediction.at(statistic))));
      }
    }
    return new Curve(
        statistic.label() + " predicted", Style.color(at), Style.Line.DASHED, Style.CROSS, dots);
  }

  /** Measured minus predicted of one load, raw and, where there is a baseline, beyond it. */
  static Picture residuals(Sweep sweep, Sweep.Result first, List<Residual> residuals) {
    List<Curve> raw = new ArrayList<>();
    List<Curve> beyond = new ArrayList<>();
    for (Statistic statistic : Statistic.PREDICTED) {
      raw.add(residual(residuals, statistic, false));
      beyond.add(residual(residuals, statistic, true));
    }
    boolean baseline = residuals.stream().anyMatch(one -> one.baseline() != null);
    double top = HEADROOM * Math.max(Curve.highest(raw), Curve.highest(beyond));
    double lowest = Math.min(Curve.lowest(raw), Curve.lowest(beyond));
    double bottom = lowest - (top - lowest) * FOOTROOM;
    List<Sweep.Result> results = sweep.of(first.load(), first.lag(), first.operation());
    NumberAxis quorums = quorumAxis(results);
    Plot plot;
    if (baseline) {
      CombinedDomainXYPlot both = new CombinedDomainXYPlot(quorums);
      both.setGap(16);
      both.add(CurvePanel.of(raw, null, scale("residual (ms)", bottom, top), "raw"));
      both.add(
          CurvePanel.of(
              beyond, null, scale("residual (ms)", bottom, top), "beyond the zero-lag baseline"));
      plot = both;
    } else {
      plot = CurvePanel.of(raw, quorums, scale("residual (ms)", bottom, top), "raw");
    }
    String shows =
        "Measured minus predicted, figure by figure: what the software, the machine and the "
            + "queueing cost. "
            + (baseline
                ? "Below: what is left when the same figure at zero lag and the same load is taken "
                    + "off too."
                : "No baseline at zero lag was measured.");
    return new Picture(
        "residual-" + Words.of(first.load()),
        "Residual against write quorum: measured minus predicted",
        Caption.subtitle(sweep, first),
        Caption.of(shows + Caption.leftOut(results), raw, sweep),
        plot,
        CurvePanel.legend(raw),
        baseline ? TWO_PANELS_HEIGHT : HEIGHT);
  }

  private static Curve residual(
      List<Residual> residuals, Statistic statistic, boolean beyondBaseline) {
    int at = Statistic.PREDICTED.indexOf(statistic);
    List<Curve.Dot> dots = new ArrayList<>();
    for (Residual residual : residuals) {
      Double us = beyondBaseline ? residual.beyondBaseline() : Double.valueOf(residual.raw());
      if (residual.statistic() == statistic && us != null) {
        Double low = beyondBaseline ? null : residual.low();
        Double high = beyondBaseline ? null : residual.high();
        dots.add(
            new Curve.Dot(
                residual.quorum() + shift(at),
                Numbers.toMs(us),
                spread(low, high, residual.spreadFew()),
                residual.few()));
      }
    }
    return new Curve(statistic.label(), Style.color(at), Style.Line.SOLID, Style.mark(at), dots);
  }

  static XYPlot panel(
      List<Curve> curves, @Nullable NumberAxis quorums, String unit, @Nullable String name) {
    return CurvePanel.of(curves, quorums, scale(unit, 0, HEADROOM * Curve.highest(curves)), name);
  }

  static NumberAxis scale(String label, double bottom, double top) {
    NumberAxis axis = Style.axis(label);
    axis.setRange(bottom, top > bottom ? top : bottom + 1);
    return axis;
  }

  static NumberAxis quorumAxis(List<Sweep.Result> results) {
    NumberAxis axis = Style.axis(QUORUM_AXIS);
    int least = results.stream().mapToInt(Sweep.Result::quorum).min().orElse(0);
    int most = results.stream().mapToInt(Sweep.Result::quorum).max().orElse(1);
    axis.setTickUnit(new NumberTickUnit(Math.max(1, (most - least) / 20)));
    axis.setRange(least - 0.5, most + 0.5);
    return axis;
  }

  private static double shifted(Sweep.Result result, int at) {
    return result.quorum() + shift(at);
  }

  private static double shift(int at) {
    return (at - 1.5) * STEP;
  }

  private static Curve.@Nullable Spread spread(
      @Nullable Double lowUs, @Nullable Double highUs, boolean few) {
    return lowUs == null || highUs == null
        ? null
        : new Curve.Spread(Numbers.toMs(lowUs), Numbers.toMs(highUs), few);
  }
}
