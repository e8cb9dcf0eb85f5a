package io.quorate.bench;

import io.quorate.loadgen.Refusal;
import java.util.Set;

/** Measures rows that share what they are measured on. */
interface Experiment {
  /** What it can measure. */
  Set<Row> rows();

  /**
   * Starts what it takes, measures, and ends what it started, however it comes out.
   *
   * @param wanted of its rows, not empty; what they take is installed
   * @throws Refusal when the measurement breaks or the user stops it; rows that were told to the
   *     results before stay
   */
  void measure(Bench bench, Set<Row> wanted, Results results) throws Refusal;
}
