package io.quorate.log;

import static io.quorate.log.LogPromiseBroken.check;

import io.quorate.core.Mutation;
import io.quorate.log.LogPromiseBroken.Promise;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Several lives of one log over a {@link MemoryStorage}: each is told things, and ends by being
 * closed, killed, or with its machine. The next start has to find what was promised.
 */
final class LogSimulation {

  private static final int LIVES = 6;
  private static final int STEPS = 60;
  private static final int FLOOR = 1;
  private static final long INTERVAL_NANOS = 50_000_000;

  private final Random random;
  private final LogTally tally;
  private final MemoryStorage storage;
  private final History history = new History();
  private final Tellings tellings;
  private final LogSettings settings;
  private final long incarnation;
  private long nanos;

  /** Position that a start has to come to. */
  private long kept;

  /** The same when the machine crashes. */
  private long keptInCrash;

  /** The same when bits rot, unless the start refuses. */
  private long keptInRot;

  private boolean rotten;

  /** Whether the last life ended in the middle of an operation. */
  private boolean diedLast;

  LogSimulation(long seed, LogTally tally) {
    this.random = new Random(seed);
    this.tally = tally;
    this.storage = new MemoryStorage(random.nextLong());
    this.tellings = new Tellings(random.nextLong());
    this.incarnation = random.nextLong();
    Fsync fsync =
        List.of(Fsync.ALWAYS, Fsync.ALWAYS, Fsync.NEVER, Fsync.interval(INTERVAL_NANOS))
            .get(random.nextInt(4));
    this.settings = new LogSettings(fsync, 2048 << random.nextInt(3), 1500);
  }

  void run() throws IOException {
    for (int life = 0; life < LIVES; life++) {
      if (!live()) {
        return;
      }
    }
  }

  /** False when a start refused, as it may. */
  private boolean live() throws IOException {
    if (random.nextInt(diedLast ? 2 : 4) == 0) {
      storage.dieAfter(random.nextInt(12));
    }
    diedLast = false;
    try {
      LogLife life = start();
      if (life == null) {
        return false;
      }
      if (random.nextInt(2) == 0) {
        storage.dieAfter(random.nextInt(200));
      }
      act(life);
      end(life);
    } catch (MemoryStorage.Died died) {
      diedLast = true;
      if (random.nextInt(3) == 0) {
        tally.count("killed at an operation");
        storage.kill();
      } else {
        tally.count("machine died at an operation");
        crash();
      }
    }
    if (random.nextInt(6) == 0) {
      rot();
    }
    return true;
  }

  private @Nullable LogLife start() throws IOException {
    boolean wasRotten = rotten;
    String verified = verify();
    try {
      DataDirectory directory = DataDirectory.open(storage, FLOOR, incarnation);
      LogLife life = new LogLife(directory, settings, () -> nanos);
      checkFound(life, wasRotten);
      check(!verified.startsWith("!"), Promise.VERIFY, "a start is fine, but: " + verified);
      return life;
    } catch (CorruptionException | RefusedException refused) {
      check(wasRotten, Promise.STARTS, refused.toString());
      tally.count("refused");
      check(verified.startsWith("!"), Promise.VERIFY, refused + ", but: " + verified);
      return null;
    }
  }

  /** One line; with a mark before it when it is not fine. */
  private String verify() throws IOException {
    if (!storage.has(DataDirectory.IDENTITY)) {
      return "new";
    }
    Map<String, Integer> before = storage.fingerprint();
    String found;
    try {
      found = Verify.directory(storage);
    } catch (CorruptionException | RefusedException wrong) {
      found = "!" + wrong.getMessage();
    }
    check(storage.fingerprint().equals(before), Promise.VERIFY, "changed something");
    return found;
  }

  private void checkFound(LogLife life, boolean wasRotten) throws CorruptionException, IOException {
    StateModel state = life.replay();
    long found = life.log.position();
    tally.count(life.recovered().droppedBytes() > 0 ? "torn end cut" : "clean end");
    check(history.hasEnd(found), Promise.A_PREFIX, "ends between records: " + found);
    String expected = history.through(found).toString();
    check(
        state.toString().equals(expected),
        Promise.A_PREFIX,
        "found " + state + "\nbut told was " + expected);
    if (wasRotten) {
      tally.count("rot survived");
      check(found >= keptInRot, Promise.ROT_IS_SEEN, found + " of " + keptInRot);
    } else {
      check(found >= kept, Promise.SETTLED_IS_KEPT, found + " of " + kept);
    }
    check(verify().contains("clean end"), Promise.TAIL_IS_CUT, "torn still: " + life.recovered());
    rotten = false;
    history.cut(found);
    kept = found;
    keptInCrash = found;
    keptInRot = Math.min(keptInRot, found);
    tellings.started(state.isInstalling());
  }

