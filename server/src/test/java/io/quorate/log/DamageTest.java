package io.quorate.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorate.core.Key;
import io.quorate.core.Leadership;
import io.quorate.core.Mutation;
import io.quorate.core.Reign;
import io.quorate.core.StateHead;
import io.quorate.core.VersionRanges;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Files that are cut, and files with bits that flipped. */
final class DamageTest {

  private static final LogSettings SETTINGS = new LogSettings(Fsync.ALWAYS, 1536, 100_000);
  private static final String SEGMENT = SegmentFormat.name(1);
  private static final int RECORDS = 20;

  private final History history = new History();

  /** About 20 records in one segment, in groups of one to three. */
  private MemoryStorage written() throws Exception {
    MemoryStorage storage = new MemoryStorage(1);
    LogLife life = start(storage);
    for (int i = 1; i <= RECORDS; i++) {
      int number = i;
      if (i % 7 == 0) {
        life.tell(history, journal -> journal.granted(new Leadership(number, number)));
      } else {
        byte[] value =
            i % 5 == 0 ? null : ("value " + i).getBytes(java.nio.charset.StandardCharsets.UTF_8);
        Mutation mutation = new Mutation(Key.of("k" + i % 6), value, 1, i);
        life.tell(history, journal -> journal.stored(mutation));
      }
      if (i % 3 != 1) {
        life.drain();
      }
    }
    life.close();
    storage.kill();
    assertThat(SegmentFormat.first(storage.open(SegmentFormat.name(2)), 2, 99)).isNull();
    return storage;
  }

  private static LogLife start(MemoryStorage storage)
      throws RefusedException, CorruptionException, IOException {
    LogLife life = new LogLife(DataDirectory.open(storage, 1, 99), SETTINGS, () -> 0);
    life.replay();
    return life;
  }

  /** Whether it starts; what it then holds is a prefix, and the same at the next start. */
  private boolean startsWithAPrefix(MemoryStorage damaged, String how) throws Exception {
    LogLife life;
    try {
      life = start(damaged);
    } catch (CorruptionException refused) {
      assertThat(refused.getMessage()).startsWith(refused.file()).contains(", byte ");
      return false;
    }
    long position = life.log.position();
    assertThat(history.hasEnd(position)).as(how).isTrue();
    assertThat(life.state.toString()).as(how).isEqualTo(history.through(position).toString());
    Mutation more = new Mutation(Key.of("more"), new byte[3], 2, 100);
    life.log.stored(more);
    life.close();
    damaged.kill();
    LogLife again = start(damaged);
    assertThat(again.recovered().droppedBytes()).as(how).isZero();
    StateModel expected = history.through(position);
    expected.stored(more);
    assertThat(again.state.toString()).as(how).isEqualTo(expected.toString());
    return true;
  }

  @Test
  void aLogCutAtAnyByteIsAPrefix() throws Exception {
    MemoryStorage whole = written();
    byte[] bytes = whole.bytes(SEGMENT);
    for (int length = 0; length <= bytes.length; length++) {
      MemoryStorage cut = whole.copy();
      cut.delete(SegmentFormat.name(2));
      cut.replace(SEGMENT, Arrays.copyOf(bytes, length));
      assertThat(startsWithAPrefix(cut, "cut at " + length)).isTrue();
    }
  }

  @Test
  void aLogWithAnyBitFlippedIsAPrefixOrRefused() throws Exception {
    MemoryStorage whole = written();
    byte[] bytes = whole.bytes(SEGMENT);
    int refused = 0;
    for (int bit = 0; bit < bytes.length * 8; bit++) {
      MemoryStorage flipped = whole.copy();
      byte[] wrong = bytes.clone();
      wrong[bit / 8] ^= (byte) (1 << bit % 8);
      flipped.replace(SEGMENT, wrong);
      refused += startsWithAPrefix(flipped, "bit " + bit) ? 0 : 1;
    }
    assertThat(refused).isGreaterThan(bytes.length * 4);
  }

