package io.quorate.log;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Zeros to write. */
final class Zeros {

  private static final int PIECE_BYTES = 1 << 20;

  private static final ByteBuffer PIECE = ByteBuffer.allocateDirect(PIECE_BYTES).asReadOnlyBuffer();

  private Zeros() {}

  /** Writes zeros from a place of the file up to another. */
  static void write(StorageFile file, long from, long to) throws IOException {
    long place = from;
    while (place < to) {
      int bytes = (int) Math.min(PIECE_BYTES, to - place);
      file.write(PIECE.duplicate().limit(bytes), place);
      place += bytes;
    }
  }
}
