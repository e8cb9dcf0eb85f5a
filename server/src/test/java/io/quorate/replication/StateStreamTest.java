package io.quorate.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.channel.DefaultEventLoop;
import io.quorate.core.Entry;
import io.quorate.core.Key;
import io.quorate.core.Mutation;
import io.quorate.core.NodeState;
import io.quorate.core.Replay;
import io.quorate.log.CorruptionException;
import io.quorate.log.SnapshotFile;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A node's state as the bytes of a snapshot, part by part. */
final class StateStreamTest {

  private static final long LIMIT_BYTES = 64 << 20;
  private static final int KEYS = 3_000;
  private static final long SEED = System.nanoTime();

  private final SplittableRandom random = new SplittableRandom(SEED);
  private final DefaultEventLoop loop = new DefaultEventLoop();
  private final Background background = new Background("snapshot");
  private final StateMoments moments = new StateMoments(loop, () -> true);
  private final NodeState state = new NodeState(1 << 20);
  private final Replay changes = state.replay();
  private final AtomicInteger begun = new AtomicInteger();
  private long version;

  @AfterEach
  void stop() {
    loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
  }

  private StateStream unbegun(long limitBytes) {
    return new StateStream(loop, background, moments, state.store(), this::head, limitBytes);
  }

  private StateStream stream(long limitBytes) {
    StateStream stream = unbegun(limitBytes);
    assertThat(begin(stream)).isTrue();
    return stream;
  }

  private static boolean begin(StateStream stream) {
    return ThreeNodes.join(stream.begin(ThreeNodes.TIMEOUT_NANOS));
  }

  private SnapshotFile.Head head() {
    begun.incrementAndGet();
    return new SnapshotFile.Head(9, 1, 0, state.head());
  }

  /** On the loop, which owns the state. */
  private void onLoop(Runnable change) {
    CompletableFuture.runAsync(change, loop).orTimeout(10, TimeUnit.SECONDS).join();
  }

  private void put(String key, byte[] value) {
    changes.stored(new Mutation(Key.of(key), value, 1, ++version));
  }

  /** Puts, overwrites and deletes; in the end some of the tombstones are dropped. */
  private void change(int writes) {
    for (int write = 0; write < writes; write++) {
      String key = "k" + random.nextInt(KEYS);
      if (random.nextInt(4) == 0) {
        changes.stored(new Mutation(Key.of(key), null, 1, ++version));
      } else {
        put(key, new byte[random.nextInt(2_000)]);
      }
    }
    changes.collected(version - writes / 2);
  }

  /** Tokens of all that is held, of tombstones negative. */
  private Map<Key, Long> held() {
    Map<Key, Long> held = new HashMap<>();
    for (Map.Entry<Key, Entry> entry : state.store().entries()) {
      Entry there = entry.getValue();
      held.put(entry.getKey(), there.isTombstone() ? -there.version() : there.version());
    }
    return held;
  }

  private static byte @Nullable [] next(StateStream stream) {
    ByteBuf part = stream.next().toCompletableFuture().orTimeout(10, TimeUnit.SECONDS).join();
    return part == null ? null : SnapshotBytes.taken(part);
  }

  private static Map<Key, Long> shown(SnapshotBytes bytes) throws Exception {
    Map<Key, Long> shown = new HashMap<>();
    for (Mutation mutation : bytes.read().entries()) {
      shown.put(mutation.key(), mutation.isDelete() ? -mutation.version() : mutation.version());
    }
    return shown;
  }

  private static SnapshotBytes rest(StateStream stream, SnapshotBytes bytes) {
    for (byte[] part = next(stream); part != null; part = next(stream)) {
      bytes.add(part);
    }
    return bytes;
  }

  @Test
  void wholeStreamIsASnapshotOfTheStateThatStandsAlone() throws Exception {
    onLoop(() -> change(4 * KEYS));
    SnapshotBytes bytes = rest(stream(LIMIT_BYTES), new SnapshotBytes());
    SnapshotBytes.Read read = bytes.read();
    assertThat(read.summary().head().state()).isEqualTo(state.head());
    assertThat(read.summary().head().position()).isZero();
    assertThat(read.summary().through()).isZero();
    assertThat(read.summary().bytes()).isEqualTo(bytes.size());
    assertThat(shown(bytes)).as("seed %d", SEED).isEqualTo(held());
  }

  @Test
  void emptyStateIsASnapshotToo() throws Exception {
    assertThat(rest(stream(LIMIT_BYTES), new SnapshotBytes()).read().entries()).isEmpty();
  }

  @Test
  void streamThatBreaksOffIsNoSnapshotWhereverItDoes() {
    onLoop(() -> change(4 * KEYS));
    StateStream stream = stream(LIMIT_BYTES);
    SnapshotBytes bytes = new SnapshotBytes();
    byte[] part = next(stream);
    for (byte[] following = next(stream); following != null; following = next(stream)) {
      bytes.add(part);
      assertThatThrownBy(bytes::read)
          .isInstanceOf(CorruptionException.class)
          .hasMessageContaining("ends too early");
      part = following;
    }
    assertThat(bytes.size()).isGreaterThan(2 * SnapshotFile.CHUNK_BYTES);
  }