  private void act(LogLife life) {
    for (int step = 0; step < STEPS; step++) {
      nanos += random.nextInt(30_000_000);
      int what = random.nextInt(100);
      if (what < 45) {
        mutation(life);
      } else if (what < 55) {
        other(life);
      } else if (what < 80) {
        drain(life);
      } else if (what < 95) {
        for (int steps = random.nextInt(8); steps >= 0; steps--) {
          life.snapshot(tally);
        }
      } else if (what < 96) {
        shortage(life);
      } else if (what < 97 && random.nextBoolean()) {
        fault();
      }
      note(life);
    }
  }

  private void mutation(LogLife life) {
    List<Mutation> write = tellings.write(life.state.lastVersion() + 1);
    if (life.log.roomBytes() < write.stream().mapToInt(Mutation::sizeBytes).sum()) {
      tally.count("refused for want of room");
      return;
    }
    life.tell(
        history,
        journal -> {
          if (write.size() == 1) {
            journal.stored(write.get(0));
          } else {
            journal.storedTogether(write);
          }
        });
  }

  private void other(LogLife life) {
    if (life.log.roomBytes() > 0) {
      life.tell(history, tellings.other(life.state.lastVersion()));
    }
  }

  private void drain(LogLife life) {
    long due = life.interval(nanos - INTERVAL_NANOS);
    life.drain();
    if (life.failed == null) {
      check(
          life.settled == life.log.position(),
          Promise.ROOM,
          "told %d, settled %d".formatted(life.log.position(), life.settled));
      if (settings.fsync().kind() == Fsync.Kind.INTERVAL) {
        keptInCrash = Math.max(keptInCrash, due);
      }
    }
    note(life);
  }

  /** What is promised now. */
  private void note(LogLife life) {
    kept = Math.max(kept, life.settled);
    keptInRot = Math.max(keptInRot, life.forcedBeforeLast);
    if (settings.fsync().kind() == Fsync.Kind.ALWAYS) {
      keptInCrash = kept;
    }
    keptInCrash = Math.max(keptInCrash, Math.max(life.snapshotThrough, life.promised()));
    life.written(nanos);
  }

  private void shortage(LogLife life) {
    storage.setCapacityBytes(random.nextInt(30_000));
    tally.count("no space");
    int seldom = 2 + random.nextInt(20);
    for (int i = 0; i < 30; i++) {
      mutation(life);
      if (random.nextInt(seldom) == 0) {
        drain(life);
      }
      if (random.nextInt(8) == 0) {
        life.snapshot(tally);
      }
    }
    storage.setCapacityBytes(Long.MAX_VALUE);
    nanos += 2_000_000_000L;
    drain(life);
    drain(life);
    check(
        life.failed != null || life.log.roomBytes() > settings.segmentBytes() / 3,
        Promise.ROOM_COMES_BACK,
        life.log.roomBytes() + " bytes");
  }

  private void fault() {
    if (random.nextInt(3) == 0) {
      storage.failWrites(1);
    } else {
      storage.failForces(1);
    }
    tally.count("fault planted");
  }

  private void end(LogLife life) throws IOException {
    switch (random.nextInt(4)) {
      case 0 -> {
        life.close();
        note(life);
        if (life.failed == null) {
          check(
              life.settled == life.log.position(), Promise.ROOM, "closed, and not all is settled");
          keptInCrash = kept;
        }
        tally.count("closed");
        storage.kill();
        if (random.nextBoolean()) {
          crash();
        }
      }
      case 1 -> {
        tally.count("killed");
        storage.kill();
      }
      default -> {
        tally.count("crashed");
        crash();
      }
    }
  }

  private void crash() {
    storage.crash();
    kept = keptInCrash;
  }

  private void rot() {
    List<String> files =
        storage.list().stream().filter(file -> storage.bytes(file).length > 0).toList();
    if (files.isEmpty()) {
      return;
    }
    String file = files.get(random.nextInt(files.size()));
    byte[] bytes = storage.bytes(file);
    int within = random.nextInt(3) == 0 ? Math.min(bytes.length, 64) : bytes.length;
    bytes[random.nextInt(within)] ^= (byte) (1 << random.nextInt(8));
    storage.replace(file, bytes);
    rotten = true;
    keptInRot = Math.min(keptInRot, kept);
    tally.count("bits rotted");
  }
}
