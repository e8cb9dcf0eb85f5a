package io.quorate.charts;

import java.util.ArrayList;
import java.util.List;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.plot.CombinedDomainXYPlot;
import org.jfree.chart.plot.Plot;

/** Charts of two sweeps over each other: A solid with discs, B dashed with squares. */
final class ComparisonPictures {
  private static final int PANEL_HEIGHT = 190;
  private static final int PANEL_SURROUNDINGS = 190;
  private static final int HEIGHT = 420;
  private static final double HEADROOM = 1.25;
  private static final double STEP = 0.06;

  private final Sweep a;
  private final Sweep b;

  private ComparisonPictures(Sweep a, Sweep b) {
    this.a = a;
    this.b = b;
  }

  static List<Picture> of(Sweep a, Sweep b, List<Comparison.Pair> pairs) {
    Style.prepare();
    ComparisonPictures pictures = new ComparisonPictures(a, b);
    List<Picture> drawn = new ArrayList<>();
    for (Sweep.Load load : Sweep.Load.values()) {
      for (Sweep.Operation operation : Sweep.Operation.values()) {
        List<Comparison.Pair> shown =
            pairs.stream()
                .filter(pair -> pair.a().load() == load && pair.a().operation() == operation)
                .filter(pair -> pair.a().lag() == Sweep.Lag.INJECTED)
                .filter(pair -> pair.a().latency() != null && pair.b().latency() != null)
                .toList();
        if (!shown.isEmpty()) {
          drawn.add(pictures.latency(shown));
          drawn.add(pictures.spectrum(shown));
          drawn.add(pictures.throughput(shown));
        }
      }
    }
    return drawn;
  }

  private Picture latency(List<Comparison.Pair> pairs) {
    CombinedDomainXYPlot panels =
        new CombinedDomainXYPlot(QuorumPictures.quorumAxis(before(pairs)));
    panels.setGap(12);
    List<Curve> all = new ArrayList<>();
    for (Statistic statistic : Statistic.PREDICTED) {
      List<Curve> curves =
          curves(dots(before(pairs), statistic, -STEP), dots(after(pairs), statistic, STEP));
      NumberAxis scale = QuorumPictures.scale("latency (ms)", 0, HEADROOM * Curve.highest(curves));
      panels.add(CurvePanel.of(curves, null, scale, statistic.label()));
      all.addAll(curves);
    }
    return picture(
        pairs,
        "latency",
        "latency against write quorum: A and B",
        caption("Mean and percentiles of both sweeps, each panel with a scale of its own.", all),
        panels,
        all.subList(0, 2),
        PANEL_SURROUNDINGS + PANEL_HEIGHT * Statistic.PREDICTED.size());
  }

  private Picture throughput(List<Comparison.Pair> pairs) {
    List<Curve> curves = curves(rates(before(pairs), -STEP), rates(after(pairs), STEP));
    return picture(
        pairs,
        "throughput",
        "throughput against write quorum: A and B",
        caption(
            "Requests answered per second. Hollow: the rate asked for was not reached.", List.of()),
        QuorumPictures.panel(
            curves, QuorumPictures.quorumAxis(before(pairs)), "requests per second (1/s)", null),
        curves,
        HEIGHT);
  }

  private Picture spectrum(List<Comparison.Pair> pairs) {
    CombinedDomainXYPlot panels = new CombinedDomainXYPlot(DistributionPictures.ninesAxis());
    panels.setGap(12);
    for (Comparison.Pair pair : pairs) {
      List<Curve> curves = new ArrayList<>();
      curves.addAll(DistributionPictures.spectrum(pair.a(), "A", 0));
      curves.addAll(DistributionPictures.spectrum(pair.b(), "B", 1));
      NumberAxis scale = QuorumPictures.scale("latency (ms)", 0, HEADROOM * Curve.highest(curves));
      panels.add(CurvePanel.of(curves, null, scale, "w = " + pair.a().quorum()));
    }
    List<Curve> legend = curves(List.of(), List.of());
    return picture(
        pairs,
        "spectrum",
        "latency by percentile: A and B",
        caption(
            "Latency that a share of the requests did not exceed, one panel a quorum. Dotted and "
                + "hollow: fewer than 10 samples beyond, no fact.",
            List.of()),
        panels,
        legend,
        PANEL_SURROUNDINGS + PANEL_HEIGHT * pairs.size());
  }

  private static Picture picture(
      List<Comparison.Pair> pairs,
      String name,
      String title,
      List<String> caption,
      Plot plot,
      List<Curve> legend,
      int height) {
    Sweep.Result before = pairs.get(0).a();
    Sweep.Result after = pairs.get(0).b();
    String operation = Words.of(before.operation());
    String loads =
        Caption.load(before).equals(Caption.load(after))
            ? Caption.load(before)
            : "A: " + Caption.load(before) + "; B: " + Caption.load(after);
    return new Picture(
        "compare-"
            + name
            + "-"
            + Words.of(before.load())
            + (operation.equals("write") ? "" : "-read"),
        Caption.capital(operation) + " " + title,
        loads,
        caption,
        plot,
        CurvePanel.legend(legend),
        height);
  }

  private List<String> caption(String shows, List<Curve> curves) {
    List<String> lines = new ArrayList<>();
    for (String line : Caption.of(shows, curves, a)) {
      lines.add(lines.isEmpty() ? line : "A: " + line);
    }
    List<String> others = Caption.of(shows, curves, b);
    others.subList(1, others.size()).forEach(line -> lines.add("B: " + line));
    return lines;
  }

  private static List<Curve> curves(List<Curve.Dot> before, List<Curve.Dot> after) {
    return List.of(
        new Curve("A", Style.color(0), Style.Line.SOLID, Style.mark(0), before),
        new Curve("B", Style.color(1), Style.Line.DASHED, Style.mark(1), after));
  }

  private static List<Curve.Dot> dots(
      List<Sweep.Result> results, Statistic statistic, double shift) {
    return results.stream()
        .map(result -> QuorumPictures.dot(result, statistic, result.quorum() + shift))
        .toList();
  }

  private static List<Curve.Dot> rates(List<Sweep.Result> results, double shift) {
    return results.stream().map(result -> ThroughputPictures.dot(result, shift)).toList();
  }

  private static List<Sweep.Result> before(List<Comparison.Pair> pairs) {
    return pairs.stream().map(Comparison.Pair::a).toList();
  }

  private static List<Sweep.Result> after(List<Comparison.Pair> pairs) {
    return pairs.stream().map(Comparison.Pair::b).toList();
  }
}
