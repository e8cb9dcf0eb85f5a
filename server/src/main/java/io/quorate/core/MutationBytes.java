package io.quorate.core;

import java.nio.ByteBuffer;

/**
 * A mutation as bytes, in memory and on the way to the followers. Big-endian.
 *
 * <pre>
 *  0        8          16       18            22
 *  +--------+----------+--------+-------------+-----+-------+--------------------------------+
 *  | epoch  | version  | key    | value       | key | value | only where the length of the   |
 *  | i64    | i64      | length | length i32  |     |       | key has its highest bit:       |
 *  |        |          | u16    | -1: none    |     |       | length u16 | attributes, as    |
 *  |        |          |        |             |     |       | {@link AttributeBytes}         |
 *  +--------+----------+--------+-------------+-----+-------+--------------------------------+
 * </pre>
 */
public final class MutationBytes {

  /** What stands before key and value. */
  public static final int HEADER_BYTES = 22;

  /** What a mutation takes beside its key and its value, at most. */
  public static final int MOST_OVERHEAD_BYTES =
      HEADER_BYTES + Short.BYTES + AttributeBytes.MOST_BYTES;

  /**
   * What one of several mutations of a write takes beside its key and its value, without a receipt.
   */
  public static final int TOGETHER_OVERHEAD_BYTES =
      HEADER_BYTES + Short.BYTES + AttributeBytes.BYTES;

  private static final int KEY_LENGTH = 16;
  private static final int VALUE_LENGTH = 18;

  /** Of the length of a key: attributes stand behind the value. */
  public static final int WITH_ATTRIBUTES = 0x8000;

  /** Takes bytes that lie together; they are valid during the call. */
  public interface Sink {

    /** So many bytes of the array, from {@code offset} on. */
    void take(byte[] array, int offset, int bytes);
  }

  private MutationBytes() {}

  /** How many bytes the mutation takes. */
  public static int sizeBytes(Mutation mutation) {
    byte[] value = mutation.value();
    int bytes = HEADER_BYTES + mutation.key().bytes().length + (value == null ? 0 : value.length);
    Attributes attributes = mutation.attributes();
    return attributes.isNone() ? bytes : bytes + Short.BYTES + AttributeBytes.sizeBytes(attributes);
  }

  /** Writes the mutation from index {@code at} on; the buffer's position stays. */
  public static void write(ByteBuffer out, int at, Mutation mutation) {
    byte[] key = mutation.key().bytes();
    byte[] value = mutation.value();
    Attributes attributes = mutation.attributes();
    out.putLong(at, mutation.epoch()).putLong(at + Long.BYTES, mutation.version());
    out.putShort(at + KEY_LENGTH, (short) key.length);
    out.putInt(at + VALUE_LENGTH, value == null ? -1 : value.length);
    out.put(at + HEADER_BYTES, key);
    if (value != null) {
      out.put(at + HEADER_BYTES + key.length, value);
    }
    if (!attributes.isNone()) {
      out.putShort(at + KEY_LENGTH, (short) (key.length | WITH_ATTRIBUTES));
      int behind = plainBytes(out, at);
      out.putShort(at + behind, (short) AttributeBytes.sizeBytes(attributes));
      AttributeBytes.write(out, at + behind + Short.BYTES, attributes);
    }
  }

  /** How many bytes the mutation at this index takes. */
  public static int sizeBytes(ByteBuffer in, int at) {
    int bytes = plainBytes(in, at);
    return hasAttributes(in, at) ? bytes + Short.BYTES + in.getShort(at + bytes) : bytes;
  }

  /** How many bytes it takes without attributes. */
  private static int plainBytes(ByteBuffer in, int at) {
    return HEADER_BYTES + keyLength(in, at) + Math.max(0, in.getInt(at + VALUE_LENGTH));
  }

  private static int keyLength(ByteBuffer in, int at) {
    return Short.toUnsignedInt(in.getShort(at + KEY_LENGTH)) & ~WITH_ATTRIBUTES;
  }

  private static boolean hasAttributes(ByteBuffer in, int at) {
    return (in.getShort(at + KEY_LENGTH) & WITH_ATTRIBUTES) != 0;
  }

  /** The key of the mutation at this index. */
  static Key readKey(ByteBuffer in, int at) {
    byte[] key = new byte[keyLength(in, at)];
    in.get(at + HEADER_BYTES, key);
    return new Key(key);
  }

  /** Whether the key of the mutation at this index begins with these bytes. */
  static boolean keyBegins(ByteBuffer in, int at, byte[] prefix) {
    if (keyLength(in, at) < prefix.length) {
      return false;
    }
    for (int i = 0; i < prefix.length; i++) {
      if (in.get(at + HEADER_BYTES + i) != prefix[i]) {
        return false;
      }
    }
    return true;
  }

  /**
   * Reads what {@link #write} has written at this index.
   *
   * @throws RuntimeException when it is something else
   */
  public static Mutation read(ByteBuffer in, int at) {
    Key key = readKey(in, at);
    int valueLength = in.getInt(at + VALUE_LENGTH);
    byte[] value = valueLength < 0 ? null : new byte[valueLength];
    if (value != null) {
      in.get(at + HEADER_BYTES + key.bytes().length, value);
    }
    Attributes attributes = Attributes.NONE;
    if (hasAttributes(in, at)) {
      int behind = at + plainBytes(in, at);
      attributes = AttributeBytes.read(in, behind + Short.BYTES, in.getShort(behind));
    }
    return new Mutation(key, value, in.getLong(at), in.getLong(at + Long.BYTES), attributes);
  }
}
