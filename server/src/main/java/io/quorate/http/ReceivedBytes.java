package io.quorate.http;

import java.util.concurrent.atomic.AtomicLong;

/** A budget of memory for the bodies that are being received, over all connections and loops. */
final class ReceivedBytes {

  private final long most;

  /** Invariant: 0 to {@link #most}. */
  private final AtomicLong reserved = new AtomicLong();

  /**
   * @param most bytes that may be reserved at a time
   */
  ReceivedBytes(long most) {
    this.most = most;
  }

  /** Whether so many bytes more would fit now. */
  boolean fits(long bytes) {
    return bytes <= most - reserved.get();
  }

  /** Reserves so many bytes, all or none; false where they do not fit. */
  boolean reserve(long bytes) {
    for (long before = reserved.get(); bytes <= most - before; before = reserved.get()) {
      if (reserved.compareAndSet(before, before + bytes)) {
        return true;
      }
    }
    return false;
  }

  /** Gives back what {@link #reserve} took. */
  void release(long bytes) {
    reserved.addAndGet(-bytes);
  }

  long reserved() {
    return reserved.get();
  }
}
