package io.quorate.loadgen;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes HTTP/1.1 answers apart, with as little work as the answers of a node allow: of the head it
 * looks only at the status and these fields, and of a body that nobody wants only at its length.
 *
 * <pre>
 *   HTTP/1.1 200 OK                 version, status
 *   content-length: 64              required, but with 204 and 304
 *   etag: "1.4711"                  a key's version
 *   connection: close               no further answer comes
 * </pre>
 *
 * A node never answers in chunks, nor with a body that ends with the connection: whatever does is
 * no node, and the connection to it cannot be used any further.
 */
final class AnswerDecoder extends ByteToMessageDecoder {
  private static final int LARGEST_HEAD_BYTES = 64 << 10;
  private static final int LARGEST_BODY_BYTES = 4 << 20;
  private static final int NOT_A_NUMBER = -1;
  private static final int NO_CONTENT = 204;
  private static final int NOT_MODIFIED = 304;
  private static final int STATUS_LINE_BYTES = "HTTP/1.1 200".length();
  private static final int LOWER_CASE = 0x20;
  private static final byte[] CONTENT_LENGTH = ascii("content-length:");
  private static final byte[] ETAG = ascii("etag:");
  private static final byte[] CONNECTION = ascii("connection:");
  private static final byte[] CLOSE = ascii("close");
  private static final byte[] HTTP = ascii("http/1.");

  /** Who waits for answers. */
  interface Receiver {
    /** Whether the body of the answer under way is to be kept. */
    boolean wantsBody();

    /** An answer has come whole. */
    void answer(int status, @Nullable KeyVersion version, byte[] body, boolean isLast);

    /** What came is no answer that a node gives. */
    void unreadable(String why);
  }

  private final Receiver receiver;
  private int status;
  private int contentLength;
  private @Nullable KeyVersion version;
  private boolean isLast;

  /** Of the body under way, where it is kept. */
  private byte[] body = Answer.NO_BODY;

  /** Bytes of the body still to come. */
  private int missing;

  private boolean headRead;
  private boolean failed;

  AnswerDecoder(Receiver receiver) {
    this.receiver = receiver;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
    if (failed) {
      in.skipBytes(in.readableBytes());
      return;
    }
    if (!headRead) {
      String wrong = readHead(in);
      if (wrong != null) {
        failed = true;
        in.skipBytes(in.readableBytes());
        receiver.unreadable(wrong);
        return;
      }
    }
    if (headRead && readBody(in)) {
      headRead = false;
      receiver.answer(status, version, body, isLast);
      body = Answer.NO_BODY;
    }
  }

  /** Reads the head once it is there whole. Returns what is wrong with it, or null. */
  private @Nullable String readHead(ByteBuf in) {
    int end = in.writerIndex();
    int lineEnd = in.indexOf(in.readerIndex(), end, (byte) '\n');
    if (lineEnd < 0) {
      return in.readableBytes() > LARGEST_HEAD_BYTES ? "its answer has no end of a line" : null;
    }
    int number = statusOf(in, in.readerIndex(), lineEnd);
    if (number == NOT_A_NUMBER) {
      return "not an HTTP answer";
    }
    contentLength = NOT_A_NUMBER;
    version = null;
    isLast = false;
    for (int line = lineEnd + 1; ; line = lineEnd + 1) {
      lineEnd = in.indexOf(line, end, (byte) '\n');
      if (lineEnd < 0) {
        return in.readableBytes() > LARGEST_HEAD_BYTES ? "the head of its answer is long" : null;
      }
      if (lineEnd - line <= 1) {
        break;
      }
      readField(in, line, lineEnd);
    }
    in.readerIndex(lineEnd + 1);
    if (number >= 100 && number < 200) {
      return null;
    }
    return expectBody(number);
  }

  private @Nullable String expectBody(int number) {
    status = number;
    boolean bodiless = number == NO_CONTENT || number == NOT_MODIFIED;
    if (!bodiless && (contentLength < 0 || contentLength > LARGEST_BODY_BYTES)) {
      return "status " + number + " without a content-length that a node gives";
    }
    headRead = true;
    missing = bodiless ? 0 : contentLength;
    body = receiver.wantsBody() && missing > 0 ? new byte[missing] : Answer.NO_BODY;
    return null;
  }

  private static int statusOf(ByteBuf in, int start, int end) {
    if (end - start < STATUS_LINE_BYTES || !startsWith(in, start, end, HTTP)) {
      return NOT_A_NUMBER;
    }
    return number(in, start + HTTP.length + 2, start + STATUS_LINE_BYTES);
  }

  private void readField(ByteBuf in, int start, int end) {
    switch (in.getByte(start) | LOWER_CASE) {
      case 'c' -> {
        if (startsWith(in, start, end, CONTENT_LENGTH)) {
          contentLength = number(in, skipSpaces(in, start + CONTENT_LENGTH.length, end), end);
        } else if (startsWith(in, start, end, CONNECTION)) {
          isLast = startsWith(in, skipSpaces(in, start + CONNECTION.length, end), end, CLOSE);
        }
      }
      case 'e' -> {
        if (startsWith(in, start, end, ETAG)) {
          version = KeyVersion.ofETag(in, skipSpaces(in, start + ETAG.length, end), end);
        }
      }
      default -> {}
    }
  }

  private static int skipSpaces(ByteBuf in, int start, int end) {
    int at = start;
    while (at < end && in.getByte(at) == ' ') {
      at++;
    }
    return at;
  }

  /** Whether the line starts with {@code lowerCase}, in whatever case. */
  private static boolean startsWith(ByteBuf in, int start, int end, byte[] lowerCase) {
    if (end - start < lowerCase.length) {
      return false;
    }
    for (int at = 0; at < lowerCase.length; at++) {
      byte got = in.getByte(start + at);
      if (got != lowerCase[at] && (got | LOWER_CASE) != lowerCase[at]) {
        return false;
      }
    }
    return true;
  }

  /** The digits from {@code start} on, to the end of the line or a space; or NOT_A_NUMBER. */
  private static int number(ByteBuf in, int start, int end) {
    int value = 0;
    int at = start;
    for (; at < end; at++) {
      int digit = in.getByte(at) - '0';
      if (digit < 0 || digit > 9) {
        break;
      }
      if (value > LARGEST_BODY_BYTES) {
        return NOT_A_NUMBER;
      }
      value = 10 * value + digit;
    }
    boolean ended = at == end || in.getByte(at) == '\r' || in.getByte(at) == ' ';
    return at > start && ended ? value : NOT_A_NUMBER;
  }

  private boolean readBody(ByteBuf in) {
    int come = Math.min(missing, in.readableBytes());
    if (body.length > 0) {
      in.readBytes(body, body.length - missing, come);
    } else {
      in.skipBytes(come);
    }
    missing -= come;
    return missing == 0;
  }
}
