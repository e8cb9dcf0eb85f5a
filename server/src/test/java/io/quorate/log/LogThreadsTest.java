package io.quorate.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quorate.core.Key;
import io.quorate.core.Mutation;
import io.quorate.core.Store;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A bug on one of the log's threads leaves no node that is half alive. */
final class LogThreadsTest {

  private static final LogSettings SETTINGS = new LogSettings(Fsync.ALWAYS, 64 << 10, 10_000);

  @TempDir Path temporary;

  private final AtomicLong settled = new AtomicLong();
  private final Queue<IOException> failures = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean listenerIsBroken = new AtomicBoolean();

  private final Log.Listener listener =
      new Log.Listener() {
        @Override
        public void settled(long position) {
          if (listenerIsBroken.get()) {
            throw new IllegalStateException("planted: nobody listens");
          }
          settled.set(position);
        }

        @Override
        public void failed(IOException cause) {
          failures.add(cause);
        }
      };

  private static Mutation mutation(long version) {
    return new Mutation(Key.of("key"), new byte[200], 1, version);
  }

  private BrokenStorage storage(String name) throws IOException {
    return new BrokenStorage(RealStorage.make(temporary.resolve(name)));
  }

  private Log open(Storage storage) throws Exception {
    Log log = new Log(DataDirectory.open(storage, 1, 77), SETTINGS, System::nanoTime, listener);
    log.replay(new StateModel());
    return log;
  }

  private void assertEnded(Log log, String bug) {
    await().until(() -> !failures.isEmpty());
    assertThat(failures).hasSize(1);
    assertThat(failures.peek()).hasMessageContaining(bug);
    assertThat(log.roomBytes()).isZero();
  }

  @Test
  void aBugOnTheLogsThreadIsAsFinalAsAFailedForce() throws Exception {
    for (Throwable bug :
        List.of(
            new IllegalStateException("planted"),
            new UncheckedIOException("planted", new IOException()),
            new OutOfMemoryError("planted"))) {
      BrokenStorage storage = storage(bug.getClass().getSimpleName());
      Log log = open(storage);
      settled.set(0);
      failures.clear();
      try (LogThreads threads = new LogThreads(log, Runnable::run)) {
        threads.start();
        log.stored(mutation(1));
        await().until(() -> settled.get() == log.position());
        storage.breakAt("force segment", bug);
        log.stored(mutation(2));
        assertEnded(log, bug.toString());
        storage.repair();
        log.stored(mutation(3));
        assertThat(log.drain()).isEqualTo(GroupCommit.NOTHING_TO_DO);
      }
      assertThat(settled.get()).isLessThan(log.position());
      assertThat(failures).hasSize(1);
    }
  }

  @Test
  void aListenerThatThrowsIsFinalToo() throws Exception {
    Log log = open(storage("listener"));
    try (LogThreads threads = new LogThreads(log, Runnable::run)) {
      threads.start();
      listenerIsBroken.set(true);
      log.stored(mutation(1));
      assertEnded(log, "planted: nobody listens");
    }
  }

  @Test
  void aSnapshotThatABugEndsIsGivenUpAtWhateverStep() throws Exception {
    for (String operation :
        List.of("create snapshot", "force snapshot", "rename snapshot", "list")) {
      BrokenStorage storage = storage(operation);
      Log log = open(storage);
      storage.breakAt(operation, new UncheckedIOException("planted", new IOException()));
      try (LogThreads threads = new LogThreads(log, Runnable::run)) {
        threads.start();
        assertThat(begin(threads)).isTrue();
        await().until(() -> begin(threads));
        storage.repair();
        await().until(() -> begin(threads));
        log.stored(mutation(1));
        await().until(() -> settled.get() == log.position());
      }
    }
    assertThat(failures).isEmpty();
  }

  private static boolean begin(LogThreads threads) {
    return threads.beginSnapshot(new StateModel().stateHead(), new Store());
  }
}
