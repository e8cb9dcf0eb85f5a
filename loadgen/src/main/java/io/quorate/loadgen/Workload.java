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
 * @param keys how many keys, at least 1
 * @param valueBytes length of every value, at least {@link #LEAST_VALUE_BYTES}
 */
record Workload(long seed, int keys, int valueBytes) {
  /** A value has room for its number. */
  static final int LEAST_VALUE_BYTES = Long.BYTES;

  /** The number of no write. */
  static final long NO_NUMBER = -1;

  private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

  /** The key, 0 to {@code keys - 1}, that write {@code number} goes to. */
  int key(long number) {
    return random(number).nextInt(keys);
  }

  /** The value that write {@code number} carries. */
  byte[] value(long number) {
    SplittableRandom random = random(number);
    random.nextInt(keys);
    byte[] drawn = new byte[valueBytes - Long.BYTES];
    random.nextBytes(drawn);
    return ByteBuffer.allocate(valueBytes).putLong(number).put(drawn).array();
  }

  /** The number that a value claims, or {@link #NO_NUMBER} where it is too short to have one. */
  static long numberIn(byte[] value) {
    return value.length < Long.BYTES ? NO_NUMBER : ByteBuffer.wrap(value).getLong();
  }

  static String keyName(int key) {
    return String.format("key-%04d", key);
  }

  private SplittableRandom random(long number) {
    return new SplittableRandom(seed + GOLDEN_GAMMA * (number + 1));
  }
}
