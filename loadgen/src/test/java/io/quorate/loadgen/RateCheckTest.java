package io.quorate.loadgen;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;

final class RateCheckTest {
  private static final int REQUESTS = 10_000;
  private static final long GAP_NANOS = 1_000_000;
  private static final long MILLISECOND = 1_000_000;

  @Test
  void aRateThatIsCarriedIsReachedHoweverLongTheLatency() {
    assertThat(reached(REQUESTS, 1.0, () -> 0)).isTrue();
    assertThat(reached(REQUESTS, 1.0, () -> 700 * MILLISECOND)).isTrue();
  }

  @Test
  void nodesThatCarryTwoPercentLessDoNotReachIt() {
    assertThat(reached(REQUESTS, 0.98, () -> 0)).isFalse();
    assertThat(reached(REQUESTS, 0.5, () -> 0)).isFalse();
  }

  @Test
  void aShortfallWithinOnePercentIsNone() {
    assertThat(reached(REQUESTS, 0.995, () -> 0)).isTrue();
  }

  /** As with a lag of 0 to 100 ms: of 2,000 requests the last hundred are under way at the end. */
  @Test
  void latenciesFarApartInAShortRunAreNoShortfall() {
    for (long seed = 1; seed <= 100; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      assertThat(reached(2_000, 1.0, () -> random.nextLong(100 * MILLISECOND)))
          .as("seed %d", seed)
          .isTrue();
    }
  }

  @Test
  void latenciesFarApartDoNotHideAShortfall() {
    for (long seed = 1; seed <= 100; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      assertThat(reached(2_000, 0.97, () -> random.nextLong(100 * MILLISECOND)))
          .as("seed %d", seed)
          .isFalse();
    }
  }

  @Test
  void requestsThatFailAreNotAnswered() {
    RateCheck check = new RateCheck();
    for (int request = 0; request < 100; request++) {
      check.started();
      if (request % 20 != 0) {
        check.succeeded(request * GAP_NANOS, request * GAP_NANOS + 1);
      }
    }
    assertThat(check.isReached()).isFalse();
  }

  /** Nodes that carry this share of the rate, one request after the other, each after a latency. */
  private static boolean reached(int requests, double share, LongSupplier latencyNanos) {
    RateCheck check = new RateCheck();
    long last = 0;
    for (int request = 1; request <= requests; request++) {
      check.started();
      last = Math.max(request * GAP_NANOS, last + Math.round(GAP_NANOS / share));
      check.succeeded(request * GAP_NANOS, last + latencyNanos.getAsLong());
    }
    return check.isReached();
  }
}
