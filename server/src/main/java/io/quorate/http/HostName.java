package io.quorate.http;

import io.netty.util.AsciiString;
import io.netty.util.NetUtil;
import java.nio.charset.StandardCharsets;

/**
 * By which name a client calls a node (RFC 9112, section 3.2, and RFC 3986, section 3.2.2).
 *
 * <pre>
 *  host    = ( name / "[" IPv6 address "]" ) [ ":" *digit ]
 *  name    = *( letter / digit / one of -._~!$&amp;'()*+,;= / "%" 2hexdigit )
 * </pre>
 *
 * Addresses of later versions, which begin with a v, are not taken: there are none.
 */
final class HostName {

  /** What each byte may be part of, but for percent-encoding. */
  private static final boolean[] IN_NAME = marked("-._~!$&'()*+,;=", 'z');

  private static final boolean[] IN_ADDRESS = marked(":.", 'f');

  private HostName() {}

  /** Marks these, the digits, and the letters up to {@code last} in either case. */
  private static boolean[] marked(String marks, char last) {
    boolean[] marked = new boolean[256];
    marks.chars().forEach(c -> marked[c] = true);
    for (char c = '0'; c <= '9'; c++) {
      marked[c] = true;
    }
    for (char c = 'a'; c <= last; c++) {
      marked[c] = true;
      marked[Character.toUpperCase(c)] = true;
    }
    return marked;
  }

  /** Whether all of it is one. */
  static boolean is(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    return end(bytes, 0, bytes.length) == bytes.length;
  }

  /** Where the one that begins at {@code start} ends; at {@code start} where there is none. */
  static int end(byte[] bytes, int start, int limit) {
    int at =
        start < limit && bytes[start] == '['
            ? endOfAddress(bytes, start, limit)
            : endOfName(bytes, start, limit);
    if (at < limit && bytes[at] == ':') {
      at++;
      while (at < limit && bytes[at] >= '0' && bytes[at] <= '9') {
        at++;
      }
    }
    return at;
  }

  private static int endOfName(byte[] bytes, int start, int limit) {
    int at = start;
    while (at < limit) {
      if (IN_NAME[bytes[at] & 0xff]) {
        at++;
      } else if (bytes[at] == '%'
          && at + 2 < limit
          && isHex(bytes[at + 1])
          && isHex(bytes[at + 2])) {
        at += 3;
      } else {
        break;
      }
    }
    return at;
  }

  private static boolean isHex(byte b) {
    return PercentCode.hexDigit(AsciiString.b2c(b)) >= 0;
  }

  private static int endOfAddress(byte[] bytes, int start, int limit) {
    int at = start + 1;
    while (at < limit && IN_ADDRESS[bytes[at] & 0xff]) {
      at++;
    }
    return at < limit
            && bytes[at] == ']'
            && isAddress(new String(bytes, start + 1, at - start - 1, StandardCharsets.US_ASCII))
        ? at + 1
        : start;
  }

  /** Netty's check takes an address of version 4 at the end behind certain groups only. */
  private static boolean isAddress(String text) {
    int tail = text.lastIndexOf(':') + 1;
    return text.indexOf('.') < 0
        ? NetUtil.isValidIpV6Address(text)
        : NetUtil.isValidIpV4Address(text.substring(tail))
            && NetUtil.isValidIpV6Address(text.substring(0, tail) + "0:0");
  }
}
