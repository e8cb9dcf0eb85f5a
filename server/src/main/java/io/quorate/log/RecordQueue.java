package io.quorate.log;

import io.quorate.core.Journal;
import java.nio.ByteBuffer;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What was told and is not written yet, as bytes. One thread tells, another takes all at once and
 * writes it while the first goes on telling.
 */
final class RecordQueue {

  private final Object lock = new Object();

  /** What is told goes here. Guarded by the lock. */
  private RecordWriter filling;

  /** Position of its first record. Guarded by the lock. */
  private long fillingFrom;

  /** What is being written. Swapped with {@link #filling} under the lock; else the taker's. */
  private RecordWriter draining;

  /** Of all that was told. Written under the lock. */
  private volatile long position;

  private volatile @Nullable Thread taker;

  /** The taker while it waits: waking it for nothing would cost as much as waking it. */
  private volatile @Nullable Thread waiting;

  /** Of records that take as a rule no more than the limit before they are taken. */
  RecordQueue(int limitBytes) {
    filling = new RecordWriter(limitBytes);
    draining = new RecordWriter(limitBytes);
  }

  /** Goes on at a position. Before all else. */
  void resume(long from) {
    fillingFrom = from;
    position = from;
  }

  long position() {
    return position;
  }

  void tell(Consumer<Journal> what) {
    synchronized (lock) {
      what.accept(filling);
      position = fillingFrom + filling.size();
    }
    LockSupport.unpark(waiting);
  }

  /** All records told since the last time. Valid until the next time. */
  ByteBuffer take() {
    synchronized (lock) {
      RecordWriter empty = draining;
      empty.clear();
      draining = filling;
      filling = empty;
      fillingFrom = position;
      return draining.records();
    }
  }

  /** Which thread takes and waits. */
  void takenBy(Thread thread) {
    taker = thread;
  }

  /** By the taker: waits until something is told, or somebody wakes it, or for so long. */
  void await(long nanos) {
    waiting = Thread.currentThread();
    if (isEmpty()) {
      LockSupport.parkNanos(this, nanos);
    }
    waiting = null;
  }

  /** Ends the present {@link #await}, or the next. By any thread. */
  void wake() {
    LockSupport.unpark(taker);
  }

  private boolean isEmpty() {
    synchronized (lock) {
      return filling.size() == 0;
    }
  }
}
