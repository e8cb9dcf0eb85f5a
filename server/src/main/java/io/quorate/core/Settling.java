package io.quorate.core;

import java.util.ArrayDeque;

/** What may be said only once all that the disk was told before is settled there. One thread's. */
final class Settling {

  private record Waiting(long position, Runnable action) {}

  private final Disk disk;
  private final ArrayDeque<Waiting> oldestFirst = new ArrayDeque<>();
  private long settled;

  Settling(Disk disk) {
    this.disk = disk;
    this.settled = disk.position();
  }

  /** Runs it as soon as all that the disk has been told by now is settled, possibly at once. */
  void then(Runnable action) {
    long position = disk.position();
    if (position <= settled) {
      action.run();
    } else {
      oldestFirst.add(new Waiting(position, action));
    }
  }

  /** All that the disk was told through this position is settled. */
  void onSettled(long position) {
    settled = Math.max(settled, position);
    Waiting oldest = oldestFirst.peek();
    while (oldest != null && oldest.position() <= settled) {
      oldestFirst.remove();
      oldest.action().run();
      oldest = oldestFirst.peek();
    }
  }

  long settled() {
    return settled;
  }
}
