package io.quorate.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.quorate.core.Key;
import io.quorate.core.Leadership;
import io.quorate.core.Mutation;
import io.quorate.core.Store;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The log on the machine's own file system, with its threads. */
final class RealFilesTest {

  private static final LogSettings SETTINGS = new LogSettings(Fsync.ALWAYS, 64 << 10, 10_000);

  @TempDir Path temporary;

  private final AtomicLong settled = new AtomicLong();
  private final AtomicReference<IOException> failure = new AtomicReference<>();

  private final Log.Listener listener =
      new Log.Listener() {
        @Override
        public void settled(long position) {
          settled.set(position);
        }

        @Override
        public void failed(IOException cause) {
          failure.set(cause);
        }
      };

  private static Mutation mutation(long version) {
    return new Mutation(Key.of("key" + version % 50), new byte[200], 1, version);
  }

  private Log open(Path directory, StateModel state)
      throws RefusedException, CorruptionException, IOException {
    DataDirectory data = DataDirectory.open(directory, 1, 77);
    Log log = new Log(data, SETTINGS, System::nanoTime, listener);
    try {
      log.replay(state);
      return log;
    } catch (CorruptionException refused) {
      data.close();
      throw refused;
    }
  }

  private void untilSettled(Log log) {
    await().pollDelay(1, TimeUnit.MILLISECONDS).until(() -> settled.get() == log.position());
  }

  @Test
  void whatWasToldIsThereAfterAStart() throws Exception {
    Path directory = temporary.resolve("a/b");
    StateModel told = new StateModel();
    Log log = open(directory, new StateModel());
    try (LogThreads threads = new LogThreads(log, Runnable::run)) {
      threads.start();
      for (int version = 1; version <= 2000; version++) {
        log.stored(mutation(version));
        told.stored(mutation(version));
        if (version == 1000) {
          untilSettled(log);
        }
        if (log.roomBytes() < 10_000) {
          untilSettled(log);
          await().until(() -> log.roomBytes() >= 10_000);
        }
      }
      untilSettled(log);
      assertThat(log.counts().forces().count()).isPositive();
      assertThat(log.counts().queueBytes()).isZero();
      assertThat(log.counts().logBytes()).isGreaterThan(log.position());
    }
    StateModel found = new StateModel();
    open(directory, found).close();
    assertThat(found.toString()).isEqualTo(told.toString());
    assertThat(failure.get()).isNull();
    assertThat(Verify.of(directory).text())
        .contains("incarnation 000000000000004d", "version 2000", "2000 records", "a clean end");
  }

  @Test
  void aSnapshotIsWrittenBesideTheLog() throws Exception {
    Log log = open(temporary, new StateModel());
    StateModel state = new StateModel();
    try (LogThreads threads = new LogThreads(log, Runnable::run)) {
      threads.start();
      for (int version = 1; version <= 100; version++) {
        log.stored(mutation(version));
        state.stored(mutation(version));
      }
      assertThat(log.snapshotDue()).isTrue();
      assertThat(threads.beginSnapshot(state.stateHead(), new Store())).isTrue();
      await().until(() -> log.counts().snapshotVersion() == 100);
      assertThat(log.snapshotDue()).isFalse();
    }
    Verify.Finding finding = Verify.of(temporary);
    assertThat(finding.fine()).as(finding.text()).isTrue();
    assertThat(finding.text()).contains("snapshot of 0 entries, then 0 records");
  }

  @Test
  void aDirectoryIsHeldByOneAloneAndForOneFloor() throws Exception {
    DataDirectory held = DataDirectory.open(temporary, 2, 5);
    assertThat(held.isNew()).isTrue();
    assertThatThrownBy(() -> DataDirectory.open(temporary, 2, 6))
        .isInstanceOf(RefusedException.class)
        .hasMessage(temporary + " is in use by another process");
    held.close();
    assertThatThrownBy(() -> DataDirectory.open(temporary, 3, 6))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("MIN_WRITE_QUORUM=2, not 3");
    try (DataDirectory again = DataDirectory.open(temporary, 2, 6)) {
      assertThat(again.incarnation()).isEqualTo(5);
      assertThat(again.isNew()).isFalse();
    }
  }

