package io.quorate.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Decides when what was told is written, forced and settled: all that was told while the last force
 * ran goes in one write and one force. It has no thread; {@link #drain} is called by one at a time.
 */
final class GroupCommit {

  /** From {@link #drain}: there is nothing to do until more is told. */
  static final long NOTHING_TO_DO = Long.MAX_VALUE;

  /** Of a spare segment, so much is made between two drains, so that none waits for all of it. */
  private static final int LEAST_SLICE_BYTES = 1 << 20;

  private static final ByteBuffer NO_RECORDS = ByteBuffer.allocate(0);

  private final SegmentWriter segments;
  private final Fsync fsync;
  private final LongSupplier nanoTime;
  private final Log.Listener listener;
  private final Supplier<ByteBuffer> told;
  private final AtomicReference<@Nullable IOException> failure = new AtomicReference<>();

  /** What was told and is not written yet, for want of room. */
  private ByteBuffer rest = NO_RECORDS;

  private volatile long settled;

  /** Position through which somebody wants the log forced. */
  private volatile long wanted;

  /** Position through which a drain forces before it settles, whatever the policy. */
  private volatile long promised;

  GroupCommit(
      SegmentWriter segments,
      Fsync fsync,
      LongSupplier nanoTime,
      Log.Listener listener,
      Supplier<ByteBuffer> told) {
    this.segments = segments;
    this.fsync = fsync;
    this.nanoTime = nanoTime;
    this.listener = listener;
    this.told = told;
  }

  /** All through the position is settled from the start. */
  void resume(long position) {
    settled = position;
  }

  /**
   * Writes all that was told, forces it if that is due, and reports what is settled.
   *
   * @return after how many nanoseconds it should be called again if nothing is told meanwhile
   */
  long drain() {
    if (failure.get() != null) {
      return NOTHING_TO_DO;
    }
    try {
      long before = segments.written();
      if (!rest.hasRemaining()) {
        rest = told.get();
      }
      segments.write(rest);
      long now = nanoTime.getAsLong();
      if (isForceDue(now)) {
        segments.force();
      }
      settle();
      segments.prepareSpare(Math.max(LEAST_SLICE_BYTES, 2 * (segments.written() - before)), now);
      segments.publishRoom();
      return nextNanos(now);
    } catch (IOException wrong) {
      fail(wrong);
      return NOTHING_TO_DO;
    }
  }

  private boolean isForceDue(long now) {
    if (segments.forced() < Math.max(wanted, promised)) {
      return true;
    }
    return switch (fsync.kind()) {
      case ALWAYS -> true;
      case INTERVAL -> now - segments.unforcedSinceNanos() >= fsync.intervalNanos();
      case NEVER -> false;
    };
  }

  private void settle() {
    long through = fsync.kind() == Fsync.Kind.ALWAYS ? segments.forced() : segments.written();
    if (through > settled && failure.get() == null) {
      settled = through;
      listener.settled(through);
    }
  }

  private long nextNanos(long now) {
    boolean canGoOn = rest.hasRemaining() && segments.hasSpare();
    if (canGoOn || segments.forced() < Math.min(Math.max(wanted, promised), segments.written())) {
      return 0;
    }
    long next = segments.hasSpare() ? NOTHING_TO_DO : segments.spareWaitNanos(now);
    if (fsync.kind() == Fsync.Kind.INTERVAL && segments.written() > segments.forced()) {
      long due = segments.unforcedSinceNanos() + fsync.intervalNanos() - now;
      next = Math.min(next, Math.max(0, due));
    }
    return next;
  }

  /** From now on nothing is settled any more. By any thread. */
  void fail(IOException cause) {
    if (failure.compareAndSet(null, cause)) {
      listener.failed(cause);
    }
  }

  boolean hasFailed() {
    return failure.get() != null;
  }

  /** Has the log forced through the position, by a drain to come, whatever the policy. */
  void want(long position) {
    wanted = position;
  }

  /**
   * What is about to be told at this position is settled only once it is forced, whatever the
   * policy: a promise to other nodes. By the thread that tells.
   */
  void promise(long position) {
    promised = position + 1;
  }

  /** Settles and forces what there is room for. */
  void close() {
    want(Long.MAX_VALUE);
    drain();
  }

  long settled() {
    return settled;
  }
}
