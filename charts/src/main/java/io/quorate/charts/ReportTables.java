package io.quorate.charts;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The tables of the page: one of results a load, and one of residuals. */
final class ReportTables {
  /** Behind a figure with too few samples beyond it. */
  static final String FEW_MARK = "*";

  private static final List<Statistic> RESIDUAL_COLUMNS = List.of(Statistic.P50, Statistic.P99);

  private final Html html;
  private final Sweep sweep;
  private final List<Residual> residuals;

  ReportTables(Html html, Sweep sweep) {
    this.html = html;
    this.sweep = sweep;
    this.residuals = Residual.of(sweep);
  }

  void write() {
    html.element("h2", "Results");
    if (sweep.results().isEmpty()) {
      html.element("p", "There are no results.");
    }
    for (Sweep.Load load : Sweep.Load.values()) {
      for (Sweep.Operation operation : Sweep.Operation.values()) {
        for (Sweep.Lag lag : Sweep.Lag.values()) {
          List<Sweep.Result> results = sweep.of(load, lag, operation);
          if (!results.isEmpty()) {
            results(results);
          }
        }
      }
    }
    if (!residuals.isEmpty()) {
      residuals();
    }
  }

  private void results(List<Sweep.Result> results) {
    Sweep.Result first = results.get(0);
    boolean open = first.mode() == Sweep.Mode.OPEN;
    boolean predicted = results.stream().anyMatch(one -> Residual.prediction(sweep, one) != null);
    html.element(
        "h3",
        Caption.capital(Words.of(first.operation()))
            + "s, "
            + Caption.load(first)
            + (first.lag() == Sweep.Lag.NONE ? ", without lag (the baseline)" : ""));
    html.element(
        "p",
        "Latency in ms, "
            + (open ? "from the intended start" : "from sending")
            + " to the answer; below each, least to greatest of the rounds. "
            + FEW_MARK
            + " fewer than 10 samples lie beyond it (rounds: in each, on average): not a fact."
            + (predicted
                ? " Residual: measured minus predicted; beyond: what is left of it past the "
                    + "zero-lag baseline."
                : ""));
    html.open("div", "class", "wide").open("table");
    html.row("th", header(open, predicted));
    for (Sweep.Result result : results) {
      row(result, open, predicted);
    }
    html.close("table").close("div");
  }

  private static List<String> header(boolean open, boolean predicted) {
    List<String> header = new ArrayList<>(List.of("w", "answered", "errors"));
    header.add("per second");
    if (open) {
      header.addAll(List.of("rate asked for (all operations)", "reached", "sent late p99 / max"));
    }
    for (Statistic statistic : Statistic.values()) {
      header.add(statistic.label());
    }
    for (Statistic statistic : predicted ? RESIDUAL_COLUMNS : List.<Statistic>of()) {
      header.add("residual " + statistic.label());
      header.add("beyond " + statistic.label());
    }
    return header;
  }

  private void row(Sweep.Result result, boolean open, boolean predicted) {
    html.open("tr");
    html.element("td", String.valueOf(result.quorum()));
    html.element(
        "td",
        Numbers.grouped((double) result.count()) + (result.complete() ? "" : " (cut short)"),
        "class",
        result.complete() ? "" : "bad");
    html.element(
        "td", Numbers.grouped((double) result.errors()), "class", result.errors() > 0 ? "bad" : "");
    html.element("td", Numbers.grouped(result.perSecond()));
    Sweep.Late late = result.late();
    if (open) {
      boolean reached = Boolean.TRUE.equals(result.rateReached());
      Double asked = result.rateAsked();
      html.element("td", asked == null ? "" : Numbers.grouped(asked));
      html.element("td", reached ? "yes" : "NOT REACHED", "class", reached ? "" : "bad");
      html.element(
          "td", late == null ? "" : Numbers.ms(late.p99()) + " / " + Numbers.ms(late.max()));
    }
    for (Statistic statistic : Statistic.values()) {
      figure(result, statistic);
    }
    for (Statistic statistic : predicted ? RESIDUAL_COLUMNS : List.<Statistic>of()) {
      Residual residual = residual(result, statistic);
      html.element("td", residual == null ? "" : raw(residual));
      html.element("td", residual == null ? "" : beyond(residual));
    }
    html.close("tr");
  }

  /** The figure and, below it, the rounds' own; each marked where it is no fact. */
  private void figure(Sweep.Result result, Statistic statistic) {
    Sweep.Latency latency = result.latency();
    html.open("td");
    if (latency != null) {
      Sweep.Figure figure = latency.of(statistic);
      Double low = figure.low();
      Double high = figure.high();
      html.text(Numbers.ms(figure.us()) + (latency.isFew(statistic) ? FEW_MARK : ""));
      if (low != null && high != null) {
        String mark = result.isSpreadFew(statistic) ? FEW_MARK : "";
        html.element("small", Numbers.ms(low) + "–" + Numbers.ms(high) + mark);
      }
    }
    html.close("td");
  }

  private @Nullable Residual residual(Sweep.Result result, Statistic statistic) {
    if (Residual.prediction(sweep, result) == null) {
      return null;
    }
    for (Residual residual : residuals) {
      if (residual.load() == result.load()
          && residual.quorum() == result.quorum()
          && residual.statistic() == statistic) {
        return residual;
      }
    }
    return null;
  }

  private static String raw(Residual residual) {
    return Numbers.signedMs(residual.raw()) + (residual.few() ? FEW_MARK : "");
  }

  private static String beyond(Residual residual) {
    Double beyond = residual.beyondBaseline();
    return beyond == null ? "" : Numbers.signedMs(beyond) + (residual.few() ? FEW_MARK : "");
  }

  private void residuals() {
    html.element("h2", "Predicted, measured, and the residual between them");
    html.element(
        "p",
        "Predicted: the w-th least of the followers' injected delays, and nothing else. Beyond: "
            + "measured, less the prediction, less the same figure at zero lag and the same load. "
            + "Write latency in ms; "
            + FEW_MARK
            + " fewer than 10 samples beyond."
            + Caption.leftOut(sweep.results()));
    Map<String, List<Residual>> rows = new TreeMap<>();
    for (Residual residual : residuals) {
      String row = Words.of(residual.load()) + "%06d".formatted(residual.quorum());
      rows.computeIfAbsent(row, added -> new ArrayList<>()).add(residual);
    }
    html.open("div", "class", "wide").open("table");
    List<String> header = new ArrayList<>(List.of("w", "load"));
    for (Statistic statistic : Statistic.PREDICTED) {
      header.add(statistic.label() + " predicted");
      header.addAll(List.of("measured", "residual", "beyond"));
    }
    html.row("th", header);
    for (List<Residual> row : rows.values()) {
      List<String> cells = new ArrayList<>();
      cells.add(String.valueOf(row.get(0).quorum()));
      cells.add(row.get(0).load() == Sweep.Load.OPEN ? "open loop" : "light, closed loop");
      for (Residual residual : row) {
        cells.add(Numbers.ms(residual.predicted()));
        cells.add(Numbers.ms(residual.measured()));
        cells.add(raw(residual));
        cells.add(beyond(residual));
      }
      html.row("td", cells);
    }
    html.close("table").close("div");
  }
}
