package io.quorate.log;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The segment after the one that is being written: made ahead, so that the log goes on in it at
 * once, and so that writes are refused before, not after, the file system has no more room. One
 * thread.
 */
final class Spare {

  private static final long RETRY_NANOS = 1_000_000_000;

  private final Storage storage;
  private @Nullable StorageFile file;
  private long number;
  private long sizeBytes;

  /** Zeros written and forced so far. Invariant: at most {@link #sizeBytes}. */
  private long filledBytes;

  private boolean ready;
  private boolean full;
  private long retryAtNanos;

  Spare(Storage storage) {
    this.storage = storage;
  }

  boolean isReady() {
    return ready;
  }

  /** Its size; 0 while it is not ready. */
  long readyBytes() {
    return ready ? sizeBytes : 0;
  }

  /** Whether there was no room for it, and it is not time yet to look again. */
  boolean waits(long nowNanos) {
    return full && nowNanos - retryAtNanos < 0;
  }

  /** How long until it is time to look again for room; 0 when there is no need to wait. */
  long waitNanos(long nowNanos) {
    return waits(nowNanos) ? retryAtNanos - nowNanos : 0;
  }

  /**
   * Makes more of it, unless it waits.
   *
   * @param next its number
   * @param wantedBytes its size
   * @param atMostBytes how much of it to make now
   * @throws IOException when the disk failed; that there is no room is not a failure
   */
  void prepare(long next, long wantedBytes, long atMostBytes, long nowNanos) throws IOException {
    if (ready || waits(nowNanos)) {
      return;
    }
    try {
      StorageFile making = file == null ? begin(next, wantedBytes) : file;
      long to = Math.min(sizeBytes, filledBytes + atMostBytes);
      Zeros.write(making, filledBytes, to);
      making.force();
      filledBytes = to;
      if (filledBytes == sizeBytes) {
        storage.forceDirectory();
        ready = true;
      }
      full = false;
    } catch (NoSpaceException noRoom) {
      discard();
      full = true;
      retryAtNanos = nowNanos + RETRY_NANOS;
    }
  }

  /** Makes all of it, of at least that size. Returns whether it is ready. */
  boolean finish(long next, long wantedBytes, long nowNanos) throws IOException {
    if (file != null && sizeBytes < wantedBytes) {
      discard();
    }
    prepare(next, wantedBytes, wantedBytes, nowNanos);
    return ready;
  }

  /** Hands it over. It has to be ready. */
  StorageFile take() {
    StorageFile taken = file;
    if (taken == null || !ready) {
      throw new IllegalStateException("no spare segment is ready");
    }
    file = null;
    ready = false;
    return taken;
  }

  /** Closes its file, which stays where it is. */
  void close() throws IOException {
    if (file != null) {
      file.close();
      file = null;
      ready = false;
    }
  }

  private StorageFile begin(long next, long wantedBytes) throws IOException {
    if (storage.usableBytes() < wantedBytes) {
      throw new NoSpaceException("no room for a segment in " + storage.name());
    }
    StorageFile made = storage.create(SegmentFormat.name(next));
    file = made;
    number = next;
    sizeBytes = wantedBytes;
    filledBytes = 0;
    return made;
  }

  private void discard() throws IOException {
    if (file != null) {
      file.close();
      file = null;
      storage.delete(SegmentFormat.name(number));
    }
    ready = false;
  }
}
