package io.quorate.loadgen;

import io.quorate.charts.Sweep;

/**
 * When the requests of an open loop are to start. The n-th start follows from these three alone,
 * whatever the requests before it do: nothing that is slow can shift those after it.
 *
 * <p>Poisson arrivals have independent, exponentially distributed gaps of mean {@code 1 / rate}: by
 * inversion, {@code -ln(1 - u) / rate} for u uniform on [0, 1) (Devroye, Non-Uniform Random Variate
 * Generation, II.2).
 *
 * @param ratePerSecond mean requests per second, above 0
 * @param seed draws the gaps of Poisson arrivals
 */
record ArrivalSchedule(Sweep.Arrivals arrivals, double ratePerSecond, long seed) {
  private static final double NANOS_PER_SECOND = 1e9;
  private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;
  private static final double TWO_TO_MINUS_53 = 0x1.0p-53;

  /** Nanoseconds from start {@code number - 1}, or from 0, to start {@code number}, from 0 on. */
  double gapNanos(long number) {
    double meanNanos = NANOS_PER_SECOND / ratePerSecond;
    return switch (arrivals) {
      case CONSTANT -> meanNanos;
      case POISSON -> -Math.log1p(-uniform(number)) * meanNanos;
    };
  }

  /** On [0, 1), drawn by the seed and the number: the output function of SplitMix64. */
  private double uniform(long number) {
    long mixed = seed + GOLDEN_GAMMA * (number + 1);
    mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
    mixed ^= mixed >>> 31;
    return (mixed >>> 11) * TWO_TO_MINUS_53;
  }

  /** The starts from the first on, one after the other. */
  Starts starts() {
    return new Starts(this);
  }

  /** Goes through the starts of a schedule in their order. */
  static final class Starts {
    private final ArrivalSchedule schedule;

    /** How many starts were taken. */
    private long taken;

    /** Sum of the gaps so far: after a day its rounding is still below a nanosecond. */
    private double sumNanos;

    private Starts(ArrivalSchedule schedule) {
      this.schedule = schedule;
    }

    /** The next start, in nanoseconds from the beginning of the schedule. */
    long nextNanos() {
      double startNanos =
          schedule.arrivals() == Sweep.Arrivals.CONSTANT
              ? (taken + 1) * NANOS_PER_SECOND / schedule.ratePerSecond()
              : sumNanos + schedule.gapNanos(taken);
      sumNanos = startNanos;
      taken++;
      return Math.round(startNanos);
    }
  }
}
