package io.quorate.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

final class MutationBytesTest {

  private static final Receipt RECEIPT =
      new Receipt("a-key", new Receipt.Payload(-3, Long.MAX_VALUE), 1000, 1_800_000_000_123L);
  private static final List<Attributes> ALL =
      List.of(
          Attributes.NONE,
          new Attributes(63, 1_800_000_000_000L, false, 0, null, false),
          new Attributes(2, 0, true, 0, null, false),
          new Attributes(1, 0, false, 999, null, false),
          new Attributes(0, 7, false, 0, RECEIPT, false),
          new Attributes(0, 0, false, 0, RECEIPT, true));

  @Test
  void areReadAsTheyWereWrittenOneBehindTheOther() {
    ByteBuffer bytes = ByteBuffer.allocate(2_000);
    int at = 3;
    for (Attributes attributes : ALL) {
      Mutation mutation = with(attributes);
      MutationBytes.write(bytes, at, mutation);
      assertThat(MutationBytes.sizeBytes(bytes, at)).isEqualTo(MutationBytes.sizeBytes(mutation));
      at += MutationBytes.sizeBytes(mutation);
    }
    at = 3;
    for (Attributes attributes : ALL) {
      Mutation read = MutationBytes.read(bytes, at);
      assertThat(read.attributes()).isEqualTo(attributes);
      assertThat(read.key()).isEqualTo(Key.of("k"));
      assertThat(read.token()).isEqualTo(new Token(2, 9));
      at += MutationBytes.sizeBytes(bytes, at);
    }
    assertThat(bytes.position()).isZero();
  }

  @Test
  void ofAPlainMutationHaveNoAttributes() {
    Mutation plain = with(Attributes.NONE);
    assertThat(MutationBytes.sizeBytes(plain)).isEqualTo(MutationBytes.HEADER_BYTES + 1);
  }

  @Test
  void longestAttributesTakeNoMoreThanIsSaid() {
    String longest = "x".repeat(Receipt.MAX_ID_LENGTH);
    Receipt receipt = new Receipt(longest, RECEIPT.payload(), 1, 1);
    Mutation largest = with(new Attributes(1, 1, false, 0, receipt, false));
    assertThat(MutationBytes.sizeBytes(largest)).isEqualTo(MutationBytes.MOST_OVERHEAD_BYTES + 1);
    ByteBuffer bytes = ByteBuffer.allocate(MutationBytes.sizeBytes(largest));
    MutationBytes.write(bytes, 0, largest);
    assertThat(MutationBytes.read(bytes, 0).attributes()).isEqualTo(largest.attributes());
  }

  @Test
  void attributesOfAnotherLengthAreRefused() {
    ByteBuffer bytes = ByteBuffer.allocate(200);
    AttributeBytes.write(bytes, 0, ALL.get(4));
    int size = AttributeBytes.sizeBytes(ALL.get(4));
    assertThat(AttributeBytes.read(bytes, 0, size)).isEqualTo(ALL.get(4));
    for (int other = 0; other < size; other++) {
      int length = other;
      assertThatThrownBy(() -> AttributeBytes.read(bytes, 0, length))
          .as("%s bytes", length)
          .isInstanceOf(RuntimeException.class);
    }
    assertThatThrownBy(() -> AttributeBytes.read(bytes, 0, size + 1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static Mutation with(Attributes attributes) {
    return new Mutation(Key.of("k"), null, 2, 9, attributes);
  }
}
