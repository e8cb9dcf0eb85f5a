package io.quorate.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.CorruptedFrameException;
import java.util.Random;
import java.util.function.Function;

/** What a reader of a format between nodes is to make of bytes that nobody wrote so. */
final class AlteredBodies {

  private static final int ROUNDS = 2_000;

  private AlteredBodies() {}

  /** Every beginning of the body is refused, and so is one byte too many. */
  static void expectCutsRefused(ByteBuf whole, Function<ByteBuf, ?> reader) {
    for (int length = 0; length < whole.readableBytes(); length++) {
      ByteBuf cut = whole.copy(0, length);
      assertThatThrownBy(() -> reader.apply(cut))
          .as("cut at %d", length)
          .isInstanceOf(CorruptedFrameException.class);
    }
    ByteBuf tooLong = whole.copy().writeByte(0);
    assertThatThrownBy(() -> reader.apply(tooLong)).isInstanceOf(CorruptedFrameException.class);
  }

  /** With any byte altered, the body is read or refused in the format's own words. */
  static void expectReadOrRefused(ByteBuf whole, Function<ByteBuf, ?> reader) {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int round = 0; round < ROUNDS; round++) {
      ByteBuf altered = whole.copy();
      altered.setByte(random.nextInt(altered.readableBytes()), random.nextInt());
      try {
        assertThat(reader.apply(altered)).isNotNull();
      } catch (CorruptedFrameException refused) {
        assertThat(refused).as("seed %d", seed).hasMessageStartingWith("replication format: ");
      }
    }
  }
}
