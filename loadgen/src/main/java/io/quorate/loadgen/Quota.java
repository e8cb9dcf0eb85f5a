package io.quorate.loadgen;

import java.time.Duration;

/**
 * How much of a load there is to be, whichever is used up first.
 *
 * @param writes how many writes; reads between them come on top
 * @param nanos how long requests are started
 */
record Quota(long writes, long nanos) {
  /** For who ends the load by hand. */
  static final Quota UNLIMITED = new Quota(Long.MAX_VALUE, Long.MAX_VALUE);

  static Quota ofWrites(long writes) {
    return new Quota(writes, Long.MAX_VALUE);
  }

  static Quota lasting(Duration time) {
    return new Quota(Long.MAX_VALUE, time.toNanos());
  }

  boolean isUsedUp(long writesBegun, long elapsedNanos) {
    return writesBegun >= writes || elapsedNanos >= nanos;
  }
}
