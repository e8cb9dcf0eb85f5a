package io.quorate.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.NavigableSet;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

final class VersionSetTest {

  private static final int HIGHEST = 60;

  @Test
  void holdsWhatAPlainSetHoldsAfterAnyOperations() {
    for (long seed = 1; seed <= 500; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      VersionSet set = new VersionSet();
      TreeSet<Long> model = new TreeSet<>();
      for (int step = 0; step < 80; step++) {
        long version = random.nextLong(1, HIGHEST + 1);
        switch (random.nextInt(40)) {
          case 0 -> {
            set.clear();
            model.clear();
          }
          case 1, 2 -> {
            set.addThrough(version);
            for (long each = 1; each <= version; each++) {
              model.add(each);
            }
          }
          default -> assertThat(set.add(version)).isEqualTo(model.add(version));
        }
        assertSame(set, model, random, "seed " + seed + ", step " + step + ": " + set);
      }
    }
  }

  private static void assertSame(
      VersionSet set, NavigableSet<Long> model, SplittableRandom random, String where) {
    long through = endOfRun(model, 0);
    assertThat(set.through()).as(where).isEqualTo(through);
    assertThat(set.countBetween(through, Long.MAX_VALUE))
        .as(where)
        .isEqualTo(model.size() - through);
    for (long version = 1; version <= HIGHEST + 1; version++) {
      assertThat(set.contains(version)).as(where).isEqualTo(model.contains(version));
    }
    long after = random.nextLong(0, HIGHEST + 1);
    long last = random.nextLong(after, HIGHEST + 2);
    assertThat(set.countBetween(after, last))
        .as("%s between %s and %s", where, after, last)
        .isEqualTo(model.subSet(after, false, last, true).size());
    assertThat(set.endOfRun(after)).as(where + " after " + after).isEqualTo(endOfRun(model, after));
  }

  private static long endOfRun(NavigableSet<Long> model, long after) {
    long end = after;
    while (model.contains(end + 1)) {
      end++;
    }
    return end;
  }
}
