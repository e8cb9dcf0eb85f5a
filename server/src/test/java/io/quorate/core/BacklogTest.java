package io.quorate.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class BacklogTest {

  @Test
  void keepsTheNewestWritesWithinItsBytesHoweverTheRingTurns() {
    for (long seed = 1; seed <= 20; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      long limitBytes = random.nextLong(100, 400_000);
      Backlog backlog = new Backlog(limitBytes);
      ArrayDeque<Write> model = new ArrayDeque<>();
      long modelBytes = 0;
      for (long version = 1; version <= 6_000; version++) {
        Write write =
            Writes.put("key", random.nextInt(random.nextInt(20) == 0 ? 500 : 20), version);
        backlog.append(write);
        model.add(write);
        modelBytes += write.mutation().sizeBytes();
        while (modelBytes > limitBytes && model.size() > 1) {
          modelBytes -= model.remove().mutation().sizeBytes();
        }
        assertThat(backlog.sizeBytes())
            .as("seed %s, version %s", seed, version)
            .isEqualTo(modelBytes);
        assertThat(backlog.first()).isEqualTo(model.element().version());
        assertThat(backlog.last()).isEqualTo(version);
      }
      for (Write write : model) {
        assertThat(backlog.get(write.version())).as("seed %s", seed).isSameAs(write);
      }
      assertThat(backlog.get(backlog.first() - 1)).isNull();
      assertThat(backlog.get(backlog.last() + 1)).isNull();
    }
  }

  @Test
  void keepsTheNewestWriteThoughItIsLargerThanTheLimit() {
    Backlog backlog = new Backlog(100);
    backlog.append(Writes.put("key", 10, 1));
    backlog.append(Writes.put("key", 5_000, 2));
    assertThat(backlog.first()).isEqualTo(2);
    assertThat(backlog.get(2)).isNotNull();
    backlog.append(Writes.put("key", 1, 3));
    assertThat(backlog.first()).isEqualTo(3);
  }

  @Test
  void countsTheBytesBetweenTwoVersionsAsFarAsTheyAreKept() {
    Backlog backlog = new Backlog(400);
    assertThat(backlog.bytesBetween(0, 0)).isZero();
    long each = Writes.put("key", 33, 1).mutation().sizeBytes();
    for (long version = 1; version <= 6; version++) {
      backlog.append(Writes.put("key", 33, version));
    }
    assertThat(each).isEqualTo(100);
    assertThat(backlog.first()).isEqualTo(3);
    assertThat(backlog.bytesBetween(3, 5)).isEqualTo(2 * each);
    assertThat(backlog.bytesBetween(2, 6)).isEqualTo(4 * each);
    assertThat(backlog.bytesBetween(0, 6)).isEqualTo(4 * each);
    assertThat(backlog.bytesBetween(0, 1)).isZero();
    assertThat(backlog.bytesBetween(5, 3)).isZero();
  }
}
