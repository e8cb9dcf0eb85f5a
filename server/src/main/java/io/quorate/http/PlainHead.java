package io.quorate.http;

import io.netty.buffer.ByteBuf;
import io.netty.util.AsciiString;
import io.netty.util.concurrent.FastThreadLocal;
import io.quorate.core.Key;
import io.quorate.http.PlainRequest.Form;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads the head of a request that is plain: one that can be read in no other way than this, breaks
 * no rule and no limit, and asks for nothing but what its first line and its Content-Length say.
 * Any other is not for here.
 *
 * <pre>
 *  head    = beginning [ key [ "?" query ] ] " HTTP/1.1" CRLF *( field CRLF ) CRLF
 *  beginning                            a method, a space and the path of a form: "GET /v1/kv/"
 *  key     = 1*512( letter / digit / one of -._~!$&amp;'()*+,;=:@/ )    where the form has one
 *  query   = 1*( letter / digit / one of -._~=&amp; )
 *
 *  field   = "Host:" *SP a {@link HostName} that is not empty            exactly once
 *          / "Content-Length:" *SP 1*9digit                             once with a body, else never
 *          / "Connection:" *SP "keep-alive"
 *          / "Accept:" *SP "*" "/*"
 *          / ( "User-Agent:" / "Accept-Encoding:" / "Content-Type:" ) *( SP / visible )
 * </pre>
 *
 * Names of fields and keep-alive in any case; SP is a space, visible is 0x21 to 0x7e. One for each
 * thread: what is read holds until the thread reads the next.
 */
final class PlainHead {

  /** Most heads are shorter, and are copied at once. */
  private static final int FIRST_BYTES = 512;

  private static final int MOST_BYTES = 2048;
  private static final int MOST_LENGTH_DIGITS = 9;

  private static final int KEY = 1;
  private static final int QUERY = 2;
  private static final int VALUE = 4;

  /** What each byte may be part of. */
  private static final byte[] PART_OF = partOf();

  private static final AsciiString END_OF_LINE = AsciiString.cached(" HTTP/1.1\r\n");
  private static final AsciiString HOST_NAME = AsciiString.cached("host:");
  private static final AsciiString LENGTH_NAME = AsciiString.cached("content-length:");
  private static final AsciiString CONNECTION_NAME = AsciiString.cached("connection:");
  private static final AsciiString ACCEPT_NAME = AsciiString.cached("accept:");
  private static final AsciiString AGENT_NAME = AsciiString.cached("user-agent:");
  private static final AsciiString ENCODING_NAME = AsciiString.cached("accept-encoding:");
  private static final AsciiString TYPE_NAME = AsciiString.cached("content-type:");
  private static final AsciiString KEEP_ALIVE = AsciiString.cached("keep-alive");
  private static final AsciiString ANYTHING = AsciiString.cached("*/*");

  private static final FastThreadLocal<PlainHead> OF_THREAD =
      new FastThreadLocal<>() {
        @Override
        protected PlainHead initialValue() {
          return new PlainHead();
        }
      };

  /** The head, and behind what has been copied a zero, which no rule takes. */
  private final byte[] bytes = new byte[MOST_BYTES + 1];

  /** What is read next. */
  private int at;

  private int keyStart;
  private int keyEnd;
  private int queryEnd;
  private boolean hostSeen;
  private int contentLength;

  private PlainHead() {}

  static PlainHead ofThisThread() {
    return OF_THREAD.get();
  }

  private static byte[] partOf() {
    byte[] partOf = new byte[256];
    for (int c = ' '; c <= '~'; c++) {
      boolean common = Character.isLetterOrDigit(c) || "-._".indexOf(c) >= 0;
      partOf[c] =
          (byte)
              (VALUE
                  | (common || "~!$&'()*+,;=:@/".indexOf(c) >= 0 ? KEY : 0)
                  | (common || "~=&".indexOf(c) >= 0 ? QUERY : 0));
    }
    return partOf;
  }

  /**
   * Reads the head that begins where {@code in} is read next, and leaves it there.
   *
   * @param mostBytes how long it may be
   * @return the form that it has; null where it is not there, whole and plain, in any
   */
  @Nullable Form read(ByteBuf in, Form[] forms, int mostBytes) {
    int there = Math.min(in.readableBytes(), Math.min(mostBytes, MOST_BYTES));
    int copied = Math.min(there, FIRST_BYTES);
    copy(in, copied);
    for (Form form : forms) {
      if (beginsAs(form.beginning())) {
        return isPlain(form) || (copied < there && isPlainIn(in, there, form)) ? form : null;
      }
    }
    return null;
  }

  private boolean isPlainIn(ByteBuf in, int count, Form form) {
    copy(in, count);
    return isPlain(form);
  }

  private void copy(ByteBuf in, int count) {
    in.getBytes(in.readerIndex(), bytes, 0, count);
    bytes[count] = 0;
  }

  /** How long the head is. */
  int length() {
    return at;
  }

  /** What its body is told to have; -1 where it has none. */
  int contentLength() {
    return contentLength;
  }

  Key key() {
    return new Key(Arrays.copyOfRange(bytes, keyStart, keyEnd));
  }

  Query query() {
    return queryEnd == keyEnd
        ? Query.NONE
        : new Query(
            new String(bytes, keyEnd + 1, queryEnd - keyEnd - 1, StandardCharsets.US_ASCII));
  }

  private boolean isPlain(Form form) {
    at = form.beginning().length;
    keyEnd = at;
    queryEnd = at;
    hostSeen = false;
    contentLength = -1;
    if ((form.keyed() && !takeKey()) || !take(END_OF_LINE)) {
      return false;
    }
    while (bytes[at] != '\r') {
      if (!takeField()) {
        return false;
      }
    }
    return endOfLine() && hostSeen && form.bodied() == (contentLength >= 0);
  }

  private boolean takeKey() {
    keyStart = at;
    skip(KEY);
    keyEnd = at;
    if (bytes[at] == '?') {
      at++;
      skip(QUERY);
    }
    queryEnd = at;
    return keyEnd > keyStart && keyEnd - keyStart <= Key.MAX_BYTES && queryEnd != keyEnd + 1;
  }

  /** Fields not named here may mean something. */
  private boolean takeField() {
    return switch (bytes[at] | 0x20) {
      case 'h' -> take(HOST_NAME) && host();
      case 'u' -> take(AGENT_NAME) && anyValue();
      case 'a' -> take(ACCEPT_NAME) ? value(ANYTHING) : take(ENCODING_NAME) && anyValue();
      case 'c' ->
          take(LENGTH_NAME)
              ? contentLengthOnce()
              : take(CONNECTION_NAME) ? value(KEEP_ALIVE) : take(TYPE_NAME) && anyValue();
      default -> false;
    };
  }

  private boolean host() {
    boolean again = hostSeen;
    hostSeen = true;
    skipSpaces();
    int start = at;
    at = HostName.end(bytes, start, bytes.length);
    return !again && at > start && endOfLine();
  }

  private boolean contentLengthOnce() {
    boolean again = contentLength >= 0;
    skipSpaces();
    int start = at;
    int number = 0;
    while (bytes[at] >= '0' && bytes[at] <= '9' && at - start < MOST_LENGTH_DIGITS) {
      number = 10 * number + bytes[at++] - '0';
    }
    contentLength = number;
    return !again && at > start && endOfLine();
  }

  private boolean value(AsciiString expected) {
    skipSpaces();
    return take(expected) && endOfLine();
  }

  private boolean anyValue() {
    skip(VALUE);
    return endOfLine();
  }

  private boolean endOfLine() {
    boolean ends = bytes[at] == '\r' && bytes[at + 1] == '\n';
    at += ends ? 2 : 0;
    return ends;
  }

  private void skipSpaces() {
    while (bytes[at] == ' ') {
      at++;
    }
  }

  private void skip(int part) {
    while ((PART_OF[bytes[at] & 0xff] & part) != 0) {
      at++;
    }
  }

  private boolean take(AsciiString expected) {
    boolean is = is(expected, at);
    at += is ? expected.length() : 0;
    return is;
  }

  private boolean beginsAs(byte[] beginning) {
    return Arrays.equals(bytes, 0, beginning.length, beginning, 0, beginning.length);
  }

  /** Letters that are small in {@code expected} may be capital. */
  private boolean is(AsciiString expected, int start) {
    byte[] wanted = expected.array();
    for (int i = 0; i < wanted.length; i++) {
      byte b = bytes[start + i];
      byte c = wanted[i];
      if (b != c && (c < 'a' || c > 'z' || (b | 0x20) != c)) {
        return false;
      }
    }
    return true;
  }
}
