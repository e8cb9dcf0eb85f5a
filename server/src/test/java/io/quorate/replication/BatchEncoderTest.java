package io.quorate.replication;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.quorate.core.Key;
import io.quorate.core.Mutation;
import java.util.List;
import org.junit.jupiter.api.Test;

class BatchEncoderTest {

  private final BatchEncoder encoder = new BatchEncoder(new UnpooledByteBufAllocator(false));

  @Test
  void sameBatchIsEncodedOnceForAllFollowers() {
    List<Mutation> batch = List.of(put(1), put(2), put(3));
    assertThat(encoder.encode(batch).array()).isSameAs(encoder.encode(batch).array());
  }

  @Test
  void batchWithAGapIsNotTakenForTheOneWithTheSameEnds() {
    ByteBuf whole = encoder.encode(List.of(put(1), put(2), put(3)));
    ByteBuf gap = encoder.encode(List.of(put(1), put(3), put(3)));
    assertThat(gap).isNotEqualTo(whole);
    assertThat(Bytes.readMutations(gap)).extracting(Mutation::version).containsExactly(1L, 3L, 3L);
  }

  @Test
  void overtakenBatchKeepsItsOrder() {
    encoder.encode(List.of(put(1), put(2), put(3)));
    ByteBuf reordered = encoder.encode(List.of(put(2), put(1), put(3)));
    assertThat(Bytes.readMutations(reordered))
        .extracting(Mutation::version)
        .containsExactly(2L, 1L, 3L);
  }

  @Test
  void releasingWhatWasHandedOutLeavesTheNextWhole() {
    List<Mutation> batch = List.of(put(7));
    encoder.encode(batch).release();
    assertThat(Bytes.readMutations(encoder.encode(batch)))
        .extracting(Mutation::version)
        .containsExactly(7L);
  }

  private static Mutation put(long version) {
    return new Mutation(Key.of("k" + version), new byte[] {(byte) version}, 1, version);
  }
}
