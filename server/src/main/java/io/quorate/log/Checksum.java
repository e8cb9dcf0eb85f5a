package io.quorate.log;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/** CRC32C (Castagnoli) of bytes in a buffer. */
final class Checksum {

  private Checksum() {}

  /** Of the bytes from {@code from} up to {@code to}; the buffer's position stays. */
  static int of(ByteBuffer bytes, int from, int to) {
    CRC32C crc = new CRC32C();
    crc.update(bytes.duplicate().clear().position(from).limit(to));
    return (int) crc.getValue();
  }
}
