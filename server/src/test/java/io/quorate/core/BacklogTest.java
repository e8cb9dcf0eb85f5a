package io.quorate.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class BacklogTest {

  @Test
  void keepsTheNewestWritesWithinItsBytesHoweverTheRingTurns() {
    for (long seed = 1; seed <= 20; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      long limitBytes = random.nextLong(100, 400_000);
      Backlog backlog = new Backlog(limitBytes, 0);
      ArrayDeque<Write> model = new ArrayDeque<>();
      long modelBytes = 0;
      for (long version = 1; version <= 6_000; version++) {
        Write write =
            Writes.put("key", random.nextInt(random.nextInt(20) == 0 ? 500 : 20), version);
        backlog.append(write.last(), (int) (version % 7));
        model.add(write);
        modelBytes += write.last().sizeBytes();
        while (modelBytes > limitBytes && model.size() > 1) {
          modelBytes -= model.remove().last().sizeBytes();
        }
        assertThat(backlog.sizeBytes())
            .as("seed %s, version %s", seed, version)
            .isEqualTo(modelBytes);
        assertThat(backlog.first()).isEqualTo(model.element().version());
        assertThat(backlog.last()).isEqualTo(version);
      }
      for (Write write : model) {
        assertSame(held(backlog, write.version()), write.last());
        assertThat(backlog.required(write.version())).isEqualTo((int) (write.version() % 7));
      }
      assertThat(backlog.get(backlog.first() - 1)).isNull();
      assertThat(backlog.get(backlog.last() + 1)).isNull();
    }
  }

  private static void append(Backlog backlog, int valueBytes, long version) {
    backlog.append(Writes.put("key", valueBytes, version).last(), 1);
  }

  private static Mutation held(Backlog backlog, long version) {
    return Objects.requireNonNull(backlog.get(version), () -> version + " is not held");
  }

  private static void assertSame(Mutation held, Mutation given) {
    assertThat(held.key()).isEqualTo(given.key());
    assertThat(held.value()).isEqualTo(given.value());
    assertThat(held.token()).isEqualTo(given.token());
  }

  @Test
  void handsOverAnyRunOfWhatItHoldsInTheBytesItWasGivenIn() {
    SplittableRandom random = new SplittableRandom(5);
    Backlog backlog = new Backlog(20_000, 0);
    for (long version = 1; version <= 3_000; version++) {
      byte[] value = random.nextInt(9) == 0 ? null : new byte[random.nextInt(900)];
      backlog.append(new Mutation(Key.of("key" + version), value, 3, version), 1);
      long from = random.nextLong(Math.max(1, backlog.first() - 2), version + 1);
      long to = random.nextLong(from, version + 2);
      List<Mutation> read = new ArrayList<>();
      boolean handed =
          backlog.encoded(from, to, (array, at, bytes) -> read(array, at, bytes, read));
      assertThat(handed).isEqualTo(from >= backlog.first() && to <= version);
      assertThat(read).hasSize(handed ? (int) (to - from + 1) : 0);
      for (int i = 0; i < read.size(); i++) {
        Mutation held = held(backlog, from + i);
        assertThat(held.key()).isEqualTo(Key.of("key" + (from + i)));
        assertSame(read.get(i), held);
      }
    }
  }

  private static void read(byte[] array, int at, int bytes, List<Mutation> out) {
    ByteBuffer in = ByteBuffer.wrap(array);
    for (int from = at; from < at + bytes; from += MutationBytes.sizeBytes(in, from)) {
      out.add(MutationBytes.read(in, from));
    }
  }

  @Test
  void keepsTheNewestWriteThoughItIsLargerThanTheLimit() {
    Backlog backlog = new Backlog(100, 0);
    append(backlog, 10, 1);
    append(backlog, 5_000, 2);
    assertThat(backlog.first()).isEqualTo(2);
    assertThat(backlog.get(2)).isNotNull();
    append(backlog, 1, 3);
    assertThat(backlog.first()).isEqualTo(3);
  }

  @Test
  void countsTheBytesBetweenTwoVersionsAsFarAsTheyAreKept() {
    Backlog backlog = new Backlog(400, 0);
    assertThat(backlog.bytesBetween(0, 0)).isZero();
    long each = Writes.put("key", 33, 1).last().sizeBytes();
    for (long version = 1; version <= 6; version++) {
      append(backlog, 33, version);
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