  @Test
  void aDirectoryOfAnotherFormatIsNotTakenForADamagedOne() throws Exception {
    DataDirectory.open(temporary, 1, 5).close();
    Path identity = temporary.resolve("identity");
    byte[] earlier = Arrays.copyOf(Files.readAllBytes(identity), 28);
    earlier[11] = 1;
    Files.write(identity, earlier);
    assertThatThrownBy(() -> DataDirectory.open(temporary, 1, 6))
        .isInstanceOf(RefusedException.class)
        .hasMessage(temporary + " has format 1, and this program reads 3");
  }

  @Test
  void knowsForHowLongALeaderMayCountOnWhatItsLatestProcessSaid() throws Exception {
    try (DataDirectory data = DataDirectory.open(temporary, 1, 5)) {
      assertThat(data.leaseNanos()).isZero();
      data.noteLease(5_000);
    }
    try (DataDirectory data = DataDirectory.open(temporary, 1, 6)) {
      assertThat(data.leaseNanos()).isEqualTo(5_000);
      assertThat(data.incarnation()).isEqualTo(5);
      data.noteLease(700);
    }
    try (DataDirectory data = DataDirectory.open(temporary, 1, 6)) {
      assertThat(data.leaseNanos()).isEqualTo(700);
    }
  }

  @Test
  void aDirectoryWithSomethingElseInItIsRefused() throws Exception {
    Files.writeString(temporary.resolve("letter.txt"), "dear");
    assertThatThrownBy(() -> DataDirectory.open(temporary, 1, 6))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("neither empty nor a data directory");
    assertThat(Verify.of(temporary).fine()).isFalse();
  }

  @Test
  void aSnapshotFileIsRestoredAsANewIncarnation() throws Exception {
    StateModel state = new StateModel();
    for (int version = 1; version <= 3000; version++) {
      state.stored(new Mutation(Key.of("key" + version), new byte[200], 1, version));
    }
    Path file = temporary.resolve("backup");
    write(file, state, 0);
    assertThat(Verify.of(file).text()).contains("version 3000, 3000 entries");
    Path directory = temporary.resolve("restored");
    assertThat(Restore.run(file, directory, 77).entries()).isEqualTo(3000);
    assertThat(Verify.of(directory).text()).contains("version 3000", "snapshot of 3000 entries");
    StateModel found = new StateModel();
    open(directory, found).close();
    assertThat(found.toString()).isEqualTo(state.toString());
    assertThatThrownBy(() -> Restore.run(file, directory, 78))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("not empty");
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 1;
    Files.write(file, bytes);
    assertThat(Verify.of(file).fine()).isFalse();
    Path none = temporary.resolve("none");
    assertThatThrownBy(() -> Restore.run(file, none, 78)).isInstanceOf(CorruptionException.class);
    assertThat(none).doesNotExist();
    write(file, state, 9);
    assertThatThrownBy(() -> Restore.run(file, none, 78)).isInstanceOf(RefusedException.class);
  }

  @Test
  void aRestoredDirectoryWithoutItsSnapshotIsRefused() throws Exception {
    StateModel state = new StateModel();
    for (int version = 1; version <= 100; version++) {
      state.stored(mutation(version));
    }
    Path file = temporary.resolve("backup");
    write(file, state, 0);
    Path directory = temporary.resolve("restored");
    Restore.run(file, directory, 77);
    Log log = open(directory, new StateModel());
    log.stored(mutation(101));
    log.close();
    Path snapshot;
    try (Stream<Path> files = Files.list(directory)) {
      snapshot = files.filter(each -> each.toString().contains("snapshot-")).findFirst().get();
    }
    byte[] bytes = Files.readAllBytes(snapshot);
    for (int at : new int[] {0, bytes.length / 2, bytes.length - 1}) {
      byte[] rotten = bytes.clone();
      rotten[at] ^= 4;
      Files.write(snapshot, rotten);
      assertThatThrownBy(() -> open(directory, new StateModel()))
          .as("byte %d", at)
          .isInstanceOf(CorruptionException.class);
      assertThat(Verify.of(directory).fine()).isFalse();
    }
    Files.delete(snapshot);
    assertThatThrownBy(() -> open(directory, new StateModel()))
        .isInstanceOf(CorruptionException.class);
    Files.write(snapshot, bytes);
    StateModel found = new StateModel();
    open(directory, found).close();
    assertThat(found.lastVersion()).isEqualTo(101);
  }

