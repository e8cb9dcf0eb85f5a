package io.quorate.log;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Bytes of a file, read ahead. One thread. */
final class FileWindow {

  private static final int AHEAD_BYTES = 1 << 20;

  private final StorageFile file;
  private final long fileBytes;
  private ByteBuffer bytes;
  private long start;

  FileWindow(StorageFile file) throws IOException {
    this.file = file;
    this.fileBytes = file.sizeBytes();
    this.bytes = ByteBuffer.allocate((int) Math.max(1, Math.min(AHEAD_BYTES, fileBytes))).flip();
  }

  long fileBytes() {
    return fileBytes;
  }

  /** Has those bytes of the file at hand; false when it is not that long. */
  boolean covers(long place, long length) throws IOException {
    if (place + length > fileBytes) {
      return false;
    }
    if (place < start || place + length > start + bytes.limit()) {
      int capacity = (int) Math.max(length, Math.min(AHEAD_BYTES, fileBytes - place));
      bytes = capacity > bytes.capacity() ? ByteBuffer.allocate(capacity) : bytes.clear();
      start = place;
      file.read(bytes, place);
      bytes.flip();
    }
    return bytes.limit() - at(place) >= length;
  }

  /** The bytes at hand, see {@link #at}. */
  ByteBuffer bytes() {
    return bytes;
  }

  /** Where in {@link #bytes} a place of the file is. */
  int at(long place) {
    return (int) (place - start);
  }
}
