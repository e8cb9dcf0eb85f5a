package io.quorate.loadgen;

import java.nio.ByteBuffer;
import java.util.SplittableRandom;

/**
 * Which key each write goes to and what it writes. Both follow from the seed and the write's number
 * alone, so that nothing need be remembered to know what a write carried, and no two writes of a
 * run carry the same value:
 *
 * <pre>
 *   +--------------------------+-----------------------------+
 *   | number, 8 bytes, big end | bytes drawn from the seed   |
 *   +--------------------------+-----------------------------+
 * </pre>
 *
 * @param keys how often each key is written to, by the writes after the first ones
 * @param minValueBytes least length of a value, at least {@link #LEAST_VALUE_BYTES}
 * @param maxValueBytes greatest length of a value; every length between is as frequent
 * @param first so many writes go to one key each, ascending, so that there is something to read
 */
record Workload(long seed, KeyChoice keys, int minValueBytes, int maxValueBytes, int first) {
  /** A value has room for its number. */
  static final int LEAST_VALUE_BYTES = Long.BYTES;

  /** The number of no write. */
  static final long NO_NUMBER = -1;

  private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;
  private static final String KEY_PREFIX = "key-";
  private static final int LEAST_KEY_DIGITS = 4;

  /** Writes to all keys alike, of one length, and no first ones. */
  static Workload uniform(long seed, int keys, int valueBytes) {
    return new Workload(seed, KeyChoice.uniform(keys), valueBytes, valueBytes, 0);
  }

  /** The key that write {@code number} goes to. */
  int key(long number) {
    return number < first ? (int) number : keys.key(random(number).nextDouble());
  }

  /** The value that write {@code number} carries. */
  byte[] value(long number) {
    SplittableRandom random = random(number);
    random.nextDouble();
    int length =
        minValueBytes == maxValueBytes
            ? minValueBytes
            : random.nextInt(minValueBytes, maxValueBytes + 1);
    ByteBuffer value = ByteBuffer.allocate(length).putLong(number);
    while (value.remaining() >= Long.BYTES) {
      value.putLong(random.nextLong());
    }
    while (value.hasRemaining()) {
      value.put((byte) random.nextInt());
    }
    return value.array();
  }

  /** The number that a value claims, or {@link #NO_NUMBER} where it is too short to have one. */
  static long numberIn(byte[] value) {
    return value.length < Long.BYTES ? NO_NUMBER : ByteBuffer.wrap(value).getLong();
  }

  static String keyName(int key) {
    String digits = Integer.toString(key);
    return KEY_PREFIX + "0".repeat(Math.max(0, LEAST_KEY_DIGITS - digits.length())) + digits;
  }

  private SplittableRandom random(long number) {
    return new SplittableRandom(seed + GOLDEN_GAMMA * (number + 1));
  }
}
