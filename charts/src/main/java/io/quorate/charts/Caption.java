package io.quorate.charts;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What stands in words beside a chart: which run it shows, and what a reader must know of it. */
final class Caption {
  private Caption() {}

  /** The settings of the run, what it ran on, and one line for each reservation. */
  static List<String> lines(Sweep sweep) {
    List<String> lines = new ArrayList<>();
    lines.add(settings(sweep));
    lines.add(
        "Started %s on %s, Java %s, processors: %d; server: %s"
            .formatted(
                sweep.startedAt(),
                sweep.machine().os(),
                sweep.machine().java(),
                sweep.machine().processors(),
                sweep.machine().server()));
    lines.add("Each panel has a latency axis of its own.");
    lines.addAll(reservations(sweep));
    return lines;
  }

  /** The settings of the run in one sentence. */
  static String settings(Sweep sweep) {
    Sweep.Settings settings = sweep.settings();
    return String.format(
        Locale.ROOT,
        "Followers: %d; injected delay: %s to %s ms on every link, drawn anew for every write; "
            + "keys: %,d; value: %,d bytes; writes a pass: %,d after %,d of warm-up; "
            + "connections: %s",
        settings.followers(),
        plain(settings.minDelayMs()),
        plain(settings.maxDelayMs()),
        settings.keys(),
        settings.valueBytes(),
        settings.writes(),
        settings.warmup(),
        Sweep.LOADS.stream()
            .map(load -> load + " " + connections(load, sweep.passes()))
            .collect(Collectors.joining(", ")));
  }

  /** The name of the panel of one load. */
  static String panel(String load, List<Sweep.Pass> passes) {
    String connections = connections(load, passes);
    return load + ": " + connections + (connections.equals("1") ? " connection" : " connections");
  }

  private static List<String> reservations(Sweep sweep) {
    List<String> lines = new ArrayList<>();
    if (!sweep.complete()) {
      lines.add("Incomplete: the sweep was stopped before its end.");
    }
    List<Sweep.Pass> cut = sweep.passes().stream().filter(pass -> !pass.complete()).toList();
    if (!cut.isEmpty()) {
      lines.add("Cut short, after a part of its writes: " + names(cut) + ".");
    }
    List<Sweep.Pass> empty =
        sweep.passes().stream().filter(pass -> pass.latency() == null).toList();
    if (!empty.isEmpty()) {
      lines.add("No point where no write was confirmed: " + names(empty) + ".");
    }
    List<Sweep.Pass> failed = sweep.passes().stream().filter(pass -> pass.errors() > 0).toList();
    if (!failed.isEmpty()) {
      lines.add("Writes not confirmed, and not in these latencies: " + errors(failed) + ".");
    }
    Sweep.Proof proof = sweep.proof();
    if (proof != null && !proof.converged()) {
      lines.add("The replicas were not shown to hold the same data.");
    }
    return lines;
  }

  private static String names(List<Sweep.Pass> passes) {
    return passes.stream()
        .map(pass -> DrawnPasses.name(pass.load(), pass.quorum()))
        .collect(Collectors.joining(", "));
  }

  private static String errors(List<Sweep.Pass> passes) {
    return passes.stream()
        .map(
            pass ->
                String.format(
                    Locale.ROOT,
                    "%,d at %s",
                    pass.errors(),
                    DrawnPasses.name(pass.load(), pass.quorum())))
        .collect(Collectors.joining(", "));
  }

  private static String connections(String load, List<Sweep.Pass> passes) {
    return passes.stream()
        .filter(pass -> pass.load().equals(load))
        .map(Sweep.Pass::connections)
        .distinct()
        .sorted()
        .map(String::valueOf)
        .collect(Collectors.joining(" or "));
  }

  private static String plain(double number) {
    return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
  }
}
