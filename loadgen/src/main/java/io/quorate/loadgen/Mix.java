package io.quorate.loadgen;

import io.quorate.charts.Sweep;

/**
 * How many of the requests are reads, and where those go.
 *
 * @param reads share of the requests that are reads, from 0 (none) to 1 (all)
 * @param readFrom {@code BOTH}: each read goes to the leader or one of the followers, all alike
 */
record Mix(double reads, Sweep.ReadFrom readFrom) {
  static final Mix WRITES = new Mix(0, Sweep.ReadFrom.LEADER);

  boolean hasReads() {
    return reads > 0;
  }
}
