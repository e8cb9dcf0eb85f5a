package io.quorate.replication;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.quorate.core.Condition;
import io.quorate.core.Cores;
import io.quorate.core.Key;
import io.quorate.core.Leader;
import io.quorate.core.LeaderLimits;
import io.quorate.core.Mutation;
import io.quorate.core.Refusal;
import io.quorate.core.Waiter;
import io.quorate.core.Write;
import io.quorate.core.WriteRequest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class BatchEncoderTest {

  private static final int BACKLOG_BYTES = 6_400;
  private static final int WRITES = 200;

  private final List<Mutation> given = new ArrayList<>();
  private final Leader leader =
      Cores.alone(
          new LeaderLimits(
              1 << 20,
              BACKLOG_BYTES,
              10,
              1 << 20,
              10,
              10,
              1 << 20,
              1 << 20,
              10,
              100,
              600_000,
              1,
              1,
              1));
  private final BatchEncoder encoder = new BatchEncoder(() -> leader);

  BatchEncoderTest() {
    for (int i = 0; i < WRITES; i++) {
      byte[] value = i % 7 == 0 ? null : new byte[i % 50];
      leader.put(
          new WriteRequest(Key.of("k" + i), value, Condition.NONE, 0, Long.MAX_VALUE, new Noting()),
          0);
    }
    assertThat(given).hasSize(WRITES);
  }

  @Test
  void anyBatchIsReadAsItsMutationsHeldEncodedOrNot() {
    for (long seed = 1; seed <= 500; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      int first = random.nextInt(WRITES);
      List<Mutation> batch =
          new ArrayList<>(given.subList(first, random.nextInt(first, WRITES) + 1));
      if (random.nextBoolean()) {
        Collections.swap(batch, random.nextInt(batch.size()), random.nextInt(batch.size()));
      }
      if (random.nextBoolean()) {
        batch.remove(random.nextInt(batch.size()));
      }
      ByteBuf encoded = Unpooled.buffer();
      encoder.encode(batch, encoded);
      ByteBuf plain = Unpooled.buffer();
      Bytes.writeMutations(plain, batch);
      assertThat(encoded).as("seed %s", seed).isEqualTo(plain);
    }
  }

  @Test
  void someOfTheWritesAreHeldEncodedAndSomeNoLonger() {
    assertThat(leader.encoded(WRITES, WRITES, (array, offset, bytes) -> {})).isTrue();
    assertThat(leader.encoded(1, 1, (array, offset, bytes) -> {})).isFalse();
  }

  private final class Noting implements Waiter {
    @Override
    public void answered(Write write, Answer answer) {
      given.addAll(write.mutations());
    }

    @Override
    public void refused(Refusal refusal) {
      throw new AssertionError(refusal.reason());
    }
  }
}
