package io.quorate.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class DurationsTest {

  private final Durations durations = new Durations();

  @Test
  void eachFallsIntoTheFirstBucketThatTakesIt() {
    durations.add(0);
    durations.add(50_000);
    durations.add(50_001);
    durations.add(10_000_000_000L);
    durations.add(10_000_000_001L);
    DurationCounts counts = durations.counts();
    assertThat(counts.buckets()).hasSize(counts.boundsNanos().length + 1).startsWith(2, 1, 0);
    assertThat(counts.buckets()).endsWith(1, 1);
    assertThat(counts.count()).isEqualTo(5);
    assertThat(counts.sumNanos()).isEqualTo(20_000_100_002L);
  }

  @Test
  void lessThanNothingIsTakenForNothing() {
    durations.add(-7);
    assertThat(durations.counts().sumNanos()).isZero();
    assertThat(durations.counts().count()).isOne();
  }

  @Test
  void boundsGrow() {
    assertThat(durations.counts().boundsNanos()).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void whatWasReadDoesNotChange() {
    DurationCounts before = durations.counts();
    durations.add(1);
    assertThat(before.count()).isZero();
  }
}
