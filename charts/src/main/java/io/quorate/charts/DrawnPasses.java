package io.quorate.charts;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The passes of a sweep by load, in the order of their quorums, fit to be drawn: at least one of
 * each load has a latency.
 *
 * @param light passes of load {@link Sweep#LIGHT}
 * @param loaded passes of load {@link Sweep#LOADED}
 */
record DrawnPasses(List<Sweep.Pass> light, List<Sweep.Pass> loaded) {

  /** Refuses a sweep that lacks a pass or holds one twice. */
  static DrawnPasses of(Sweep sweep) throws UnusableSweepException {
    if (sweep.passes().isEmpty()) {
      throw new UnusableSweepException(
          "the sweep of " + sweep.startedAt() + " has no passes; expected at least one a load");
    }
    refuseStrangeOrTwice(sweep);
    if (sweep.complete()) {
      refuseMissing(sweep);
    }
    DrawnPasses drawn = new DrawnPasses(of(sweep, Sweep.LIGHT), of(sweep, Sweep.LOADED));
    for (String load : Sweep.LOADS) {
      if (drawn.of(load).stream().allMatch(pass -> pass.latency() == null)) {
        throw new UnusableSweepException(
            "the sweep of "
                + sweep.startedAt()
                + " has no "
                + load
                + " pass with a confirmed write; expected at least one");
      }
    }
    return drawn;
  }

  private static void refuseStrangeOrTwice(Sweep sweep) throws UnusableSweepException {
    Set<String> seen = new HashSet<>();
    for (Sweep.Pass pass : sweep.passes()) {
      if (!Sweep.LOADS.contains(pass.load())) {
        throw new UnusableSweepException(
            "a pass has the load \""
                + pass.load()
                + "\"; expected one of "
                + String.join(", ", Sweep.LOADS));
      }
      if (!seen.add(name(pass.load(), pass.quorum()))) {
        throw new UnusableSweepException(
            "the pass " + name(pass.load(), pass.quorum()) + " is there twice; expected it once");
      }
    }
  }

  private static void refuseMissing(Sweep sweep) throws UnusableSweepException {
    Set<Integer> quorums = new TreeSet<>();
    Set<String> present = new HashSet<>();
    for (Sweep.Pass pass : sweep.passes()) {
      quorums.add(pass.quorum());
      present.add(name(pass.load(), pass.quorum()));
    }
    List<String> missing = new ArrayList<>();
    for (String load : Sweep.LOADS) {
      for (int quorum : quorums) {
        if (!present.contains(name(load, quorum))) {
          missing.add(name(load, quorum));
        }
      }
    }
    if (!missing.isEmpty()) {
      throw new UnusableSweepException(
          "the sweep says it is complete, but lacks the pass "
              + String.join(", ", missing)
              + "; expected every load at every quorum");
    }
  }

  private static List<Sweep.Pass> of(Sweep sweep, String load) {
    return sweep.passes().stream()
        .filter(pass -> pass.load().equals(load))
        .sorted(Comparator.comparingInt(Sweep.Pass::quorum))
        .toList();
  }

  /** How a message names a pass. */
  static String name(String load, int quorum) {
    return load + " w=" + quorum;
  }

  List<Sweep.Pass> of(String load) {
    return load.equals(Sweep.LIGHT) ? light : loaded;
  }

  int leastQuorum() {
    return Math.min(light.get(0).quorum(), loaded.get(0).quorum());
  }

  int mostQuorum() {
    return Math.max(light.get(light.size() - 1).quorum(), loaded.get(loaded.size() - 1).quorum());
  }
}
