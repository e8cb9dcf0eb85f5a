package io.quorate.replication;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.replication.NodeStatus.RoundTrip;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class RoundTripsTest {

  private final RoundTrips roundTrips = new RoundTrips();

  @Test
  void nothingAnsweredIsAllZero() {
    assertThat(roundTrips.summary()).isEqualTo(new RoundTrip(0, 0, 0, 0, 0));
  }

  @Test
  void percentilesAreExactToAThousandth() {
    for (long micros = 1; micros <= 1_000; micros++) {
      roundTrips.answered(5_000, 5_000 + 100 * TimeUnit.MICROSECONDS.toNanos(micros));
    }
    RoundTrip summary = roundTrips.summary();
    assertThat(summary.count()).isEqualTo(1_000);
    assertThat(summary.p50Micros()).isBetween(49_950.0, 50_050.0);
    assertThat(summary.p90Micros()).isBetween(89_910.0, 90_090.0);
    assertThat(summary.p99Micros()).isBetween(98_901.0, 99_099.0);
    assertThat(summary.maxMicros()).isBetween(99_900.0, 100_100.0);
  }

  @Test
  void shortestAndLongestAreTaken() {
    roundTrips.answered(7, 7);
    assertThat(roundTrips.summary().maxMicros()).isLessThan(1);
    roundTrips.answered(0, TimeUnit.HOURS.toNanos(1));
    assertThat(roundTrips.summary().count()).isEqualTo(2);
    assertThat(roundTrips.summary().maxMicros()).isBetween(59.9e6, 60.1e6);
  }
}
