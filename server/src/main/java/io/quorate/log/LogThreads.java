package io.quorate.log;

import io.quorate.core.StateHead;
import io.quorate.core.Store;
import java.io.IOException;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The threads of a log: one writes and forces it, one writes a snapshot while there is one. */
public final class LogThreads implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(LogThreads.class);

  /** A snapshot that waits looks again so often; what it waits for wakes it first, as a rule. */
  private static final long LOOK_AGAIN_MILLIS = 10;

  private final Log log;
  private final Executor loop;
  private final Thread writer;
  private @Nullable Thread snapshot;
  private volatile boolean closing;
  private @Nullable IOException closeFailure;

  /**
   * Not started yet.
   *
   * @param loop runs what it is given on the thread that tells
   */
  public LogThreads(Log log, Executor loop) {
    this.log = log;
    this.loop = loop;
    this.writer = new Thread(this::write, "log");
    log.queue().takenBy(writer);
  }

  /** Starts to write. After {@link Log#replay}. Once. */
  public void start() {
    writer.start();
  }

  private void write() {
    try {
      while (!closing) {
        long nanos = log.drain();
        if (nanos > 0 && !closing) {
          log.queue().await(nanos);
        }
      }
      log.close();
    } catch (IOException wrong) {
      closeFailure = wrong;
    } catch (Throwable bug) {
      // Without this thread nothing is ever settled again: that is as final as a failed force.
      try {
        LOG.error("the log's thread ends", bug);
      } finally {
        log.commit().fail(new IOException("the log's thread ended: " + bug, bug));
      }
    }
  }

  /**
   * Begins a snapshot as {@link Log#beginSnapshot} does, and writes it on a thread of its own. On
   * the thread that tells.
   *
   * @return false when one is under way
   */
  public boolean beginSnapshot(StateHead head, Store store) {
    if (closing || (snapshot != null && snapshot.isAlive())) {
      return false;
    }
    SnapshotRun run = log.beginSnapshot(head, store);
    Thread thread = new Thread(() -> write(run), "snapshot");
    snapshot = thread;
    thread.start();
    return true;
  }

  private void write(SnapshotRun run) {
    try {
      writeToItsEnd(run);
    } catch (Throwable bug) {
      try {
        run.abandon();
      } finally {
        LOG.error("{} given up, to be tried again", run.text(), bug);
      }
    }
  }

  private void writeToItsEnd(SnapshotRun run) {
    boolean asked = false;
    SnapshotRun.Step step = run.step();
    while (step != SnapshotRun.Step.DONE && step != SnapshotRun.Step.GIVEN_UP) {
      if (closing) {
        run.abandon();
        return;
      }
      if (step == SnapshotRun.Step.WAITS_FOR_TELLER && !asked) {
        asked = true;
        loop.execute(run::told);
      } else if (step != SnapshotRun.Step.MORE) {
        pause();
      }
      step = run.step();
    }
    if (step == SnapshotRun.Step.DONE) {
      LOG.info("{} written", run.text());
    } else {
      LOG.warn("{} given up: {}", run.text(), String.valueOf(run.cause()));
    }
  }

  private static void pause() {
    try {
      Thread.sleep(LOOK_AGAIN_MILLIS);
    } catch (InterruptedException nobodyDoesThat) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Settles all that was told, ends the threads and closes the log. A snapshot under way is given
   * up. On the thread that tells, or when nothing is told any more.
   */
  @Override
  public void close() throws IOException {
    closing = true;
    try {
      Thread writing = snapshot;
      if (writing != null) {
        writing.join();
      }
      log.queue().wake();
      if (writer.getState() == Thread.State.NEW) {
        log.close();
      }
      writer.join();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    IOException failure = closeFailure;
    if (failure != null) {
      throw failure;
    }
  }
}
