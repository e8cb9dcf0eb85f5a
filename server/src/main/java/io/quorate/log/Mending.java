package io.quorate.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Makes a log that was read fit to be written to. */
final class Mending {

  private static final int PIECE_BYTES = 1 << 20;

  private Mending() {}

  /**
   * Cuts off the torn end, and has all that was read on the disk: a process that was killed may
   * leave it in memory of the operating system alone. What perhaps was never forced is written once
   * more, for after a failed force that memory may differ from the disk and be taken for written.
   * What is left over goes only when the names of what replaces it are on the disk.
   *
   * @return the segment to go on in; null when there is none
   */
  static @Nullable Current mend(Storage storage, Recovery.Found found) throws IOException {
    Recovery.Last last = found.last();
    Current current = null;
    if (last != null) {
      StorageFile file = storage.open(SegmentFormat.name(last.number()));
      rewrite(file, last.unforcedFrom(), last.place());
      Zeros.write(file, last.place(), last.tornEnd());
      file.force();
      current = new Current(last.number(), file, file.sizeBytes(), last.place());
    }
    storage.forceDirectory();
    for (String file : found.leftOver()) {
      storage.delete(file);
    }
    return current;
  }

  private static void rewrite(StorageFile file, long from, long to) throws IOException {
    ByteBuffer piece = ByteBuffer.allocate((int) Math.min(PIECE_BYTES, to - from));
    long place = from;
    while (place < to) {
      piece.clear().limit((int) Math.min(piece.capacity(), to - place));
      int bytes = file.read(piece, place);
      file.write(piece.flip(), place);
      place += bytes;
    }
  }
}