  @Test
  void alteredByteIsFoundByTheChecksum() {
    onLoop(() -> change(KEYS));
    SnapshotBytes bytes = rest(stream(LIMIT_BYTES), new SnapshotBytes());
    for (int i = 0; i < 50; i++) {
      assertThatThrownBy(bytes.flipped(random.nextInt(bytes.size()))::read)
          .as("seed %d", SEED)
          .isInstanceOf(CorruptionException.class);
    }
  }

  @Test
  void writesMadeMeanwhileDoNotTearIt() throws Exception {
    onLoop(() -> change(4 * KEYS));
    Map<Key, Long> before = held();
    StateStream stream = stream(LIMIT_BYTES);
    SnapshotBytes bytes = new SnapshotBytes();
    for (byte[] part = next(stream); part != null; part = next(stream)) {
      bytes.add(part);
      onLoop(() -> change(KEYS));
    }
    assertThat(shown(bytes)).as("seed %d", SEED).isEqualTo(before).isNotEqualTo(held());
  }

  @Test
  void streamsShowEachTheMomentAtWhichItBegan() throws Exception {
    onLoop(() -> change(4 * KEYS));
    StateStream earlier = stream(LIMIT_BYTES);
    SnapshotBytes ofEarlier = new SnapshotBytes();
    ofEarlier.add(next(earlier));
    Map<Key, Long> before = held();
    onLoop(() -> change(KEYS));
    StateStream later = stream(LIMIT_BYTES);
    SnapshotBytes ofLater = new SnapshotBytes();
    ofLater.add(next(later));
    Map<Key, Long> after = held();
    onLoop(() -> change(KEYS));
    assertThat(shown(rest(later, ofLater))).as("seed %d", SEED).isEqualTo(after);
    later.close();
    onLoop(() -> change(KEYS));
    assertThat(shown(rest(earlier, ofEarlier))).as("seed %d", SEED).isEqualTo(before);
  }

  @Test
  void writesDoNotWaitForAPartInTheMaking() throws Exception {
    onLoop(() -> change(KEYS));
    StateStream stream = stream(LIMIT_BYTES);
    SnapshotBytes bytes = new SnapshotBytes();
    bytes.add(next(stream));
    Map<Key, Long> before = held();
    CountDownLatch held = new CountDownLatch(1);
    background.call(() -> held.await(10, TimeUnit.SECONDS));
    CompletableFuture<@Nullable ByteBuf> part = stream.next().toCompletableFuture();
    onLoop(() -> change(KEYS));
    assertThat(part).isNotDone();
    held.countDown();
    bytes.add(SnapshotBytes.taken(part.orTimeout(10, TimeUnit.SECONDS).join()));
    assertThat(shown(rest(stream, bytes))).as("seed %d", SEED).isEqualTo(before);
  }

  @Test
  void partIsAChunkAndNoMoreThanOneValueBeyond() {
    byte[] large = new byte[1 << 20];
    onLoop(
        () -> {
          for (int key = 0; key < 32; key++) {
            put("large" + key, large);
          }
          change(KEYS);
        });
    StateStream stream = stream(LIMIT_BYTES);
    int parts = 0;
    for (byte[] part = next(stream); part != null; part = next(stream)) {
      assertThat(part.length).isLessThan(SnapshotFile.CHUNK_BYTES + large.length + 1_000);
      parts++;
    }
    assertThat(parts).isGreaterThan(32);
  }

  @Test
  void nothingIsMadeBeforeItIsAskedFor() {
    onLoop(() -> change(4 * KEYS));
    StateStream stream = unbegun(100_000);
    assertThat(begun).hasValue(0);
    assertThat(begin(stream)).isTrue();
    assertThat(begun).hasValue(1);
    next(stream);
    next(stream);
    onLoop(() -> change(4 * KEYS));
    // The very next part is refused: none was ready.
    assertThatThrownBy(() -> next(stream)).hasMessageContaining("more was written meanwhile");
  }

  @Test
  void whatCannotBeKeptBesideItEndsItWithoutATrailer() {
    onLoop(() -> change(4 * KEYS));
    StateStream stream = stream(100_000);
    SnapshotBytes bytes = new SnapshotBytes();
    bytes.add(next(stream));
    onLoop(() -> change(4 * KEYS));
    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(() -> next(stream)).hasMessageContaining("more was written meanwhile");
    }
    assertThatThrownBy(bytes::read).isInstanceOf(CorruptionException.class);
    stream.close();
  }

  @Test
  void streamThatIsGivenUpKeepsNothingOfWhatIsWrittenAfterwards() {
    onLoop(() -> change(4 * KEYS));
    StateStream stream = stream(100_000);
    next(stream);
    stream.close();
    onLoop(() -> change(4 * KEYS));
    // Against the rules, but it tells: what is kept beside it would be too much by now.
    assertThat(next(stream)).isNotNull();
  }

  @Test
  void streamThatHasNotBegunIsGivenUpAndGivesNothing() {
    StateStream stream = unbegun(LIMIT_BYTES);
    assertThatThrownBy(stream::next).hasMessageContaining("has not begun");
    stream.close();
    onLoop(() -> {});
    assertThat(begun).hasValue(0);
  }

  @Test
  void headThatCannotBeMadeFailsTheStreamAndLeavesNothingBehind() {
    StateStream stream =
        new StateStream(
            loop,
            background,
            moments,
            state.store(),
            () -> {
              throw new IllegalStateException("planted");
            },
            LIMIT_BYTES);
    assertThatThrownBy(() -> begin(stream)).hasMessageContaining("planted");
    stream.close();
    onLoop(() -> change(10));
  }
}
