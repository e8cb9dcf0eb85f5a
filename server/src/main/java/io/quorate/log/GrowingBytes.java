package io.quorate.log;

import io.quorate.core.Mutation;
import io.quorate.core.MutationBytes;
import java.nio.ByteBuffer;

/** Bytes in memory, big-endian, added at the end. One thread at a time. */
final class GrowingBytes {

  /** Past the limit it grows by so much beyond what is needed, so that it seldom is copied. */
  private static final int STEP_BYTES = 256 << 10;

  private static final int LARGEST_BYTES = Integer.MAX_VALUE - 8;

  private final int limitBytes;
  private ByteBuffer bytes;

  /** Doubles whenever it is full. */
  GrowingBytes(int firstBytes) {
    this(firstBytes, LARGEST_BYTES);
  }

  /**
   * Doubles whenever it is full, up to the limit. What is more is taken as well, but takes little
   * more memory than it needs.
   */
  GrowingBytes(int firstBytes, int limitBytes) {
    this.limitBytes = limitBytes;
    this.bytes = ByteBuffer.allocate(firstBytes);
  }

  GrowingBytes u8(int value) {
    room(Byte.BYTES).put((byte) value);
    return this;
  }

  GrowingBytes flag(boolean value) {
    return u8(value ? 1 : 0);
  }

  GrowingBytes i32(int value) {
    room(Integer.BYTES).putInt(value);
    return this;
  }

  GrowingBytes i64(long value) {
    room(Long.BYTES).putLong(value);
    return this;
  }

  GrowingBytes array(byte[] array) {
    room(array.length).put(array);
    return this;
  }

  GrowingBytes bytes(ByteBuffer more) {
    room(more.remaining()).put(more);
    return this;
  }

  GrowingBytes mutation(Mutation mutation) {
    int size = MutationBytes.sizeBytes(mutation);
    ByteBuffer out = room(size);
    MutationBytes.write(out, out.position(), mutation);
    out.position(out.position() + size);
    return this;
  }

  /** Replaces what was added at this place. */
  void i32At(int place, int value) {
    bytes.putInt(place, value);
  }

  int size() {
    return bytes.position();
  }

  /** Memory that it takes. */
  int capacityBytes() {
    return bytes.capacity();
  }

  /** What was added, valid until more is. */
  ByteBuffer written() {
    return bytes.duplicate().flip();
  }

  /** Empty again; memory beyond that many bytes is given back. */
  void clear(int keepBytes) {
    bytes = bytes.capacity() > keepBytes ? ByteBuffer.allocate(keepBytes) : bytes.clear();
  }

  private ByteBuffer room(int more) {
    if (bytes.remaining() < more) {
      long needed = (long) bytes.position() + more;
      long capacity =
          needed <= limitBytes
              ? Math.max(needed, Math.min(2L * bytes.capacity(), limitBytes))
              : Math.max(needed, Math.min(needed + STEP_BYTES, LARGEST_BYTES));
      bytes = ByteBuffer.allocate(Math.toIntExact(capacity)).put(bytes.flip());
    }
    return bytes;
  }
}
