package io.quorate.charts;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Invented sweeps: what was predicted, and a cost on top that tells each result apart. */
final class Sweeps {
  static final int FOLLOWERS = 5;

  private static final double[] PERCENTILES = {
    0, 1, 5, 10, 20, 30, 40, 50, 60, 70, 80, 90, 95, 97.5, 99, 99.5, 99.75, 99.9, 99.95, 99.99
  };

  private Sweeps() {}

  /** Closed loop, light with its baseline, and loaded, at quorums 1 to 5, given in no order. */
  static Sweep complete() {
    List<Sweep.Result> results = new ArrayList<>();
    for (int quorum = FOLLOWERS; quorum >= 1; quorum--) {
      results.add(result(Sweep.Load.LOADED, Sweep.Lag.INJECTED, quorum));
      results.add(result(Sweep.Load.LIGHT, Sweep.Lag.INJECTED, quorum));
      results.add(result(Sweep.Load.LIGHT, Sweep.Lag.NONE, quorum));
    }
    return sweep(settings(Sweep.Mode.CLOSED), results, true, proof());
  }

  /** Open loop with reads, and a rate that was not reached at the greatest quorum. */
  static Sweep open() {
    List<Sweep.Result> results = new ArrayList<>();
    for (int quorum = 1; quorum <= FOLLOWERS; quorum++) {
      results.add(result(Sweep.Load.OPEN, Sweep.Lag.INJECTED, quorum));
      results.add(result(Sweep.Load.OPEN, Sweep.Lag.NONE, quorum));
      results.add(read(quorum));
    }
    return sweep(settings(Sweep.Mode.OPEN), results, true, proof());
  }

  /** The sweep with every latency of one quorum this many times as long. */
  static Sweep slower(Sweep sweep, int quorum, double factor) {
    List<Sweep.Result> results = new ArrayList<>();
    for (Sweep.Result result : sweep.results()) {
      results.add(result.quorum() == quorum ? slower(result, factor) : result);
    }
    return sweep(sweep.settings(), results, true, proof());
  }

  private static Sweep.Result slower(Sweep.Result result, double factor) {
    Sweep.Latency latency = result.latency();
    return new Sweep.Result(
        result.load(),
        result.mode(),
        result.connections(),
        result.rateAsked(),
        result.lag(),
        result.quorum(),
        result.operation(),
        result.count(),
        result.errors(),
        result.mode() == Sweep.Mode.CLOSED ? result.seconds() * factor : result.seconds(),
        result.rateReached(),
        result.late(),
        latency == null
            ? null
            : new Sweep.Latency(
                slower(latency.mean(), factor),
                slower(latency.p50(), factor),
                slower(latency.p90(), factor),
                slower(latency.p99(), factor),
                slower(latency.p999(), factor),
                slower(latency.max(), factor)),
        result.spectrum().stream()
            .map(point -> new Sweep.Point(point.percentile(), point.us() * factor))
            .toList(),
        result.rounds(),
        result.complete(),
        result.histogramFile(),
        result.hlogTag());
  }

  private static Sweep.Figure slower(Sweep.Figure figure, double factor) {
    return figure(figure.us() * factor, figure.beyond());
  }

  /** Stopped in the middle of its second quorum, before the proof. */
  static Sweep partial() {
    List<Sweep.Result> results =
        List.of(
            result(Sweep.Load.LIGHT, Sweep.Lag.INJECTED, 1),
            result(Sweep.Load.LOADED, Sweep.Lag.INJECTED, 1),
            cutShort(Sweep.Load.LIGHT, 2),
            unconfirmed(Sweep.Load.LOADED, 2));
    return sweep(settings(Sweep.Mode.CLOSED), results, false, null);
  }

  /** Stopped before anything was measured. */
  static Sweep empty() {
    Sweep sweep = complete();
    return new Sweep(
        sweep.startedAt(),
        false,
        sweep.command(),
        sweep.settings(),
        sweep.machine(),
        List.of(),
        List.of(),
        List.of(),
        null);
  }

  static Sweep sweep(
      Sweep.Settings settings,
      List<Sweep.Result> results,
      boolean complete,
      Sweep.@Nullable Proof proof) {
    return new Sweep(
        "2026-11-22T14:00:00Z",
        complete,
        List.of("java", "-jar", "loadgen.jar", "sweep", "--out", "my results"),
        settings,
        new Sweep.Machine("Linux 6.1.0 amd64", "17.0.15", 2, "Quorate 1.0.0, epoll", "1.0.0"),
        results,
        completions(),
        links(),
        proof);
  }

  static Sweep.Proof proof() {
    return new Sweep.Proof(true, 6, 100, "9f86d081884c7d65", List.of());
  }

  static Sweep.Settings settings(Sweep.Mode mode) {
    boolean open = mode == Sweep.Mode.OPEN;
    return new Sweep.Settings(
        "http://127.0.0.1:8080",
        FOLLOWERS,
        0.1,
        1,
        mode,
        20,
        open ? 4000.0 : null,
        open ? Sweep.Arrivals.POISSON : null,
        open ? 0.5 : 0,
        Sweep.ReadFrom.LEADER,
        100,
        open ? Sweep.KeyDistribution.ZIPFIAN : Sweep.KeyDistribution.UNIFORM,
        open ? 0.99 : null,
        64,
        open ? 1024 : 64,
        open ? null : 10_000L,
        open ? 10.0 : null,
        "until throughput was steady, at most 20,000 writes",
        3,
        5_000,
        -7);
  }

