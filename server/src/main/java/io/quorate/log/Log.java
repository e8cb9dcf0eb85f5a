package io.quorate.log;

import io.quorate.core.Disk;
import io.quorate.core.Leadership;
import io.quorate.core.Membership;
import io.quorate.core.Mutation;
import io.quorate.core.Reign;
import io.quorate.core.Replay;
import io.quorate.core.SnapshotHead;
import io.quorate.core.StateHead;
import io.quorate.core.Store;
import java.io.IOException;
import java.util.function.LongSupplier;

/** Skeleton. */
@SuppressWarnings("DoNotCallSuggester")
public final class Log implements Disk {

  /** Is told what becomes of the log, on the thread that calls {@link #drain}. */
  public interface Listener {

    /** All that was told up to this position is settled, as {@link Fsync} has it. */
    void settled(long position);

    /**
     * A write or a force failed. Nothing is reported settled any more, and the process should end.
     * Once.
     */
    void failed(IOException cause);
  }

  public Log(
      DataDirectory directory, LogSettings settings, LongSupplier nanoTime, Listener listener) {}

  /**
   * Tells what was kept, makes the log ready to be told more, and cuts off its torn end. Once,
   * before all else.
   */
  public Recovered replay(Replay replay) throws CorruptionException, IOException {
    throw new UnsupportedOperationException();
  }

  /** One write and one force of all that was told. By one thread. */
  public void drain() {}

  /**
   * Begins a snapshot of all that was told so far. On the thread that tells, with the state as it
   * is now. Not while the snapshot of a leader is being installed.
   */
  public SnapshotRun beginSnapshot(StateHead head, Store store) {
    throw new UnsupportedOperationException();
  }

  /** Whether the log has grown so much that it should be replaced by a snapshot. */
  public boolean snapshotDue() {
    return false;
  }

  /** For the status. By any thread. */
  public LogCounts counts() {
    throw new UnsupportedOperationException();
  }

  /** Settles all and closes the directory. {@link LogThreads#close} does so too. */
  public void close() throws IOException {}

  @Override
  public long position() {
    return 0;
  }

  @Override
  public long roomBytes() {
    return 0;
  }

  @Override
  public void stored(Mutation mutation) {}

  @Override
  public void skipped(long version) {}

  @Override
  public void granted(Leadership leadership) {}

  @Override
  public void collected(long tombstoneFloor) {}

  @Override
  public void installBegun(SnapshotHead head) {}

  @Override
  public void shown(Mutation mutation) {}

  @Override
  public void chunkTaken(int number) {}

  @Override
  public void installed() {}

  @Override
  public void entered(Reign entered) {}

  @Override
  public void membership(Membership membership) {}
}
