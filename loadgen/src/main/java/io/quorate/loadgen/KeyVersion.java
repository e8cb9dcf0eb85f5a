package io.quorate.loadgen;

import io.netty.buffer.ByteBuf;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/** A key's version within the epoch that gave it. Where two meet, the larger pair is the newer. */
public record KeyVersion(long epoch, long version) implements Comparable<KeyVersion> {
  private static final int MOST_DIGITS = 18;
  private static final long NOT_A_NUMBER = -1;
  private static final Comparator<KeyVersion> ORDER =
      Comparator.comparingLong(KeyVersion::epoch).thenComparingLong(KeyVersion::version);

  /**
   * The version in an entity tag, {@code "epoch.version"} with its quotes, or null.
   *
   * @param start where the tag starts in {@code line}
   * @param end where the line ends, with whatever stands after the tag
   */
  static @Nullable KeyVersion ofETag(ByteBuf line, int start, int end) {
    if (start >= end || line.getByte(start) != '"') {
      return null;
    }
    int point = line.indexOf(start, end, (byte) '.');
    int quote = line.indexOf(start + 1, end, (byte) '"');
    if (point < 0 || quote < point) {
      return null;
    }
    long epoch = number(line, start + 1, point);
    long version = number(line, point + 1, quote);
    return epoch < 0 || version < 0 ? null : new KeyVersion(epoch, version);
  }

  private static long number(ByteBuf line, int start, int end) {
    if (end == start || end - start > MOST_DIGITS) {
      return NOT_A_NUMBER;
    }
    long value = 0;
    for (int at = start; at < end; at++) {
      int digit = line.getByte(at) - '0';
      if (digit < 0 || digit > 9) {
        return NOT_A_NUMBER;
      }
      value = 10 * value + digit;
    }
    return value;
  }

  @Override
  public int compareTo(KeyVersion other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return epoch + "." + version;
  }
}
