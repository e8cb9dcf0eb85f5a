package io.quorate.replication;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class TimerLeadTest {

  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
  private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);
  private static final long MICRO = TimeUnit.MICROSECONDS.toNanos(1);
  private static final long SEED = 20_251_122;

  /** Far below zero: the clock's origin means nothing. */
  private long now = -SECOND;

  private final TimerLead lead = new TimerLead(now);

  @Test
  void timersThatWereNeverLateAreSetForWhenTheyAreDue() {
    assertThat(lead.nanos(now)).isZero();
    fire(1_000, 0);
    assertThat(lead.nanos(now)).isZero();
  }

  @Test
  void constantLatenessIsLearntToAStep() {
    fire(200, 40 * MICRO);
    assertThat(lead.nanos(now)).isBetween(39 * MICRO, 41 * MICRO);
  }

  /** Uniform between 20 and 60 µs: three of five are below 44 µs. */
  @Test
  void noisyLatenessIsLeadByMostOfIt() {
    SplittableRandom random = new SplittableRandom(SEED);
    for (int timer = 0; timer < 2_000; timer++) {
      fire(1, random.nextLong(20 * MICRO, 60 * MICRO));
    }
    assertThat(lead.nanos(now)).as("seed %d", SEED).isBetween(36 * MICRO, 52 * MICRO);
  }

  @Test
  void outlierMovesItByLessThanAStep() {
    fire(200, 40 * MICRO);
    long before = lead.nanos(now);
    fire(1, SECOND);
    assertThat(lead.nanos(now) - before).isBetween(0L, MICRO);
    fire(1, -SECOND);
    assertThat(lead.nanos(now) - before).isBetween(-MICRO, MICRO);
  }

  @Test
  void jumpIsFollowedBothWays() {
    fire(200, 20 * MICRO);
    fire(200, 70 * MICRO);
    assertThat(lead.nanos(now)).isBetween(69 * MICRO, 71 * MICRO);
    fire(400, 10 * MICRO);
    assertThat(lead.nanos(now)).isBetween(9 * MICRO, 11 * MICRO);
  }

  @Test
  void neverExceedsItsGreatestLength() {
    fire(10_000, SECOND);
    assertThat(lead.nanos(now)).isEqualTo(TimerLead.MAX_NANOS);
  }

  @Test
  void neverFallsBelowZero() {
    fire(10_000, -SECOND);
    assertThat(lead.nanos(now)).isZero();
  }

  @Test
  void waitingAwakeTakesNoMoreThanItsShareOfAProcessor() {
    fire(1_000, SECOND);
    long awake = 0;
    for (long start = now; now - start < 10 * SECOND; now += 100 * MICRO) {
      long ahead = lead.nanos(now);
      lead.fired(SECOND, ahead);
      awake += ahead;
    }
    long share = 10 * SECOND / TimerLead.AWAKE_SHARE;
    assertThat(awake)
        .isBetween(
            share - TimerLead.MAX_NANOS, share + TimerLead.MAX_SAVED_NANOS + TimerLead.MAX_NANOS);
  }

  @Test
  void spentShareComesBackWithTime() {
    fire(200, 40 * MICRO);
    lead.fired(40 * MICRO, 100 * MILLI);
    assertThat(lead.nanos(now)).isZero();
    assertThat(lead.nanos(now + 10 * SECOND)).isPositive();
  }

  /** As many timers, a millisecond apart, none of which is waited for awake. */
  private void fire(int timers, long lateNanos) {
    for (int timer = 0; timer < timers; timer++) {
      now += MILLI;
      lead.fired(lateNanos, 0);
    }
  }
}
