package io.quorate.charts;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What tells two sweeps apart besides their figures, in words. */
final class Differences {
  private final List<String> lines = new ArrayList<>();

  private Differences() {}

  static List<String> of(Sweep a, Sweep b) {
    Differences found = new Differences();
    found.settings(a.settings(), b.settings());
    found.machines(a.machine(), b.machine());
    found.results(a, b);
    Caption.reservations(a).forEach(line -> found.lines.add("A: " + line));
    Caption.reservations(b).forEach(line -> found.lines.add("B: " + line));
    return found.lines;
  }

  private void settings(Sweep.Settings a, Sweep.Settings b) {
    differ("mode", Caption.mode(a), Caption.mode(b));
    differ("followers", String.valueOf(a.followers()), String.valueOf(b.followers()));
    differ("injected delay", delay(a), delay(b));
    differ("mix", Caption.mix(a), Caption.mix(b));
    differ("keys", Caption.keys(a), Caption.keys(b));
    differ("values", Caption.values(a), Caption.values(b));
    differ("length", Caption.length(a), Caption.length(b));
    differ("warm-up", a.warmup(), b.warmup());
    differ("timeout", a.timeoutMs() + " ms", b.timeoutMs() + " ms");
  }

  private void machines(Sweep.Machine a, Sweep.Machine b) {
    differ("machine", a.os(), b.os());
    differ("processors", String.valueOf(a.processors()), String.valueOf(b.processors()));
    differ("Java", a.java(), b.java());
    differ("server", a.server(), b.server());
    differ("load generator", a.loadgen(), b.loadgen());
  }

  private void results(Sweep a, Sweep b) {
    Set<String> inA = names(a);
    Set<String> inB = names(b);
    if (inA.stream().noneMatch(inB::contains)) {
      lines.add("NOTHING TO COMPARE: no load, lag, quorum and operation is in both");
    }
    for (Sweep.Result result : a.results()) {
      if (!inB.contains(result.name())) {
        lines.add("only in A: " + result.name());
      }
    }
    for (Sweep.Result result : b.results()) {
      if (!inA.contains(result.name())) {
        lines.add("only in B: " + result.name());
      }
    }
    for (Sweep.Result before : a.results()) {
      for (Sweep.Result after : b.results()) {
        if (before.name().equals(after.name())) {
          differ(before.name(), Caption.load(before), Caption.load(after));
        }
      }
    }
  }

  private static Set<String> names(Sweep sweep) {
    Set<String> names = new HashSet<>();
    sweep.results().forEach(result -> names.add(result.name()));
    return names;
  }

  private static String delay(Sweep.Settings settings) {
    return Numbers.plain(settings.minDelayMs())
        + " to "
        + Numbers.plain(settings.maxDelayMs())
        + " ms";
  }

  private void differ(String what, String a, String b) {
    if (!a.equals(b)) {
      lines.add("DIFFERENT " + what + ": A has " + a + "; B has " + b);
    }
  }
}
