package io.quorate.http;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.util.AsciiString;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the stock decoder passes of the lines of a head or of trailers, and RFC 9112 does not:
 *
 * <ul>
 *   <li>words of the request line that are not parted by one space, or have controls in them; a
 *       version that is not in capitals
 *   <li>a line that goes on in the next (obs-fold): it would be made one, and another recipient may
 *       see two
 *   <li>a second Content-Length, which in HTTP/1.0 is dropped; framing told in trailers, which is
 *       dropped; Sec-WebSocket-Key1, with which eight bytes are taken for a body
 *   <li>an end of a line before the request line that is not CRLF
 * </ul>
 *
 * Throws {@link BrokenRequest}, which the stock decoder makes the request fail with.
 */
@SuppressWarnings("StringConcatToTextBlock") // one sentence each
final class LineRules {

  static final String LINE_END = "a line ends in a lone CR or LF; each line takes CR LF";

  private static final Set<AsciiString> NOT_IN_TRAILERS =
      Set.of(
          HttpHeaderNames.CONTENT_LENGTH,
          HttpHeaderNames.TRANSFER_ENCODING,
          HttpHeaderNames.HOST,
          HttpHeaderNames.TRAILER);

  /** What is decoded from; null before anything is. */
  private @Nullable ByteBuf source;

  private boolean inTrailers;

  /** Whether the line decoded last is a field, so that the next could go on with it. */
  private boolean afterField;

  private boolean lengthSeen;

  /** Where the word decoded last ends in the request line; -1 before the first. */
  private int wordEnd;

  void beginHead() {
    inTrailers = false;
    afterField = false;
    lengthSeen = false;
    wordEnd = -1;
  }

  void beginTrailers() {
    inTrailers = true;
    afterField = false;
  }

  /** Notes what is decoded from now on; says what is wrong with how it begins, or null. */
  @Nullable BrokenRequest begin(ByteBuf bytes) {
    source = bytes;
    return afterField ? folded(bytes) : null;
  }

  private static @Nullable BrokenRequest folded(ByteBuf bytes) {
    int next = bytes.isReadable() ? bytes.getByte(bytes.readerIndex()) : 0;
    return next == ' ' || next == '\t'
        ? BrokenRequest.malformed("a header field goes on in a second line; it is taken in one")
        : null;
  }

  /** Whether these bytes begin with an end of a line, or a half of one. */
  static boolean isLineEnd(ByteBuf bytes) {
    byte first = bytes.getByte(bytes.readerIndex());
    return first == '\r' || first == '\n';
  }

  /** A word of the request line. */
  void word(byte[] line, int start, int length) {
    boolean parted = wordEnd < 0 ? start == 0 : start == wordEnd + 1 && line[wordEnd] == ' ';
    for (int i = start; i < start + length; i++) {
      parted &= line[i] < 0 || (line[i] > ' ' && line[i] != 0x7f);
    }
    if (!parted) {
      throw BrokenRequest.malformed(
          "the request line is not of a method, a target and a version, with one space between"
              + " two and no control character");
    }
    wordEnd = start + length;
  }

  static void version(String version) {
    if (!version.startsWith("HTTP/")) {
      throw BrokenRequest.malformed(
          "the request line ends with "
              + (version.isEmpty() ? "no version" : PercentCode.shown(version))
              + "; it takes HTTP/1.1 or HTTP/1.0");
    }
  }

  /** A field of a head or of trailers, whose line is read. */
  void field(AsciiString name) {
    afterField = true;
    ByteBuf rest = source;
    BrokenRequest fault = rest == null ? null : folded(rest);
    if (fault != null) {
      throw fault;
    }
    if (inTrailers) {
      if (NOT_IN_TRAILERS.contains(name.toLowerCase())) {
        throw BrokenRequest.malformed(name + " stands in the trailers; it is taken in the head");
      }
    } else if (HttpHeaderNames.CONTENT_LENGTH.contentEqualsIgnoreCase(name)) {
      if (lengthSeen) {
        throw BrokenRequest.malformed("Content-Length stands more than once; it is taken once");
      }
      lengthSeen = true;
    } else if (HttpHeaderNames.SEC_WEBSOCKET_KEY1.contentEqualsIgnoreCase(name)) {
      throw BrokenRequest.malformed(name + " is there; this node speaks no WebSocket");
    }
  }
}