  @Test
  void aRestoreThatCameToNothingIsNoDataDirectoryAndCanBeDoneAgain() throws Exception {
    StateModel state = new StateModel();
    state.stored(mutation(1));
    Path file = temporary.resolve("backup");
    write(file, state, 0);
    Path directory = Files.createDirectory(temporary.resolve("restored"));
    Files.createFile(directory.resolve("lock"));
    Files.write(directory.resolve(Snapshots.name(1) + DataDirectory.UNFINISHED), new byte[7]);
    assertThat(Restore.run(file, directory, 77).entries()).isOne();
    StateModel found = new StateModel();
    open(directory, found).close();
    assertThat(found.toString()).isEqualTo(state.toString());
  }

  @Test
  void aGrantIsSettledOnlyOnceItIsForcedWhateverThePolicy() throws Exception {
    DataDirectory data = DataDirectory.open(temporary, 1, 77);
    LogSettings never = new LogSettings(Fsync.NEVER, 64 << 10, 10_000);
    Log log = new Log(data, never, System::nanoTime, listener);
    log.replay(new StateModel());
    log.stored(mutation(1));
    log.drain();
    long written = log.position();
    assertThat(settled.get()).isEqualTo(written);
    assertThat(log.counts().forced()).isLessThan(written);
    log.granted(new Leadership(5, 6));
    log.drain();
    assertThat(settled.get()).isEqualTo(log.position());
    assertThat(log.counts().forced()).isEqualTo(log.position());
    log.close();
  }

  @Test
  void aSnapshotThatEndsByABugDoesNotKeepTheNextOneFromBeginning() throws Exception {
    Log log = open(temporary, new StateModel());
    try (LogThreads threads =
        new LogThreads(
            log,
            task -> {
              throw new IllegalStateException("planted");
            })) {
      threads.start();
      assertThat(threads.beginSnapshot(new StateModel().stateHead(), new Store())).isTrue();
      await().until(() -> threads.beginSnapshot(new StateModel().stateHead(), new Store()));
    }
    assertThat(failure.get()).isNull();
  }

  private static void write(Path file, StateModel state, long through) throws IOException {
    var writer = new SnapshotFile.Writer(new SnapshotFile.Head(3, 1, 0, state.stateHead()));
    try (FileChannel out =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      out.write(writer.bytes());
      for (var entries = state.walk(); entries.hasNext(); ) {
        if (writer.add(entries.next())) {
          out.write(writer.bytes());
        }
      }
      out.write(writer.end(through));
    }
  }

  @Test
  void aFullFileSystemRefusesBeforeAndComesBack() throws Exception {
    Path mount = Files.createDirectory(temporary.resolve("full"));
    Assumptions.assumeTrue(
        run("mount", "-t", "tmpfs", "-o", "size=1m", "none", mount.toString()),
        "no tmpfs can be mounted here: a full file system is not tried for real");
    try {
      Path ballast = mount.resolve("lost+found");
      Log log = open(mount, new StateModel());
      long version = fillUp(log, ballast);
      assertThat(failure.get()).isNull();
      assertThat(settled.get()).isEqualTo(log.position());
      Files.delete(ballast);
      log.skipped(version);
      await().atMost(10, TimeUnit.SECONDS).until(() -> log.drain() > 0 && log.roomBytes() > 20_000);
      log.stored(mutation(version + 1));
      log.drain();
      assertThat(settled.get()).isEqualTo(log.position());
      log.close();
      StateModel found = new StateModel();
      open(mount, found).close();
      assertThat(found.lastVersion()).isEqualTo(version + 1);
    } finally {
      run("umount", mount.toString());
    }
  }

  /** Tells mutations as long as there is room, with a file that takes all that is left. */
  private static long fillUp(Log log, Path ballast) throws IOException {
    try (FileChannel out =
        FileChannel.open(ballast, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      while (true) {
        out.write(java.nio.ByteBuffer.allocate(1000));
      }
    } catch (IOException full) {
      assertThat(full).hasMessageContaining("No space");
    }
    long version = 0;
    while (log.roomBytes() >= mutation(version + 1).sizeBytes()) {
      version++;
      log.stored(mutation(version));
      log.drain();
    }
    assertThat(version).isGreaterThan(20);
    return version + 1;
  }

  private static boolean run(String... command) throws Exception {
    try {
      return new ProcessBuilder(command).start().waitFor() == 0;
    } catch (IOException notThere) {
      return false;
    }
  }
}
