package io.quorate.charts;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sweeps with figures that tell each pass, and mean from median, apart. */
final class Sweeps {
  static final int FOLLOWERS = 5;

  private Sweeps() {}

  /** Both loads at quorums 1 to 5, given in no order. */
  static Sweep complete() {
    List<Sweep.Pass> passes = new ArrayList<>();
    for (int quorum = FOLLOWERS; quorum >= 1; quorum--) {
      passes.add(pass(Sweep.LOADED, quorum));
      passes.add(pass(Sweep.LIGHT, quorum));
    }
    return sweep(passes, true, new Sweep.Proof(true, 6, 100, "9f86d081884c7d65", List.of()));
  }

  static Sweep sweep(List<Sweep.Pass> passes, boolean complete, Sweep.@Nullable Proof proof) {
    return new Sweep(
        Sweep.SCHEMA,
        "2026-11-22T14:00:00Z",
        new Sweep.Settings(
            "http://127.0.0.1:8080", FOLLOWERS, 0.1, 1, 10_000, 20_000, 1_000, 5_000, 100, 64, -7),
        new Sweep.Machine("Linux 6.1.0 amd64", "17.0.15", 2, "Quorate 1.0.0, epoll"),
        passes,
        complete,
        proof);
  }

  static Sweep.Pass pass(String load, int quorum) {
    boolean light = load.equals(Sweep.LIGHT);
    return new Sweep.Pass(
        load,
        quorum,
        light ? 1 : 20,
        10_000,
        0,
        light ? 6.25 : 1.5,
        new Sweep.Latency(mean(load, quorum), p50(load, quorum), 1300, 1500.5, 2100, 9100),
        true,
        load + "-w" + quorum + ".hgrm");
  }

  /** A pass that ended before all its writes were sent. */
  static Sweep.Pass cutShort(String load, int quorum) {
    Sweep.Pass pass = pass(load, quorum);
    return new Sweep.Pass(
        load,
        quorum,
        pass.connections(),
        7,
        pass.errors(),
        pass.seconds(),
        pass.latency(),
        false,
        pass.histogram());
  }

  /** A pass in which every write failed. */
  static Sweep.Pass unconfirmed(String load, int quorum) {
    Sweep.Pass pass = pass(load, quorum);
    return new Sweep.Pass(
        load,
        quorum,
        pass.connections(),
        0,
        pass.writes(),
        pass.seconds(),
        null,
        true,
        pass.histogram());
  }

  /** Microseconds. */
  static double mean(String load, int quorum) {
    return load.equals(Sweep.LIGHT) ? 350 + 150.25 * quorum : 2100 + 210.5 * quorum;
  }

  /** Microseconds. */
  static double p50(String load, int quorum) {
    return load.equals(Sweep.LIGHT) ? 320 + 151 * quorum : 1900 + 200 * quorum;
  }
}
