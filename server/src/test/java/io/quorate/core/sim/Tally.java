package io.quorate.core.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** How often each thing happened. */
final class Tally {

  private final long[] counts = new long[Happening.values().length];

  void note(Happening happening) {
    counts[happening.ordinal()]++;
  }

  long of(Happening happening) {
    return counts[happening.ordinal()];
  }

  void add(Tally other) {
    for (int i = 0; i < counts.length; i++) {
      counts[i] += other.counts[i];
    }
  }

  /** What never happened. */
  List<Happening> missing() {
    List<Happening> missing = new ArrayList<>();
    for (Happening happening : Happening.values()) {
      if (of(happening) == 0) {
        missing.add(happening);
      }
    }
    return missing;
  }

  String table() {
    StringBuilder table = new StringBuilder();
    for (Happening happening : Happening.values()) {
      table.append(String.format(Locale.ROOT, "  %,12d  %s%n", of(happening), happening.text()));
    }
    return table.toString();
  }
}
