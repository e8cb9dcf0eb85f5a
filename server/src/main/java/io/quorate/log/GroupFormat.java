package io.quorate.log;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * Records that are written in one go, whole or not at all. Big-endian.
 *
 * <pre>
 *  0         4          8            12             20            28
 *  +---------+----------+------------+--------------+-------------+---------+
 *  | "GRUP"  | CRC32C   | bytes of   | position of  | forced i64  | records |
 *  |         |          | records    | the first    |             |         |
 *  |         |          | i32        | record i64   |             |         |
 *  +---------+----------+------------+--------------+-------------+---------+
 * </pre>
 *
 * The checksum is of where the group is (incarnation, segment number and place in the segment, each
 * i64) and of all that follows the checksum: a group is never taken for one of another place.
 * {@code forced} is the position through which the log was forced before this group was written:
 * what is broken before it was once on the disk, and what is broken behind it perhaps never was.
 */
final class GroupFormat {

  static final int HEADER_BYTES = 28;

  /** A group is ended when it is about so large; one record alone may be larger. */
  static final int FULL_BYTES = 1 << 20;

  static final int MAGIC = 0x47525550;

  private static final int CRC = 4;
  private static final int LENGTH = 8;
  private static final int POSITION = 12;
  private static final int FORCED = 20;

  private final ByteBuffer seed = ByteBuffer.allocate(3 * Long.BYTES);

  GroupFormat(long incarnation) {
    seed.putLong(0, incarnation);
  }

  /** Fills in the header before the records that stand behind it in the buffer. */
  void seal(ByteBuffer group, long segment, long place, long position, long forced) {
    group.putInt(0, MAGIC).putInt(LENGTH, group.limit() - HEADER_BYTES);
    group.putLong(POSITION, position).putLong(FORCED, forced);
    group.putInt(CRC, checksum(group, 0, group.limit(), segment, place));
  }

  /** How many bytes the group takes whose header is here; less than a header when none is. */
  static long sizeBytes(ByteBuffer header, int at) {
    return header.getInt(at) == MAGIC ? (long) HEADER_BYTES + header.getInt(at + LENGTH) : 0;
  }

  static long position(ByteBuffer group, int at) {
    return group.getLong(at + POSITION);
  }

  static long forced(ByteBuffer group, int at) {
    return group.getLong(at + FORCED);
  }

  /** Whether the bytes are what was written at that place of the segment. */
  boolean isSound(ByteBuffer group, int at, int size, long segment, long place) {
    return group.getInt(at + CRC) == checksum(group, at, size, segment, place);
  }

  private int checksum(ByteBuffer group, int at, int size, long segment, long place) {
    seed.putLong(Long.BYTES, segment).putLong(2 * Long.BYTES, place);
    CRC32C crc = new CRC32C();
    crc.update(seed.clear());
    crc.update(group.duplicate().clear().position(at + LENGTH).limit(at + size));
    return (int) crc.getValue();
  }
}
