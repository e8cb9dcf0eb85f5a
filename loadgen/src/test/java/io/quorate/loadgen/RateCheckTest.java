package io.quorate.loadgen;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class RateCheckTest {
  private static final int REQUESTS = 10_000;
  private static final long GAP_NANOS = 1_000_000;

  @Test
  void aRateThatIsCarriedIsReachedHoweverLongTheLatency() {
    assertThat(reached(1.0, 0)).isTrue();
    assertThat(reached(1.0, 700_000_000)).isTrue();
  }

  @Test
  void nodesThatCarryTwoPercentLessDoNotReachIt() {
    assertThat(reached(0.98, 0)).isFalse();
    assertThat(reached(0.5, 0)).isFalse();
  }

  @Test
  void aShortfallWithinOnePercentIsNone() {
    assertThat(reached(0.995, 0)).isTrue();
  }

  @Test
  void requestsThatFailAreNotAnswered() {
    RateCheck check = new RateCheck();
    for (int request = 0; request < 100; request++) {
      check.started(request);
      check.ended(request % 20 != 0, request);
    }
    check.scheduleEnded(100);
    assertThat(check.settledNanos()).isEqualTo(RateCheck.NEVER);
    assertThat(RateCheck.isReached(check.settledNanos(), 1_000_000_000)).isFalse();
  }

  /** Nodes that carry this share of the rate, one request after the other, each after a latency. */
  private static boolean reached(double share, long latencyNanos) {
    RateCheck check = new RateCheck();
    long last = 0;
    long usual = 0;
    boolean ended = false;
    for (int request = 1; request <= REQUESTS; request++) {
      check.started(request * GAP_NANOS);
    }
    long scheduleEnd = REQUESTS * GAP_NANOS;
    for (int request = 1; request <= REQUESTS; request++) {
      last = Math.max(request * GAP_NANOS, last + Math.round(GAP_NANOS / share));
      if (!ended && last + latencyNanos > scheduleEnd) {
        check.scheduleEnded(scheduleEnd);
        ended = true;
      }
      check.ended(true, last + latencyNanos);
      if (request == REQUESTS / 10) {
        usual = last + latencyNanos - request * GAP_NANOS;
      }
    }
    if (!ended) {
      check.scheduleEnded(scheduleEnd);
    }
    return RateCheck.isReached(check.settledNanos(), usual);
  }
}
