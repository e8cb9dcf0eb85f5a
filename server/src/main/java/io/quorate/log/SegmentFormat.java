package io.quorate.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A file of the log: {@code segment-} and its number. It has its full size from the start, in
 * zeros; the header is written and forced when its predecessor is full and forced, and only then
 * come groups, see {@link GroupFormat}, one behind the other. Big-endian.
 *
 * <pre>
 *  0            8            12          20            28            36         40
 *  +------------+------------+-----------+-------------+-------------+----------+--------+------
 *  | "QUORSEGM" | format i32 | number    | position of | incarnation | CRC32C   | groups | zeros
 *  |            |            | i64       | its first   | i64         | of the   |        |
 *  |            |            |           | record i64  |             | header   |        |
 *  +------------+------------+-----------+-------------+-------------+----------+--------+------
 * </pre>
 */
final class SegmentFormat {

  static final int HEADER_BYTES = 40;

  private static final long MAGIC = 0x51554f525345474dL; // QUORSEGM
  private static final int FORMAT = 1;
  private static final int NUMBER = 12;
  private static final int FIRST = 20;
  private static final int INCARNATION = 28;
  private static final int CRC = 36;

  private static final String PREFIX = "segment-";
  private static final String DIGITS = "[0-9]{10}";

  private SegmentFormat() {}

  static String name(long number) {
    return PREFIX + "%010d".formatted(number);
  }

  static boolean isName(String file) {
    return file.matches(PREFIX + DIGITS);
  }

  static long number(String file) {
    return Long.parseLong(file, PREFIX.length(), file.length(), /* radix= */ 10);
  }

  static ByteBuffer header(long number, long first, long incarnation) {
    ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES);
    header.putLong(MAGIC).putInt(FORMAT).putLong(number).putLong(first).putLong(incarnation);
    return header.putInt(Checksum.of(header, 0, CRC)).flip();
  }

  /** The position of its first record; null when the header is not that of this segment. */
  static @Nullable Long first(StorageFile file, long number, long incarnation) throws IOException {
    ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES);
    if (file.read(header, 0) < HEADER_BYTES
        || header.getLong(0) != MAGIC
        || header.getInt(Long.BYTES) != FORMAT
        || header.getLong(NUMBER) != number
        || header.getLong(INCARNATION) != incarnation
        || header.getInt(CRC) != Checksum.of(header, 0, CRC)) {
      return null;
    }
    return header.getLong(FIRST);
  }
}