  @Test
  void aTornEndIsCutAndReported() throws Exception {
    MemoryStorage storage = written();
    byte[] bytes = storage.bytes(SEGMENT);
    int end = bytes.length;
    while (bytes[end - 1] == 0) {
      end--;
    }
    storage.replace(SEGMENT, Arrays.copyOf(Arrays.copyOf(bytes, end - 1), bytes.length));
    assertThat(Verify.directory(storage)).contains("a torn end of ").contains(SEGMENT);
    Recovered recovered = start(storage).recovered();
    assertThat(recovered.droppedBytes()).isBetween(28L, 150L);
    assertThat(recovered.text()).contains("dropped a torn end of").contains(SEGMENT);
    assertThat(storage.bytes(SEGMENT)).endsWith(new byte[bytes.length - end + 20]);
  }

  @Test
  void aBrokenGroupBeforeSoundOnesIsNamed() throws Exception {
    MemoryStorage storage = written();
    byte[] bytes = storage.bytes(SEGMENT);
    int place = SegmentFormat.HEADER_BYTES;
    bytes[place + GroupFormat.HEADER_BYTES + 9] ^= 1;
    storage.replace(SEGMENT, bytes);
    assertThatThrownBy(() -> start(storage))
        .isInstanceOf(CorruptionException.class)
        .hasMessage(SEGMENT + ", byte 40: not what was written, and records follow it");
    assertThat(storage.bytes(SEGMENT)).isEqualTo(bytes);
  }

  @Test
  void aBrokenHeaderBeforeRecordsIsNamed() throws Exception {
    MemoryStorage storage = written();
    byte[] bytes = storage.bytes(SEGMENT);
    bytes[3] ^= 1;
    storage.replace(SEGMENT, bytes);
    assertThatThrownBy(() -> start(storage))
        .hasMessage(SEGMENT + ", byte 0: the header is broken, and records follow it");
  }

  @Test
  void aMissingSegmentBetweenOthersIsNamed() throws Exception {
    MemoryStorage storage = new MemoryStorage(1);
    LogLife life = start(storage);
    for (int i = 1; i <= 100; i++) {
      life.log.stored(new Mutation(Key.of("k"), new byte[60], 1, i));
      life.drain();
    }
    life.close();
    storage.kill();
    storage.delete(SegmentFormat.name(3));
    assertThatThrownBy(() -> start(storage))
        .hasMessage(SegmentFormat.name(3) + ", byte 0: missing, and later segments are there");
    storage.kill();
    storage.delete(SegmentFormat.name(1));
    assertThatThrownBy(() -> start(storage)).hasMessageContaining("no segment has the log's");
  }

  @Test
  void aSnapshotCutOrFlippedAnywhereIsRefused() throws Exception {
    byte[] bytes = snapshot();
    assertThat(read(bytes)).isEqualTo(15);
    for (int length = 0; length < bytes.length; length++) {
      byte[] cut = Arrays.copyOf(bytes, length);
      assertThatThrownBy(() -> read(cut)).isInstanceOf(CorruptionException.class);
    }
    for (int bit = 0; bit < bytes.length * 8; bit++) {
      byte[] flipped = bytes.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      assertThatThrownBy(() -> read(flipped)).isInstanceOf(CorruptionException.class);
    }
    byte[] longer = Arrays.copyOf(bytes, bytes.length + 1);
    assertThatThrownBy(() -> read(longer)).hasMessageContaining("more behind the trailer");
  }

  private static byte[] snapshot() {
    var state =
        new StateHead(
            Reign.NONE, Leadership.NONE, 9, 5, new VersionRanges().add(7, 9), 0, true, null);
    var writer = new SnapshotFile.Writer(new SnapshotFile.Head(7, 1, 0, state));
    GrowingBytes file = new GrowingBytes(100).bytes(writer.bytes());
    for (int i = 0; i < 15; i++) {
      assertThat(writer.add(new Mutation(Key.of("k" + i), new byte[i], 1, i))).isFalse();
    }
    file.bytes(writer.end(0));
    byte[] bytes = new byte[file.size()];
    file.written().get(bytes);
    return bytes;
  }

  private static long read(byte[] snapshot) throws CorruptionException, IOException {
    var in = Channels.newChannel(new ByteArrayInputStream(snapshot));
    return SnapshotFile.read("snapshot", in, Snapshots.NOBODY).entries();
  }
}
