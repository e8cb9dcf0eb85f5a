package io.quorate.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorate.core.Key;
import io.quorate.core.Leadership;
import io.quorate.core.Mutation;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Directories made of a snapshot file: damaged later, and not made to their end. */
final class RestoreTest {

  private static final LogSettings SETTINGS = new LogSettings(Fsync.ALWAYS, 1536, 100_000);
  private static final DataDirectory.Identity IDENTITY = new DataDirectory.Identity(99, 1, 0);
  private static final String SNAPSHOT = Snapshots.name(1);

  @TempDir Path temporary;

  private final StateModel state = new StateModel();
  private Path backup = Path.of("");

  @BeforeEach
  void write() throws IOException {
    for (int version = 1; version <= 5; version++) {
      state.stored(mutation(version));
    }
    backup = temporary.resolve("backup");
    var writer = new SnapshotFile.Writer(new SnapshotFile.Head(3, 1, 0, state.stateHead()));
    try (FileChannel out =
        FileChannel.open(backup, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      out.write(writer.bytes());
      for (var entries = state.walk(); entries.hasNext(); ) {
        assertThat(writer.add(entries.next())).isFalse();
      }
      out.write(writer.end(0));
    }
  }

  private static Mutation mutation(long version) {
    return new Mutation(Key.of("key" + version), new byte[3], 1, version);
  }

  private static LogLife start(MemoryStorage storage)
      throws RefusedException, CorruptionException, IOException {
    LogLife life = new LogLife(DataDirectory.open(storage, 1, 77), SETTINGS, () -> 0);
    life.replay();
    return life;
  }

  private MemoryStorage restored() throws Exception {
    MemoryStorage storage = new MemoryStorage(1);
    Restore.into(storage, backup, IDENTITY);
    storage.crash();
    return storage;
  }

  /** Restored, started, and written to in two segments. */
  private MemoryStorage writtenTo() throws Exception {
    MemoryStorage storage = restored();
    LogLife life = start(storage);
    assertThat(life.state.toString()).isEqualTo(state.toString());
    for (int version = 6; version <= 60; version++) {
      life.log.stored(mutation(version));
      life.drain();
    }
    life.close();
    storage.kill();
    return storage;
  }

  private static void assertRefused(MemoryStorage damaged, String how) {
    var before = damaged.fingerprint();
    assertThatThrownBy(() -> start(damaged))
        .as(how)
        .isInstanceOf(CorruptionException.class)
        .hasMessageContaining(", byte ");
    assertThat(damaged.fingerprint()).as(how).isEqualTo(before);
    assertThatThrownBy(() -> Verify.directory(damaged))
        .as(how)
        .isInstanceOf(CorruptionException.class);
  }

  private static void assertRefusedWithoutItsSnapshot(MemoryStorage whole, String snapshot)
      throws Exception {
    byte[] bytes = whole.bytes(snapshot);
    for (int bit = 0; bit < bytes.length * 8; bit++) {
      MemoryStorage flipped = whole.copy();
      byte[] wrong = bytes.clone();
      wrong[bit / 8] ^= (byte) (1 << bit % 8);
      flipped.replace(snapshot, wrong);
      assertRefused(flipped, "bit " + bit);
    }
    for (int length = 0; length < bytes.length; length++) {
      MemoryStorage cut = whole.copy();
      cut.replace(snapshot, Arrays.copyOf(bytes, length));
      assertRefused(cut, "cut at " + length);
    }
  }

  @Test
  void aRestoredDirectoryThatWasWrittenToIsRefusedWithoutItsSnapshot() throws Exception {
    MemoryStorage whole = writtenTo();
    assertRefusedWithoutItsSnapshot(whole, SNAPSHOT);
    MemoryStorage deleted = whole.copy();
    deleted.delete(SNAPSHOT);
    assertRefused(deleted, "deleted");
    LogLife life = start(whole);
    assertThat(life.state.lastVersion()).isEqualTo(60);
    assertThat(life.state.toString()).contains("key1", "key5", "key60");
  }

  @Test
  void aRestoredDirectoryThatWasNeverStartedIsRefusedWithoutItsSnapshot() throws Exception {
    MemoryStorage whole = restored();
    assertRefusedWithoutItsSnapshot(whole, SNAPSHOT);
    MemoryStorage deleted = whole.copy();
    deleted.delete(SNAPSHOT);
    assertRefused(deleted, "deleted");
  }

  @Test
  void anUnreadableSnapshotOfWhereTheLogBeginsIsDamage() throws Exception {
    MemoryStorage storage = new MemoryStorage(1);
    LogLife life = start(storage);
    SnapshotRun run = life.log.beginSnapshot(state.stateHead(), state.walk());
    SnapshotRun.Step step = run.step();
    while (step != SnapshotRun.Step.DONE) {
      run.told();
      step = run.step();
    }
    life.log.stored(mutation(6));
    life.close();
    storage.kill();
    assertRefusedWithoutItsSnapshot(storage, Snapshots.name(0));
  }

  /** The process in some seeds, the machine in others. */
  private static void stop(MemoryStorage storage, int seed) {
    if (seed % 4 == 0) {
      storage.kill();
    } else {
      storage.crash();
    }
  }

  @Test
  void aRestoreThatDiesAnywhereIsDoneAgainOrComplete() throws Exception {
    int again = 0;
    int complete = 0;
    for (int seed = 0; seed < 40; seed++) {
      for (int operations = 0; operations < 100; operations++) {
        MemoryStorage storage = new MemoryStorage(seed);
        storage.dieAfter(operations);
        try {
          Restore.into(storage, backup, IDENTITY);
          break;
        } catch (MemoryStorage.Died died) {
          stop(storage, seed);
        }
        if (storage.has(DataDirectory.IDENTITY)) {
          complete++;
          assertThatThrownBy(() -> Restore.into(storage, backup, IDENTITY))
              .isInstanceOf(RefusedException.class);
        } else {
          again++;
          Restore.into(storage, backup, IDENTITY);
        }
        stop(storage, seed);
        LogLife life = start(storage);
        assertThat(life.state.toString())
            .as("seed %d, after %d operations", seed, operations)
            .isEqualTo(state.toString());
        life.close();
        assertThat(storage.has(Restore.ATTEMPT)).isFalse();
      }
    }
    assertThat(again).isBetween(300, 3_900);
    assertThat(complete).isGreaterThan(20);
  }

  @Test
  void aRestoreThatFailsIsDoneAgain() throws Exception {
    MemoryStorage storage = new MemoryStorage(1);
    storage.failWrites(1);
    assertThatThrownBy(() -> Restore.into(storage, backup, IDENTITY))
        .isInstanceOf(IOException.class);
    storage.failForces(1);
    assertThatThrownBy(() -> Restore.into(storage, backup, IDENTITY))
        .isInstanceOf(IOException.class);
    storage.setCapacityBytes(100);
    assertThatThrownBy(() -> Restore.into(storage, backup, IDENTITY))
        .isInstanceOf(NoSpaceException.class);
    assertThat(storage.has(DataDirectory.IDENTITY)).isFalse();
    storage.setCapacityBytes(10_000);
    Restore.into(storage, backup, IDENTITY);
    assertThat(start(storage).state.toString()).isEqualTo(state.toString());
  }

  @Test
  void aBrokenFileLeavesNothingBehind() throws Exception {
    byte[] bytes = Files.readAllBytes(backup);
    Path broken = temporary.resolve("broken");
    Files.write(broken, Arrays.copyOf(bytes, bytes.length - 1));
    Path directory = temporary.resolve("restored");
    assertThatThrownBy(() -> Restore.run(broken, directory, 99))
        .isInstanceOf(CorruptionException.class);
    assertThat(directory).doesNotExist();
    assertThat(Restore.run(backup, directory, 99).entries()).isEqualTo(5);
    assertThat(Verify.of(directory).text()).contains("version 5", "a clean end");
  }

  @Test
  void whatLostItsIdentityIsNotTakenForAnAttempt() throws Exception {
    MemoryStorage storage = new MemoryStorage(1);
    LogLife life = start(storage);
    life.tell(new History(), journal -> journal.granted(new Leadership(1, 1)));
    life.close();
    storage.delete(DataDirectory.IDENTITY);
    var before = storage.fingerprint();
    assertThatThrownBy(() -> Restore.into(storage, backup, IDENTITY))
        .isInstanceOf(RefusedException.class);
    assertThat(storage.fingerprint()).isEqualTo(before);
  }
}
