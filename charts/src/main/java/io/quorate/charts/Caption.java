package io.quorate.charts;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** What stands in words beside every chart: which run it shows, and what to know of it. */
final class Caption {
  private static final String HOLLOW =
      "Hollow: fewer than 10 samples lie beyond the percentile; no fact.";

  private Caption() {}

  /** What the chart shows, what its marks mean, the run's settings, and each reservation. */
  static List<String> of(String shows, List<Curve> curves, Sweep sweep) {
    List<String> lines = new ArrayList<>();
    StringBuilder first = new StringBuilder(shows);
    if (Curve.anySpread(curves)) {
      first.append(" Bars: least to greatest of the rounds.");
    }
    if (Curve.anyFewSpread(curves)) {
      first.append(" Dotted bars: fewer than 10 samples beyond in each round; no fact.");
    }
    if (Curve.anyFew(curves)) {
      first.append(' ').append(HOLLOW);
    }
    lines.add(first.toString());
    lines.add(settings(sweep));
    lines.add(machine(sweep));
    lines.addAll(reservations(sweep));
    return lines;
  }

  /** The settings of the run in one sentence, its mode first. */
  static String settings(Sweep sweep) {
    Sweep.Settings settings = sweep.settings();
    return ("%s; followers: %d; injected delay: %s to %s ms on every link; %s; keys: %s; "
            + "values: %s; %s; seed: %d.")
        .formatted(
            mode(settings),
            settings.followers(),
            Numbers.plain(settings.minDelayMs()),
            Numbers.plain(settings.maxDelayMs()),
            mix(settings),
            keys(settings),
            values(settings),
            length(settings),
            settings.seed());
  }

  /** Open or closed loop, and how hard it pressed. */
  static String mode(Sweep.Settings settings) {
    Double rate = settings.rate();
    Sweep.Arrivals arrivals = settings.arrivals();
    return rate == null || arrivals == null
        ? "Closed loop, loaded passes on " + connections(settings.connections())
        : "Open loop, %s requests/s asked, %s arrivals, %s"
            .formatted(
                Numbers.grouped(rate),
                switch (arrivals) {
                  case CONSTANT -> "constant";
                  case POISSON -> "Poisson";
                },
                connections(settings.connections()));
  }

  /** Share of reads, and where they go. */
  static String mix(Sweep.Settings settings) {
    return settings.reads() == 0
        ? "writes only"
        : "reads: %s %% from %s"
            .formatted(
                Numbers.plain(100 * settings.reads()),
                switch (settings.readFrom()) {
                  case LEADER -> "the leader";
                  case FOLLOWERS -> "followers";
                  case BOTH -> "leader and followers";
                });
  }

  static String keys(Sweep.Settings settings) {
    Double theta = settings.theta();
    String skew = theta == null ? "" : " (theta " + Numbers.plain(theta) + ")";
    return "%s %s%s"
        .formatted(Numbers.grouped(settings.keys()), theta == null ? "uniform" : "Zipfian", skew);
  }

  static String values(Sweep.Settings settings) {
    String least = Numbers.grouped(settings.minValueBytes());
    return settings.minValueBytes() == settings.maxValueBytes()
        ? least + " bytes"
        : least + " to " + Numbers.grouped(settings.maxValueBytes()) + " bytes";
  }

  /** How long each pass was. */
  static String length(Sweep.Settings settings) {
    Long writes = settings.writes();
    Double seconds = settings.durationSeconds();
    String pass =
        writes == null
            ? Numbers.plain(seconds == null ? 0 : seconds) + " s a pass"
            : Numbers.grouped(writes)
                + " writes a pass"
                + (settings.reads() == 0 ? "" : ", reads on top");
    return pass + " in " + settings.rounds() + (settings.rounds() == 1 ? " round" : " rounds");
  }

  static String machine(Sweep sweep) {
    Sweep.Machine machine = sweep.machine();
    return "Started %s on %s, Java %s, processors: %d; server: %s; loadgen: %s."
        .formatted(
            sweep.startedAt(),
            machine.os(),
            machine.java(),
            machine.processors(),
            machine.server(),
            machine.loadgen());
  }

  /** Load and mode as they stand under a chart's title, loudly where the sweep is partial. */
  static String subtitle(Sweep sweep, Sweep.Result result) {
    return load(result) + (sweep.complete() ? "" : " (PARTIAL RUN)");
  }

  /** Load and mode of one result, as it stands above a chart and a table. */
  static String load(Sweep.Result result) {
    return switch (result.load()) {
      case LIGHT -> "light load: closed loop, " + connections(result.connections());
      case LOADED -> "loaded: closed loop, " + connections(result.connections());
      case OPEN ->
          "open loop, %s requests/s asked, %s"
              .formatted(
                  Numbers.grouped(result.rateAsked() == null ? 0 : result.rateAsked()),
                  connections(result.connections()));
    };
  }

  private static String connections(int connections) {
    return Numbers.grouped(connections) + (connections == 1 ? " connection" : " connections");
  }

  /** One line for each thing without which the figures would be believed too much. */
  static List<String> reservations(Sweep sweep) {
    List<String> lines = new ArrayList<>();
    if (!sweep.complete()) {
      lines.add("PARTIAL: the sweep was stopped before its end.");
    }
    add(lines, sweep, "RATE NOT REACHED: ", result -> Boolean.FALSE.equals(result.rateReached()));
    add(lines, sweep, "Cut short: ", result -> !result.complete());
    add(lines, sweep, "Nothing confirmed: ", result -> result.latency() == null);
    String errors =
        sweep.results().stream()
            .filter(result -> result.errors() > 0)
            .map(result -> Numbers.grouped((double) result.errors()) + " at " + result.name())
            .collect(Collectors.joining(", "));
    if (!errors.isEmpty()) {
      lines.add("Errors, not in these latencies: " + errors + ".");
    }
    Sweep.Proof proof = sweep.proof();
    if (proof != null && !proof.converged()) {
      lines.add("NOT CONVERGED: the replicas were not shown to hold the same.");
    }
    return lines;
  }

  /** A sentence, after a blank, on the quorums that may not be held against a prediction, or "". */
  static String leftOut(List<Sweep.Result> results) {
    String quorums =
        results.stream()
            .filter(Residual::isLeftOut)
            .map(Sweep.Result::quorum)
            .distinct()
            .sorted()
            .map(String::valueOf)
            .collect(Collectors.joining(", "));
    return quorums.isEmpty()
        ? ""
        : " No prediction and no residual, for the rate was not reached or the pass was cut short: "
            + "w = "
            + quorums
            + ".";
  }

  private static void add(
      List<String> lines, Sweep sweep, String what, Predicate<Sweep.Result> concerned) {
    String names =
        sweep.results().stream()
            .filter(concerned)
            .map(Sweep.Result::name)
            .collect(Collectors.joining(", "));
    if (!names.isEmpty()) {
      lines.add(what + names + ".");
    }
  }

  /** The command as a shell takes it. */
  static String command(Sweep sweep) {
    return sweep.command().stream()
        .map(
            word ->
                word.matches("[A-Za-z0-9_@%+=:,./-]+")
                    ? word
                    : "'" + word.replace("'", "'\\''") + "'")
        .collect(Collectors.joining(" "))
        .strip();
  }

  /** The word with its first letter large. */
  static String capital(String text) {
    return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
  }
}
