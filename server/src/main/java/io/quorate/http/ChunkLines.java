package io.quorate.http;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the line before each chunk of a body, for the stock decoder passes some that RFC 9112,
 * section 7.1, does not have.
 *
 * <pre>
 *  line      = 1*15hexdigit *( BWS ";" BWS token [ BWS "=" BWS ( token / quoted ) ] ) CRLF
 * </pre>
 *
 * A size is at most 2<sup>31</sup> - 1, and a line at most {@value #MOST_BYTES} bytes.
 */
final class ChunkLines {

  static final int MOST_BYTES = 256;

  private static final String TOKEN = "[-!#$%&'*+.^_`|~0-9A-Za-z]+";
  private static final String QUOTED =
      "\"(?:[\t !\\x23-\\x5b\\x5d-\\x7e\\x80-\\xff]|\\\\[\t -~\\x80-\\xff])*\"";
  private static final Pattern LINE =
      Pattern.compile(
          "([0-9A-Fa-f]{1,15})(?:[ \t]*;[ \t]*"
              + TOKEN
              + "(?:[ \t]*=[ \t]*(?:"
              + TOKEN
              + "|"
              + QUOTED
              + "))?)*\r\n");

  private static final int LINE_END_BYTES = 2;

  /** Of a chunk and the line end after it, still to be decoded. */
  private long left;

  /** Of a line that was looked at and is not decoded yet. */
  private int lineBytes;

  private boolean lastSeen;

  /** What is wrong with the line that is decoded next; null where nothing is, or none is next. */
  @Nullable BrokenRequest fault(ByteBuf in) {
    if (left > 0 || lineBytes > 0 || lastSeen) {
      return null;
    }
    int there = Math.min(in.readableBytes(), MOST_BYTES);
    int length = in.bytesBefore(there, (byte) '\n') + 1;
    if (length == 0) {
      return there < MOST_BYTES ? null : fault("of more than " + MOST_BYTES + " bytes");
    }
    String text = in.toString(in.readerIndex(), length, StandardCharsets.ISO_8859_1);
    Matcher line = LINE.matcher(text);
    if (!line.matches()) {
      return fault(PercentCode.shown(text.strip()));
    }
    long size = Long.parseLong(line.group(1), 16);
    if (size > Integer.MAX_VALUE) {
      return fault(PercentCode.shown(text.strip()));
    }
    lineBytes = length;
    lastSeen = size == 0;
    left = lastSeen ? 0 : size + LINE_END_BYTES;
    return null;
  }

  private static BrokenRequest fault(String came) {
    return BrokenRequest.malformed(
        "a chunk begins with the line "
            + came
            + "; it takes a size in hexadecimal digits, and extensions as RFC 9112 has them");
  }

  /** So many bytes more are decoded. */
  void decoded(int bytes) {
    if (bytes > 0 && !lastSeen) {
      left -= bytes - lineBytes;
      lineBytes = 0;
    }
  }
}
