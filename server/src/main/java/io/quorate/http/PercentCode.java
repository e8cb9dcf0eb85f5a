package io.quorate.http;

import io.netty.handler.codec.http.HttpResponseStatus;
import io.quorate.core.Key;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Percent-encoding (RFC 3986, section 2.1) of UTF-8. A plus sign is a plus sign. Bytes above 127
 * that came without encoding, as one character each, are taken as they are.
 */
final class PercentCode {

  private static final int SHOWN_CHARACTERS = 40;
  private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");
  private static final char[] DIGITS = "0123456789ABCDEF".toCharArray();

  private PercentCode() {}

  /** The key that {@code encoded} spells. */
  static Parsed<Key> key(String encoded) {
    if (encoded.isEmpty()) {
      return Parsed.badRequest("the key is empty; a key is 1 to 512 bytes of UTF-8");
    }
    byte[] bytes = decode(encoded);
    if (bytes == null) {
      return Parsed.badRequest(
          "the key "
              + shown(encoded)
              + " is not percent-encoded: each % takes two hexadecimal digits");
    }
    if (bytes.length > Key.MAX_BYTES) {
      return new Parsed.Fault<>(
          HttpResponseStatus.REQUEST_URI_TOO_LONG,
          "the key has " + bytes.length + " bytes; a key is 1 to 512 bytes of UTF-8");
    }
    if (!isUtf8(bytes)) {
      return Parsed.badRequest(
          "the key " + shown(encoded) + " is not UTF-8; a key is 1 to 512 bytes of UTF-8");
    }
    return Parsed.value(new Key(bytes));
  }

  /** The text that {@code encoded} spells, or {@code encoded} itself where it spells none. */
  static String text(String encoded) {
    byte[] bytes = encoded.indexOf('%') < 0 ? null : decode(encoded);
    return bytes == null ? encoded : new String(bytes, StandardCharsets.UTF_8);
  }

  /** What a client sent, short enough to be told back to it, in one line. */
  static String shown(String sent) {
    String told =
        sent.length() <= SHOWN_CHARACTERS
            ? sent
            : sent.substring(0, whole(sent, SHOWN_CHARACTERS))
                + "... ("
                + sent.length()
                + " characters)";
    return CONTROL.matcher(told).replaceAll("?");
  }

  /** So long a beginning, or one less where it would end within a character. */
  private static int whole(String text, int length) {
    return Character.isHighSurrogate(text.charAt(length - 1)) ? length - 1 : length;
  }

  /** Encodes what may not stand in a header field: all that is not printable ASCII. */
  static String printable(String target) {
    StringBuilder encoded = new StringBuilder(target.length());
    for (int i = 0; i < target.length(); i++) {
      char c = target.charAt(i);
      if (c > ' ' && c < 0x7f) {
        encoded.append(c);
      } else {
        encoded.append('%').append(DIGITS[c >> 4 & 15]).append(DIGITS[c & 15]);
      }
    }
    return encoded.toString();
  }

  static boolean isUtf8(byte[] bytes) {
    for (byte b : bytes) {
      if (b < 0) {
        return isUtf8BeyondAscii(bytes);
      }
    }
    return true;
  }

  private static boolean isUtf8BeyondAscii(byte[] bytes) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
      return true;
    } catch (CharacterCodingException notUtf8) {
      return false;
    }
  }

  /** The bytes that {@code encoded} spells; null where a % does not have two hexadecimal digits. */
  static byte @Nullable [] decode(String encoded) {
    byte[] bytes = new byte[encoded.length()];
    int length = 0;
    for (int i = 0; i < encoded.length(); i++) {
      char c = encoded.charAt(i);
      if (c == '%') {
        boolean whole = i + 2 < encoded.length();
        int high = whole ? hexDigit(encoded.charAt(i + 1)) : -1;
        int low = whole ? hexDigit(encoded.charAt(i + 2)) : -1;
        if (high < 0 || low < 0) {
          return null;
        }
        bytes[length++] = (byte) (high << 4 | low);
        i += 2;
      } else {
        bytes[length++] = (byte) c;
      }
    }
    return length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
  }

  /** -1 where it is none. */
  static int hexDigit(char c) {
    return c < 0x80 ? Character.digit(c, 16) : -1;
  }
}
