package io.quorate.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.CorruptedFrameException;
import io.quorate.core.Key;
import io.quorate.core.Leadership;
import io.quorate.core.Mutation;
import io.quorate.core.NodeState;
import io.quorate.core.Store;
import io.quorate.core.Token;
import io.quorate.replication.DigestFormat.Bucket;
import io.quorate.replication.DigestFormat.BucketSums;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** What nodes tell of what they hold when they are compared. */
final class DigestFormatTest {

  private static final Leadership LEADERSHIP = new Leadership(3, -9);

  private final Store store = store();

  private static Store store() {
    NodeState state = new NodeState(1 << 20);
    state.replay().held(new Mutation(Key.of("k"), new byte[] {1, 2}, 3, 7));
    return state.store();
  }

  private ByteBuf sums() {
    ByteBuf out = Unpooled.buffer();
    DigestFormat.writeSums(out, BucketSums.of(LEADERSHIP, StoreDigester.of(store), 6, 7));
    return out;
  }

  private ByteBuf bucket() {
    ByteBuf out = Unpooled.buffer();
    DigestFormat.writeBucket(out, LEADERSHIP, store, StoreDigester.bucketOf(Key.of("k")));
    return out;
  }

  @Test
  void sumsAreReadAsTheyWereWritten() {
    assertThat(DigestFormat.readSums(sums()))
        .isEqualTo(BucketSums.of(LEADERSHIP, StoreDigester.of(store), 6, 7));
  }

  @Test
  void bucketIsReadAsItWasWritten() {
    Bucket read = DigestFormat.readBucket(bucket());
    assertThat(read.leadership()).isEqualTo(LEADERSHIP);
    assertThat(read.held()).containsOnlyKeys(Key.of("k"));
    assertThat(read.held().values())
        .extracting(DigestFormat.Held::token)
        .containsExactly(new Token(3, 7));
  }

  @Test
  void whatIsCutShortOrGoesOnIsRefused() {
    refusesAllBut(sums(), DigestFormat::readSums);
    refusesAllBut(bucket(), DigestFormat::readBucket);
  }

  private static void refusesAllBut(ByteBuf whole, Function<ByteBuf, ?> reader) {
    for (int length = 0; length < whole.readableBytes(); length++) {
      ByteBuf cut = whole.slice(0, length);
      assertThatThrownBy(() -> reader.apply(cut)).isInstanceOf(CorruptedFrameException.class);
    }
    ByteBuf longer = whole.copy().writeByte(0);
    assertThatThrownBy(() -> reader.apply(longer)).isInstanceOf(CorruptedFrameException.class);
  }
}
