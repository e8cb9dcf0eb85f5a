package io.quorate.loadgen;

import io.quorate.charts.Sweep;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/**
 * One pass of a sweep: a load on one quorum.
 *
 * @param lag {@code NONE}: at zero lag, as a baseline
 * @param round from 1
 */
record Pass(Sweep.Load load, Sweep.Lag lag, int quorum, int round) {
  /**
   * All passes in their order. Every round goes through all quorums, each second one backward, so
   * that a machine that becomes slower does not colour one of them; a baseline follows at once on
   * what it is the baseline of.
   *
   * @param loads of the passes under the cluster's own lag
   */
  static List<Pass> all(
      Collection<Sweep.Load> loads, Collection<Integer> quorums, int rounds, boolean baseline) {
    List<Integer> order = new ArrayList<>(quorums);
    List<Pass> passes = new ArrayList<>();
    for (int round = 1; round <= rounds; round++) {
      for (int quorum : order) {
        for (Sweep.Load load : loads) {
          passes.add(new Pass(load, Sweep.Lag.INJECTED, quorum, round));
          if (baseline && isPredicted(load)) {
            passes.add(new Pass(load, Sweep.Lag.NONE, quorum, round));
          }
        }
      }
      Collections.reverse(order);
    }
    return passes;
  }

  /** Only what is predicted has a use for a baseline: a loaded pass measures its own queues. */
  private static boolean isPredicted(Sweep.Load load) {
    return load != Sweep.Load.LOADED;
  }

  boolean isOpen() {
    return load == Sweep.Load.OPEN;
  }

  Sweep.Mode mode() {
    return isOpen() ? Sweep.Mode.OPEN : Sweep.Mode.CLOSED;
  }

  /** As it is called on the terminal. */
  String label() {
    return "w=" + quorum + " " + word(load) + (lag == Sweep.Lag.NONE ? " no lag" : "");
  }

  /** What tells its files and tags from those of another pass, without the round. */
  String name() {
    return word(load) + (lag == Sweep.Lag.NONE ? "-nolag" : "") + "-w" + quorum;
  }

  static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
