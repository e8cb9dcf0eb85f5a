package io.quorate.log;

import static io.quorate.log.LogPromiseBroken.check;

import io.quorate.core.Key;
import io.quorate.core.Mutation;
import io.quorate.log.LogPromiseBroken.Promise;
import java.io.IOException;

/**
 * A second snapshot takes the place of a first, and the process or its machine ends at one
 * operation of it; then the machine at one operation of the start after that.
 */
final class SnapshotCrash {

  /** More operations than a second snapshot, or a start, takes. */
  static final int OPERATIONS = 16;

  private static final int FLOOR = 1;
  private static final int TOLD = 30;
  private static final LogSettings SETTINGS = new LogSettings(Fsync.ALWAYS, 2048, 100);

  private final MemoryStorage storage;
  private final History history = new History();
  private long version;

  SnapshotCrash(long seed) {
    this.storage = new MemoryStorage(seed);
  }

  /**
   * @param killed whether the process alone ends first
   * @param first how many operations that change something it does before
   * @param second how many the next start does before the machine stops
   */
  void run(boolean killed, int first, int second) throws IOException {
    LogLife life = start();
    tell(life);
    snapshot(life);
    tell(life);
    storage.dieAfter(first);
    try {
      snapshot(life);
    } catch (MemoryStorage.Died expected) {
      // as planned
    }
    if (killed) {
      storage.kill();
    } else {
      storage.crash();
    }
    storage.dieAfter(second);
    try {
      start();
    } catch (MemoryStorage.Died expected) {
      // as planned
    }
    storage.crash();
    String found = start().state.toString();
    String expected = history.through(Long.MAX_VALUE).toString();
    check(found.equals(expected), Promise.A_PREFIX, found + "\nbut told was " + expected);
  }

  private LogLife start() throws IOException {
    try {
      DataDirectory directory = DataDirectory.open(storage, FLOOR, 5);
      LogLife life = new LogLife(directory, SETTINGS, () -> 0);
      life.replay();
      return life;
    } catch (CorruptionException | RefusedException refused) {
      throw new LogPromiseBroken(Promise.STARTS, refused.toString());
    }
  }

  private void tell(LogLife life) {
    for (int i = 0; i < TOLD; i++) {
      version++;
      Mutation mutation = new Mutation(Key.of("key" + version % 7), new byte[50], 1, version);
      life.tell(history, journal -> journal.stored(mutation));
      life.drain();
    }
  }

  private static void snapshot(LogLife life) {
    LogTally tally = new LogTally();
    for (int i = 0; i < 12 && tally.of("snapshots done") == 0; i++) {
      life.snapshot(tally);
    }
    check(tally.of("snapshots done") == 1, Promise.ROOM, "no snapshot: " + tally);
  }
}
