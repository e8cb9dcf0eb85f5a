package io.quorate.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.core.Key;
import io.quorate.core.Mutation;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SnapshotRunTest {

  private static final LogSettings SETTINGS = new LogSettings(Fsync.NEVER, 4096, 100);

  private final MemoryStorage storage = new MemoryStorage(1);
  private final History history = new History();
  private long version;

  private LogLife start() throws Exception {
    LogLife life = new LogLife(DataDirectory.open(storage, 1, 99), SETTINGS, () -> 0);
    life.replay();
    return life;
  }

  private void tell(LogLife life, int mutations) {
    for (int i = 0; i < mutations; i++) {
      version++;
      Mutation mutation = new Mutation(Key.of("k" + version % 9), new byte[70], 1, version);
      life.tell(history, journal -> journal.stored(mutation));
      life.log.drain();
    }
  }

  @Test
  void aSecondSnapshotTakesThePlaceOfTheFirstAtEveryCrashPoint() throws Exception {
    for (int first = 0; first < SnapshotCrash.OPERATIONS; first++) {
      for (int second = 0; second < SnapshotCrash.OPERATIONS; second++) {
        for (int seed = 0; seed < 4; seed++) {
          new SnapshotCrash(seed).run(seed % 2 == 0, first, second);
        }
      }
    }
  }

  @Test
  void waitsUntilTheLogIsForcedBeyondWhatTheWalkHasSeenEvenIfItNeverIsOtherwise() throws Exception {
    LogLife life = start();
    tell(life, 10);
    SnapshotRun run = life.log.beginSnapshot(life.state.stateHead(), life.state.walk());
    tell(life, 3);
    assertThat(run.step()).isEqualTo(SnapshotRun.Step.WAITS_FOR_TELLER);
    run.told();
    SnapshotRun.Step step = run.step();
    while (step == SnapshotRun.Step.MORE) {
      step = run.step();
    }
    assertThat(step).isEqualTo(SnapshotRun.Step.WAITS_FOR_LOG);
    assertThat(run.step()).isEqualTo(SnapshotRun.Step.WAITS_FOR_LOG);
    assertThat(storage.list()).noneMatch(Snapshots::isName);
    assertThat(life.log.counts().forced()).isZero();
    life.log.drain();
    while (run.step() == SnapshotRun.Step.MORE) {
      assertThat(life.log.counts().forced()).isEqualTo(life.log.position());
    }
    assertThat(run.step()).isEqualTo(SnapshotRun.Step.DONE);
    assertThat(life.log.counts().snapshotVersion()).isEqualTo(10);
    storage.crash();
    assertThat(start().state.toString()).isEqualTo(history.through(Long.MAX_VALUE).toString());
  }

  @Test
  void segmentsThatItMakesNeedlessGo() throws Exception {
    LogLife life = start();
    tell(life, 200);
    assertThat(storage.list()).contains(SegmentFormat.name(1), SegmentFormat.name(4));
    long before = life.log.counts().logBytes();
    complete(life);
    assertThat(storage.list()).doesNotContain(SegmentFormat.name(1), SegmentFormat.name(4));
    assertThat(life.log.counts().logBytes()).isLessThan(before / 2);
    assertThat(life.log.snapshotDue()).isFalse();
  }

  private static void complete(LogLife life) {
    LogTally tally = new LogTally();
    while (tally.of("snapshots done") + tally.of("snapshots given up") == 0) {
      life.snapshot(tally);
    }
  }

  @Test
  void withoutRoomItIsGivenUpAndTheLogGoesOn() throws Exception {
    LogLife life = start();
    tell(life, 50);
    storage.setCapacityBytes(0);
    complete(life);
    assertThat(life.log.counts().snapshotVersion()).isZero();
    assertThat(storage.list()).noneMatch(file -> file.endsWith(DataDirectory.UNFINISHED));
    tell(life, 5);
    assertThat(life.failed).isNull();
    assertThat(life.settled).isEqualTo(life.log.position());
    assertThat(life.log.snapshotDue()).isFalse();
  }

  @Test
  void aWriteOrForceOfItThatFailsIsFinalForTheLog() throws Exception {
    for (boolean force : new boolean[] {false, true}) {
      LogLife life = start();
      tell(life, 50);
      if (force) {
        storage.failForces(1);
      } else {
        storage.failWrites(1);
      }
      complete(life);
      assertThat(life.failed).isNotNull();
      assertThat(storage.list()).noneMatch(Snapshots::isName);
      life.close();
      storage.kill();
    }
  }

  @Test
  void aBrokenSnapshotIsReplacedByTheLogOrRefused() throws Exception {
    LogLife life = start();
    tell(life, 20);
    complete(life);
    life.close();
    storage.kill();
    MemoryStorage broken = storage.copy();
    String file = broken.list().stream().filter(Snapshots::isName).findFirst().orElseThrow();
    byte[] bytes = broken.bytes(file);
    bytes[bytes.length / 2] ^= 1;
    broken.replace(file, bytes);
    LogLife again = new LogLife(DataDirectory.open(broken, 1, 99), SETTINGS, () -> 0);
    assertThat(again.replay().toString()).isEqualTo(history.through(Long.MAX_VALUE).toString());
    broken.kill();
    broken.replace(file, bytes);
    broken.delete(SegmentFormat.name(1));
    assertThat(Verify.directory(storage)).contains("snapshot of 9 entries");
    org.assertj.core.api.Assertions.assertThatThrownBy(() -> Verify.directory(broken))
        .isInstanceOf(CorruptionException.class)
        .hasMessageContaining(file);
  }

  @Test
  void manyEntriesGoInChunksOfBoundedSize() throws Exception {
    LogLife life = start();
    List<Mutation> entries =
        java.util.stream.IntStream.range(0, 40)
            .mapToObj(i -> new Mutation(Key.of("large" + i), filled(i), 1, i))
            .toList();
    SnapshotRun run = life.log.beginSnapshot(life.state.stateHead(), entries.iterator());
    int steps = 0;
    while (run.step() != SnapshotRun.Step.WAITS_FOR_TELLER) {
      steps++;
    }
    assertThat(steps).isBetween(9, 14);
    run.told();
    while (run.step() != SnapshotRun.Step.DONE) {
      life.log.drain();
    }
    storage.kill();
    StateModel found = start().state;
    entries.forEach(entry -> assertThat(found.toString()).contains(entry.toString()));
  }

  private static byte[] filled(int with) {
    byte[] value = new byte[70_000];
    Arrays.fill(value, (byte) with);
    return value;
  }
}
