package io.quorate.replication;

import java.util.concurrent.TimeUnit;

/**
 * By how much earlier than its due time a link's timer is set, learnt from how late its timers
 * fire: the kernel takes its time to wake a thread, most of all on a machine that had gone idle.
 * Whoever is woken early waits out the rest awake, so the lead has two bounds: its own greatest
 * length, and a share of a processor's time.
 *
 * <p>The lead follows a quantile of the lateness by stochastic approximation (Robbins and Monro,
 * 1951): up by a fraction of a fixed step after each timer that was later than the lead, down by
 * the rest of it after each that was not. One outlier, however large, moves it by less than a step.
 *
 * <p>Arithmetic alone; owned by whoever sets the timers.
 */
final class TimerLead {

  static final long MAX_NANOS = TimeUnit.MICROSECONDS.toNanos(100);

  /** One part of so many of a processor's time may be waited out awake. */
  static final int AWAKE_SHARE = 50;

  /** Time awake that a quiet spell can save up. */
  static final long MAX_SAVED_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

  /** Share of the timers that are to fire before the lead is over. */
  private static final double QUANTILE = 0.6;

  private static final double STEP_NANOS = 1_000;

  /** Estimate of the lateness. Invariant: 0 to {@link #MAX_NANOS}. */
  private double latenessNanos;

  /** Time that may still be waited out awake; one wait may overdraw it. */
  private long savedNanos = MAX_SAVED_NANOS;

  private long savedAtNanos;

  TimerLead(long nowNanos) {
    savedAtNanos = nowNanos;
  }

  /** How much earlier to set a timer now: 0 to {@link #MAX_NANOS}. */
  long nanos(long nowNanos) {
    save(nowNanos);
    return savedNanos > 0 ? (long) latenessNanos : 0;
  }

  /**
   * A timer fired.
   *
   * @param lateNanos after the moment that it was set for
   * @param awakeNanos until it is due; not positive when it is
   */
  void fired(long lateNanos, long awakeNanos) {
    double step = lateNanos > latenessNanos ? QUANTILE : QUANTILE - 1;
    latenessNanos = Math.min(Math.max(latenessNanos + step * STEP_NANOS, 0), (double) MAX_NANOS);
    savedNanos -= Math.max(awakeNanos, 0);
  }

  private void save(long nowNanos) {
    long earned = (nowNanos - savedAtNanos) / AWAKE_SHARE;
    savedAtNanos += earned * AWAKE_SHARE;
    savedNanos = Math.min(savedNanos + earned, MAX_SAVED_NANOS);
  }
}
