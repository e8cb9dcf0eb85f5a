package io.quorate.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * What several took turns at, a figure a round each: their ratios are of the same round, so that a
 * machine that becomes slower colours none of them.
 */
final class Rates {
  private final List<Double> values = new ArrayList<>();

  void add(double value) {
    values.add(value);
  }

  /** Forgets all rounds. */
  void clear() {
    values.clear();
  }

  Samples samples() {
    return new Samples(values);
  }

  /** Ours divided by the other's, round by round. */
  Samples over(Rates other) {
    if (values.size() != other.values.size()) {
      throw new IllegalStateException(values.size() + " rounds beside " + other.values.size());
    }
    return new Samples(
        IntStream.range(0, values.size())
            .mapToObj(round -> values.get(round) / other.values.get(round))
            .toList());
  }

  /** The medians of both, as in {@code 98,100 / 102,300 requests/s}. */
  String beside(Rates other, String unit) {
    return String.format(
        Locale.ROOT, "%,.0f / %,.0f %s", samples().median(), other.samples().median(), unit);
  }
}
