package io.quorate.core.sim;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** How often each thing happened. */
final class Tally {

  private final Map<Happening, AtomicLong> counts = new EnumMap<>(Happening.class);

  void note(Happening happening) {
    count(happening).incrementAndGet();
  }

  long of(Happening happening) {
    return count(happening).get();
  }

  void add(Tally other) {
    other.counts.forEach((happening, count) -> count(happening).addAndGet(count.get()));
  }

  private AtomicLong count(Happening happening) {
    return counts.computeIfAbsent(happening, any -> new AtomicLong());
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
