package io.quorate.log;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import java.util.TreeSet;

/** One file of a {@link MemoryStorage}: what can be read, and what is on the disk. */
final class MemoryFile {

  private static final int SECTOR_BYTES = 512;

  private byte[] bytes;
  private int size;
  private byte[] durable;

  /** Numbers of the sectors that differ from the disk, as far as the system knows. */
  private final TreeSet<Integer> dirty = new TreeSet<>();

  private boolean sizeIsDurable = true;

  MemoryFile(byte[] bytes) {
    this.bytes = bytes.clone();
    this.size = bytes.length;
    this.durable = bytes.clone();
  }

  void growsUnforced() {
    sizeIsDurable = false;
  }

  int size() {
    return size;
  }

  byte[] copy() {
    return Arrays.copyOf(bytes, size);
  }

  int read(ByteBuffer into, long place) {
    int length = (int) Math.max(0, Math.min(into.remaining(), size - place));
    into.put(bytes, (int) Math.min(place, size), length);
    return length;
  }

  void write(ByteBuffer from, long place) {
    int length = from.remaining();
    int end = (int) place + length;
    if (end > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(end, 2 * bytes.length));
    }
    from.get(bytes, (int) place, length);
    if (end > size) {
      size = end;
      sizeIsDurable = false;
    }
    for (int sector = (int) place / SECTOR_BYTES; sector * SECTOR_BYTES < end; sector++) {
      dirty.add(sector);
    }
  }

  void force() {
    durable = Arrays.copyOf(durable, size);
    for (int sector : dirty) {
      keep(sector, SECTOR_BYTES);
    }
    dirty.clear();
    sizeIsDurable = true;
  }

  /** The disk gets some of it, and the system takes all of it for written. */
  void loseUnforced(Random random) {
    settle(random);
    dirty.clear();
    sizeIsDurable = true;
  }

  void crash(Random random) {
    settle(random);
    dirty.clear();
    bytes = durable.clone();
    size = durable.length;
    sizeIsDurable = true;
  }

  private void settle(Random random) {
    if (!sizeIsDurable) {
      int more = size - durable.length;
      durable = Arrays.copyOf(durable, durable.length + (more > 0 ? random.nextInt(more + 1) : 0));
    }
    for (int sector : dirty) {
      switch (random.nextInt(4)) {
        case 0 -> keep(sector, SECTOR_BYTES);
        case 1 -> keep(sector, random.nextInt(SECTOR_BYTES));
        default -> {}
      }
    }
  }

  private void keep(int sector, int length) {
    int from = sector * SECTOR_BYTES;
    int to = Math.min(Math.min(from + length, size), durable.length);
    if (to > from) {
      System.arraycopy(bytes, from, durable, from, to - from);
    }
  }
}
