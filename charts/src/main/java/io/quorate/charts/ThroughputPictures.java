package io.quorate.charts;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What was carried at each quorum. */
final class ThroughputPictures {
  private static final int HEIGHT = 420;

  /** Of writes and reads from their quorum, so that their marks stand side by side. */
  private static final double APART = 0.035;

  private ThroughputPictures() {}

  /** Requests per second of one load against the quorum; open loop with what was asked for. */
  static Picture throughput(Sweep sweep, Sweep.Result first) {
    List<Curve> curves = new ArrayList<>();
    boolean open = first.load() == Sweep.Load.OPEN;
    List<Sweep.Result> writes = sweep.of(first.load(), first.lag(), Sweep.Operation.WRITE);
    List<Sweep.Result> reads = sweep.of(first.load(), first.lag(), Sweep.Operation.READ);
    List<Sweep.Result> all = new ArrayList<>(writes);
    all.addAll(reads);
    double apart = writes.isEmpty() || reads.isEmpty() ? 0 : APART;
    if (apart > 0) {
      curves.add(total(all));
    }
    if (!writes.isEmpty()) {
      curves.add(curve("writes answered", writes, 0, -apart));
    }
    if (!reads.isEmpty()) {
      curves.add(curve("reads answered", reads, 1, apart));
    }
    if (open) {
      curves.add(asked(sweep, first.lag()));
    }
    String shows =
        open
            ? "Requests answered per second, against what the schedule asked for. Hollow: the "
                + "schedule was not kept, so the rate asked for was not reached."
            : "Requests answered per second, each connection sending its next when the last is "
                + "answered.";
    return new Picture(
        "throughput-" + Words.of(first.load()),
        "Throughput against write quorum",
        Caption.subtitle(sweep, first),
        Caption.of(shows, List.of(), sweep),
        QuorumPictures.panel(
            curves, QuorumPictures.quorumAxis(all), "requests per second (1/s)", null),
        CurvePanel.legend(curves),
        HEIGHT);
  }

  private static Curve asked(Sweep sweep, Sweep.Lag lag) {
    Map<Integer, Double> rates = new LinkedHashMap<>();
    for (Sweep.Operation operation : Sweep.Operation.values()) {
      for (Sweep.Result result : sweep.of(Sweep.Load.OPEN, lag, operation)) {
        Double rate = result.rateAsked();
        rates.putIfAbsent(result.quorum(), rate == null ? Double.NaN : rate);
      }
    }
    List<Curve.Dot> dots = new ArrayList<>();
    rates.forEach((quorum, rate) -> dots.add(Curve.Dot.of(quorum, rate)));
    return new Curve("asked for", Style.INK, Style.Line.DASHED, null, dots);
  }

  private static Curve total(List<Sweep.Result> results) {
    Map<Integer, Curve.Dot> totals = new LinkedHashMap<>();
    for (Sweep.Result result : results) {
      totals.merge(
          result.quorum(),
          dot(result, 0),
          (one, other) ->
              new Curve.Dot(one.x(), one.y() + other.y(), null, one.few() || other.few()));
    }
    return new Curve(
        "all answered",
        Style.color(2),
        Style.Line.SOLID,
        Style.mark(2),
        List.copyOf(totals.values()));
  }

  private static Curve curve(String label, List<Sweep.Result> results, int index, double shift) {
    return new Curve(
        label,
        Style.color(index),
        Style.Line.SOLID,
        Style.mark(index),
        results.stream().map(result -> dot(result, shift)).toList());
  }

  static Curve.Dot dot(Sweep.Result result, double shift) {
    boolean missed = Boolean.FALSE.equals(result.rateReached());
    return new Curve.Dot(result.quorum() + shift, result.perSecond(), null, missed);
  }
}
