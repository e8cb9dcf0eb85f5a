package io.quorate.core;

import java.nio.ByteBuffer;

/**
 * A mutation as bytes, in memory and on the way to the followers. Big-endian.
 *
 * <pre>
 *  0        8          16       18            22
 *  +--------+----------+--------+-------------+-----+-------+
 *  | epoch  | version  | key    | value       | key | value |
 *  | i64    | i64      | length | length i32  |     |       |
 *  |        |          | u16    | -1: delete  |     |       |
 *  +--------+----------+--------+-------------+-----+-------+
 * </pre>
 */
public final class MutationBytes {

  /** What stands before key and value. */
  public static final int HEADER_BYTES = 22;

  private static final int KEY_LENGTH = 16;
  private static final int VALUE_LENGTH = 18;

  /** Takes bytes that lie together; they are valid during the call. */
  public interface Sink {

    /** So many bytes of the array, from {@code offset} on. */
    void take(byte[] array, int offset, int bytes);
  }

  private MutationBytes() {}

  /** How many bytes the mutation takes. */
  public static int sizeBytes(Mutation mutation) {
    byte[] value = mutation.value();
    return HEADER_BYTES + mutation.key().bytes().length + (value == null ? 0 : value.length);
  }

  /** Writes the mutation from index {@code at} on; the buffer's position stays. */
  public static void write(ByteBuffer out, int at, Mutation mutation) {
    byte[] key = mutation.key().bytes();
    byte[] value = mutation.value();
    out.putLong(at, mutation.epoch()).putLong(at + Long.BYTES, mutation.version());
    out.putShort(at + KEY_LENGTH, (short) key.length);
    out.putInt(at + VALUE_LENGTH, value == null ? -1 : value.length);
    out.put(at + HEADER_BYTES, key);
    if (value != null) {
      out.put(at + HEADER_BYTES + key.length, value);
    }
  }

  /** How many bytes the mutation at this index takes. */
  public static int sizeBytes(ByteBuffer in, int at) {
    return HEADER_BYTES + in.getShort(at + KEY_LENGTH) + Math.max(0, in.getInt(at + VALUE_LENGTH));
  }

  /** The key of the mutation at this index. */
  static Key readKey(ByteBuffer in, int at) {
    byte[] key = new byte[in.getShort(at + KEY_LENGTH)];
    in.get(at + HEADER_BYTES, key);
    return new Key(key);
  }

  /** Whether the key of the mutation at this index begins with these bytes. */
  static boolean keyBegins(ByteBuffer in, int at, byte[] prefix) {
    if (in.getShort(at + KEY_LENGTH) < prefix.length) {
      return false;
    }
    for (int i = 0; i < prefix.length; i++) {
      if (in.get(at + HEADER_BYTES + i) != prefix[i]) {
        return false;
      }
    }
    return true;
  }

  /** Reads what {@link #write} has written at this index. */
  public static Mutation read(ByteBuffer in, int at) {
    Key key = readKey(in, at);
    int valueLength = in.getInt(at + VALUE_LENGTH);
    byte[] value = valueLength < 0 ? null : new byte[valueLength];
    if (value != null) {
      in.get(at + HEADER_BYTES + key.bytes().length, value);
    }
    return new Mutation(key, value, in.getLong(at), in.getLong(at + Long.BYTES));
  }
}
