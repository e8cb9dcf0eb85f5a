package io.quorate.log;

import io.quorate.core.Disk;
import io.quorate.core.Entry;
import io.quorate.core.Key;
import io.quorate.core.Leadership;
import io.quorate.core.Membership;
import io.quorate.core.Mutation;
import io.quorate.core.Reign;
import io.quorate.core.Replay;
import io.quorate.core.SnapshotHead;
import io.quorate.core.StateHead;
import io.quorate.core.Store;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * A node's journal on its disk. The thread that tells only adds to memory; {@link #drain} writes
 * and forces. It has no threads of its own, see {@link LogThreads}.
 *
 * <pre>
 *   who                calls
 *   the node's loop    what {@link Disk} has, beginSnapshot, snapshotDue, SnapshotRun.told
 *   the log's thread   drain, await
 *   a snapshot's       SnapshotRun.step
 *   any                counts, wake
 * </pre>
 */
public final class Log implements Disk {

  /** Room that is kept for what may always be told: all but mutations. */
  private static final int RESERVE_BYTES = 64 << 10;

  /** Is told what becomes of the log, on the thread that calls {@link #drain}. */
  public interface Listener {

    /** All that was told up to this position is settled, as {@link Fsync} has it. */
    void settled(long position);

    /**
     * A write or a force failed. Nothing is reported settled any more, whatever works later: nobody
     * knows what is on the disk, and the process should end. Once, on any of the log's threads.
     */
    void failed(IOException cause);
  }

  private final DataDirectory directory;
  private final LogSettings settings;
  private final LongSupplier nanoTime;
  private final RecordQueue queue;
  private final SegmentWriter segments;
  private final GroupCommit commit;
  private final SnapshotPlan plan;

  /** After it, {@link #replay}. Nothing is read or written yet. */
  public Log(
      DataDirectory directory, LogSettings settings, LongSupplier nanoTime, Listener listener) {
    this.directory = directory;
    this.settings = settings;
    this.nanoTime = nanoTime;
    this.queue = new RecordQueue(settings.segmentBytes());
    this.segments = new SegmentWriter(directory, settings.segmentBytes(), nanoTime);
    this.commit = new GroupCommit(segments, settings.fsync(), nanoTime, listener, queue::take);
    this.plan = new SnapshotPlan(settings.snapshotBytes());
  }

  /**
   * Tells what was kept, cuts off a torn end, and makes the log ready to be told more. Once, before
   * all else. Afterwards {@link #position} is that of the end of what was told here, which is on
   * the disk and settled.
   *
   * @throws CorruptionException when something that was on the disk is not there any more. Nothing
   *     was changed
   */
  public Recovered replay(Replay replay) throws CorruptionException, IOException {
    Recovery.Found found = new Recovery(storage(), directory.incarnation(), replay).run();
    Current current = Mending.mend(storage(), found);
    queue.resume(found.position());
    commit.resume(found.position());
    found.full().forEach(segments.segments()::add);
    SnapshotFile.Summary snapshot = found.snapshot();
    if (snapshot != null) {
      plan.isThere(snapshot);
    }
    segments.resume(current, found.position());
    return Recovered.of(found);
  }

  /**
   * Writes and forces all that was told, and reports it. By one thread at a time.
   *
   * @return after how many nanoseconds it should be called again if nothing is told meanwhile; 0:
   *     at once
   */
  public long drain() {
    return commit.drain();
  }

  /** Whether the log has grown so much that it should be replaced by a snapshot. */
  public boolean snapshotDue() {
    return plan.isDue(queue.position(), nanoTime.getAsLong());
  }

  /**
   * Begins a snapshot of the state as it is now, at the end of all that was told. On the thread
   * that tells, when no other is under way, and not while the snapshot of a leader is being
   * installed. What is put into the store while the snapshot is written may be in it as well.
   */
  public SnapshotRun beginSnapshot(StateHead head, Store store) {
    return beginSnapshot(head, mutations(store));
  }

  SnapshotRun beginSnapshot(StateHead state, Iterator<Mutation> entries) {
    var head =
        new SnapshotFile.Head(directory.incarnation(), directory.floor(), queue.position(), state);
    plan.begun();
    return new SnapshotRun(this, head, entries);
  }

  /** All that the store holds, the receipts last. */
  private static Iterator<Mutation> mutations(Store store) {
    Iterator<Map.Entry<Key, Entry>> entries = store.entries().iterator();
    Iterator<Mutation> receipts = store.receiptsNow().iterator();
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return entries.hasNext() || receipts.hasNext();
      }

      @Override
      public Mutation next() {
        if (!entries.hasNext()) {
          return receipts.next();
        }
        Map.Entry<Key, Entry> held = entries.next();
        return held.getValue().toMutation(held.getKey());
      }
    };
  }

  long nanoTime() {
    return nanoTime.getAsLong();
  }

  Storage storage() {
    return directory.storage();
  }

  RecordQueue queue() {
    return queue;
  }

  SegmentWriter segments() {
    return segments;
  }

  GroupCommit commit() {
    return commit;
  }

  SnapshotPlan plan() {
    return plan;
  }

  /** For the status. By any thread. */
  public LogCounts counts() {
    return new LogCounts(
        segments.logBytes(),
        plan.version(),
        plan.bytes(),
        queue.position(),
        commit.settled(),
        segments.forced(),
        segments.forces());
  }

  /** Settles and forces all that was told, and closes the directory. By the log's thread. */
  public void close() throws IOException {
    commit.close();
    segments.close();
    directory.close();
  }

  @Override
  public long position() {
    return queue.position();
  }

  /** Counts a mutation as {@link Mutation#sizeBytes} does, which is more than it takes here. */
  @Override
  public long roomBytes() {
    if (commit.hasFailed()) {
      return 0;
    }
    SegmentWriter.Room room = segments.room();
    long reserve = Math.min(RESERVE_BYTES, settings.segmentBytes() / 8);
    return Math.max(0, room.bytes() - (queue.position() - room.written()) - reserve);
  }

  /** Not to be told beyond {@link #roomBytes}. */
  @Override
  public void stored(Mutation mutation) {
    queue.tell(records -> records.stored(mutation));
  }

  @Override
  public void storedTogether(List<Mutation> write) {
    queue.tell(records -> records.storedTogether(write));
  }

  @Override
  public void skipped(long version) {
    queue.tell(records -> records.skipped(version));
  }

  @Override
  public void granted(Leadership leadership) {
    commit.promise(queue.position());
    queue.tell(records -> records.granted(leadership));
  }

  @Override
  public void collected(long tombstoneFloor) {
    queue.tell(records -> records.collected(tombstoneFloor));
  }

  @Override
  public void installBegun(SnapshotHead head) {
    queue.tell(records -> records.installBegun(head));
  }

  @Override
  public void shown(Mutation mutation) {
    queue.tell(records -> records.shown(mutation));
  }

  @Override
  public void wentInPlace() {
    queue.tell(records -> records.wentInPlace());
  }

  @Override
  public void chunkTaken(int number) {
    queue.tell(records -> records.chunkTaken(number));
  }

  @Override
  public void installed() {
    queue.tell(records -> records.installed());
  }

  @Override
  public void entered(Reign entered) {
    commit.promise(queue.position());
    queue.tell(records -> records.entered(entered));
  }

  @Override
  public void membership(Membership membership) {
    queue.tell(records -> records.membership(membership));
  }
}
