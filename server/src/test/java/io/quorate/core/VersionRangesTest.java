package io.quorate.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class VersionRangesTest {

  @Test
  void holdsExactlyWhatWasAddedInItsOrder() {
    for (long seed = 1; seed <= 200; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      VersionRanges ranges = new VersionRanges();
      List<Long> model = new ArrayList<>();
      long version = 1;
      for (int step = 0; step < 60; step++) {
        version = random.nextInt(4) == 0 ? random.nextLong(1, 50) : version + 1;
        ranges.add(version);
        model.add(version);
      }
      List<Long> held = new ArrayList<>();
      for (int range = 0; range < ranges.size(); range++) {
        for (long each = ranges.first(range); each <= ranges.last(range); each++) {
          held.add(each);
        }
      }
      assertThat(held).as("seed %s", seed).isEqualTo(model);
    }
  }

  @Test
  void consecutiveVersionsAreOneRange() {
    VersionRanges ranges = new VersionRanges().add(5).add(6).add(7, 9).add(11).add(10);
    assertThat(ranges).hasToString("[5..9, 11..11, 10..10]");
    assertThat(ranges).isEqualTo(new VersionRanges().add(5, 9).add(11).add(10));
    assertThat(ranges).hasSameHashCodeAs(new VersionRanges().add(5, 9).add(11).add(10));
    assertThat(ranges).isNotEqualTo(new VersionRanges().add(5, 9).add(11));
  }
}