  static Sweep.Result result(Sweep.Load load, Sweep.Lag lag, int quorum) {
    boolean open = load == Sweep.Load.OPEN;
    long count = open ? 20_000 : 9_500;
    return new Sweep.Result(
        load,
        open ? Sweep.Mode.OPEN : Sweep.Mode.CLOSED,
        load == Sweep.Load.LIGHT ? 1 : 20,
        open ? 4000.0 : null,
        lag,
        quorum,
        Sweep.Operation.WRITE,
        count,
        0,
        open
            ? 10
            : count * micros(load, lag, quorum, 50) / 1e6 / (load == Sweep.Load.LIGHT ? 1 : 20),
        open ? Boolean.valueOf(quorum < FOLLOWERS) : null,
        open ? new Sweep.Late(41, 950) : null,
        latency(load, lag, quorum, count),
        spectrum(load, lag, quorum),
        3,
        true,
        file(load, lag, quorum) + ".hgrm",
        file(load, lag, quorum));
  }

  static Sweep.Result read(int quorum) {
    Sweep.Result write = result(Sweep.Load.OPEN, Sweep.Lag.NONE, quorum);
    return new Sweep.Result(
        write.load(),
        write.mode(),
        write.connections(),
        write.rateAsked(),
        Sweep.Lag.INJECTED,
        quorum,
        Sweep.Operation.READ,
        write.count(),
        3,
        write.seconds(),
        write.rateReached(),
        write.late(),
        write.latency(),
        write.spectrum(),
        write.rounds(),
        true,
        "open-w" + quorum + "-read.hgrm",
        "open-w" + quorum + "-read");
  }

  /** A result of a pass that ended after one round's seventh write. */
  static Sweep.Result cutShort(Sweep.Load load, int quorum) {
    return counted(result(load, Sweep.Lag.INJECTED, quorum), 7, 0, false);
  }

  /** A result of a pass in which every write failed. */
  static Sweep.Result unconfirmed(Sweep.Load load, int quorum) {
    return counted(result(load, Sweep.Lag.INJECTED, quorum), 0, 10_000, true);
  }

  private static Sweep.Result counted(
      Sweep.Result result, long count, long errors, boolean complete) {
    return new Sweep.Result(
        result.load(),
        result.mode(),
        result.connections(),
        result.rateAsked(),
        result.lag(),
        result.quorum(),
        result.operation(),
        count,
        errors,
        result.seconds(),
        result.rateReached(),
        result.late(),
        count == 0 ? null : latency(result.load(), result.lag(), result.quorum(), count),
        count == 0 ? List.of() : result.spectrum(),
        1,
        complete,
        result.histogramFile(),
        result.hlogTag());
  }

  private static Sweep.Latency latency(Sweep.Load load, Sweep.Lag lag, int quorum, long count) {
    return new Sweep.Latency(
        figure(micros(load, lag, quorum, 50) + 3, count),
        figure(micros(load, lag, quorum, 50), count / 2),
        figure(micros(load, lag, quorum, 90), count / 10),
        figure(micros(load, lag, quorum, 99), count / 100),
        figure(micros(load, lag, quorum, 99.9), count / 1000),
        figure(micros(load, lag, quorum, 99.999), 0));
  }

  static Sweep.Figure figure(double us, long beyond) {
    return new Sweep.Figure(us, beyond, us * 0.95, us * 1.08);
  }

  private static List<Sweep.Point> spectrum(Sweep.Load load, Sweep.Lag lag, int quorum) {
    List<Sweep.Point> points = new ArrayList<>();
    for (double percentile : PERCENTILES) {
      points.add(new Sweep.Point(percentile, micros(load, lag, quorum, percentile)));
    }
    return points;
  }

  /** What was predicted, and a cost that grows with the quorum and towards the tail. */
  static double micros(Sweep.Load load, Sweep.Lag lag, int quorum, double percentile) {
    double share = percentile / 100;
    double delay =
        lag == Sweep.Lag.NONE ? 0 : new Prediction(quorum, FOLLOWERS, 100, 1000).quantile(share);
    double cost = 90 + 6 * quorum - 40 * Math.log10(Math.max(1 - share, 1e-6));
    double tail = share > 0.985 ? 900 * (share - 0.985) / 0.015 : 0;
    return switch (load) {
      case LIGHT -> delay + cost + (lag == Sweep.Lag.NONE ? tail / 3 : tail);
      case OPEN -> delay + 1.3 * cost + (quorum == FOLLOWERS ? 3 : 1) * tail;
      case LOADED -> 2.2 * delay + 9 * cost + 4 * tail;
    };
  }

  private static String file(Sweep.Load load, Sweep.Lag lag, int quorum) {
    return Words.of(load) + (lag == Sweep.Lag.NONE ? "-baseline" : "") + "-w" + quorum;
  }

  private static List<Sweep.Completions> completions() {
    List<Sweep.Completions> completions = new ArrayList<>();
    for (int quorum = 1; quorum <= FOLLOWERS; quorum++) {
      List<Sweep.Completion> counts = new ArrayList<>();
      for (int follower = 1; follower <= FOLLOWERS; follower++) {
        long count = 1900 + 40L * ((follower * 7 + quorum * 3) % 5);
        counts.add(new Sweep.Completion("follower-" + follower, count));
      }
      completions.add(new Sweep.Completions(quorum, counts));
    }
    return completions;
  }

  private static List<Sweep.Link> links() {
    List<Sweep.Link> links = new ArrayList<>();
    for (int follower = 1; follower <= FOLLOWERS; follower++) {
      links.add(new Sweep.Link("follower-" + follower, 150_000, 61.5 + follower, 95, 210, 4100));
    }
    return links;
  }
}
