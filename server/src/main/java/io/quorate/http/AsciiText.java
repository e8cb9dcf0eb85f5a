package io.quorate.http;

import io.netty.buffer.ByteBuf;
import io.netty.util.AsciiString;
import io.netty.util.concurrent.FastThreadLocal;
import java.util.Arrays;

/**
 * Text of one byte a character, put together in an array that each thread uses again and again. Not
 * to be kept: the next {@link #begin} on the thread begins it anew.
 */
final class AsciiText {

  private static final int FIRST_BYTES = 1024;

  /** An array that has grown beyond this is not kept for the next text. */
  private static final int MOST_KEPT_BYTES = 16 << 10;

  private static final FastThreadLocal<AsciiText> OF_THREAD =
      new FastThreadLocal<>() {
        @Override
        protected AsciiText initialValue() {
          return new AsciiText();
        }
      };

  private byte[] bytes = new byte[FIRST_BYTES];
  private int length;

  private AsciiText() {}

  /** This thread's, empty. */
  static AsciiText begin() {
    AsciiText text = OF_THREAD.get();
    text.length = 0;
    if (text.bytes.length > MOST_KEPT_BYTES) {
      text.bytes = new byte[FIRST_BYTES];
    }
    return text;
  }

  int length() {
    return length;
  }

  AsciiText add(AsciiString more) {
    return add(more.array(), more.arrayOffset(), more.length());
  }

  AsciiText add(byte[] more) {
    return add(more, 0, more.length);
  }

  private AsciiText add(byte[] more, int start, int count) {
    ensure(count);
    System.arraycopy(more, start, bytes, length, count);
    length += count;
    return this;
  }

  AsciiText add(char c) {
    ensure(1);
    bytes[length++] = AsciiString.c2b(c);
    return this;
  }

  /** In decimal; not negative. */
  AsciiText add(long number) {
    int digits = digits(number);
    ensure(digits);
    long left = number;
    for (int at = length + digits - 1; at >= length; at--) {
      bytes[at] = (byte) ('0' + left % 10);
      left /= 10;
    }
    length += digits;
    return this;
  }

  private static int digits(long number) {
    int digits = 1;
    for (long left = number / 10; left > 0; left /= 10) {
      digits++;
    }
    return digits;
  }

  private void ensure(int more) {
    if (more > bytes.length - length) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
    }
  }

  byte[] toBytes() {
    return Arrays.copyOf(bytes, length);
  }

  void writeTo(ByteBuf out) {
    out.writeBytes(bytes, 0, length);
  }
}
