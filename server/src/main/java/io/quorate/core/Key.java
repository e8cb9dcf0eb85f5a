package io.quorate.core;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A key: 1 to {@link #MAX_BYTES} bytes of UTF-8, ordered by its unsigned bytes. Immutable; the
 * bytes are not copied.
 */
public final class Key implements Comparable<Key> {

  public static final int MAX_BYTES = 512;

  /**
   * Its hash is computed whenever it is asked for: kept here, it would take every entry of a store
   * eight bytes more.
   */
  private final byte[] bytes;

  /** Takes the bytes over: the caller no longer writes to them. */
  public Key(byte[] bytes) {
    this.bytes = bytes;
  }

  public static Key of(String text) {
    return new Key(text.getBytes(StandardCharsets.UTF_8));
  }

  /** The key's own bytes, not to be written to. */
  public byte[] bytes() {
    return bytes;
  }

  @Override
  public int compareTo(Key other) {
    return Arrays.compareUnsigned(bytes, other.bytes);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Key key && Arrays.equals(bytes, key.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
