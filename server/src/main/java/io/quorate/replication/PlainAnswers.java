package io.quorate.replication;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseDecoder;
import io.netty.util.AsciiString;
import io.netty.util.ByteProcessor;
import java.util.List;

/**
 * Reads a follower's answers where they are plain: HTTP/1.1, a status that has a body, the body's
 * length in decimal digits, once, and nothing said of how the body is coded or of the connection.
 * Whatever is not plain goes to Netty's own decoder, and all that follows on this connection.
 *
 * <pre>
 *  HTTP/1.1 200 OK CRLF
 *  (name ":" value CRLF) ...     content-length among them; no transfer-encoding, no connection
 *  CRLF
 *  body
 * </pre>
 */
final class PlainAnswers extends ByteToMessageDecoder {

  /** A longer head is not plain. */
  private static final int MOST_HEAD_BYTES = 4 << 10;

  private static final AsciiString BEGINNING = AsciiString.cached("HTTP/1.1 ");
  private static final AsciiString CONTENT_LENGTH = AsciiString.cached("content-length");
  private static final AsciiString TRANSFER_ENCODING = AsciiString.cached("transfer-encoding");
  private static final AsciiString CONNECTION = AsciiString.cached("connection");

  private static final int STATUS_LINE_BYTES = 13;
  private static final int MOST_LENGTH_DIGITS = 9;
  private static final int UNKNOWN = -1;
  private static final int NOT_PLAIN = -2;

  private final int maxBodyBytes;

  /** Of the answer whose body is awaited; {@link #UNKNOWN} while its head has not come whole. */
  private int bodyBytes = UNKNOWN;

  private int status;

  PlainAnswers(int maxBodyBytes) {
    this.maxBodyBytes = maxBodyBytes;
  }

  @Override
  protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
    if (bodyBytes == UNKNOWN) {
      int begin = in.readerIndex();
      bodyBytes = readHead(in);
      if (bodyBytes < 0) {
        in.readerIndex(begin);
      }
      if (bodyBytes == NOT_PLAIN || bodyBytes > maxBodyBytes) {
        in.readerIndex(begin);
        giveUp(context);
        return;
      }
    }
    if (bodyBytes >= 0 && in.readableBytes() >= bodyBytes) {
      out.add(new LinkAnswer(status, in.readRetainedSlice(bodyBytes), true));
      bodyBytes = UNKNOWN;
    }
  }

  /** Leaves the answer, none of which is taken, to the stock decoder. */
  private void giveUp(ChannelHandlerContext context) {
    context
        .pipeline()
        .addAfter(context.name(), null, new HttpObjectAggregator(maxBodyBytes))
        .addAfter(context.name(), null, new HttpResponseDecoder())
        .remove(this);
  }

  /** Reads the head, if it is there and plain, and returns the length of the body. */
  private int readHead(ByteBuf in) {
    int bodyLength = UNKNOWN;
    if (in.readableBytes() < STATUS_LINE_BYTES) {
      return UNKNOWN;
    }
    status = plainStatus(in);
    int limit = Math.min(in.writerIndex(), in.readerIndex() + MOST_HEAD_BYTES);
    int line = status == NOT_PLAIN ? NOT_PLAIN : nextLine(in, in.readerIndex(), limit);
    while (line > 0) {
      int next = nextLine(in, line, limit);
      if (next == line + 2) {
        in.readerIndex(next);
        return bodyLength == UNKNOWN ? NOT_PLAIN : bodyLength;
      }
      if (next > 0) {
        int found = lengthIn(in, line, next - 2);
        if (found == NOT_PLAIN || (found >= 0 && bodyLength >= 0)) {
          return NOT_PLAIN;
        }
        bodyLength = Math.max(bodyLength, found);
      }
      line = next;
    }
    return line;
  }

  private static int plainStatus(ByteBuf in) {
    int begin = in.readerIndex();
    for (int i = 0; i < BEGINNING.length(); i++) {
      if (in.getByte(begin + i) != BEGINNING.byteAt(i)) {
        return NOT_PLAIN;
      }
    }
    int found = decimal(in, begin + BEGINNING.length(), begin + BEGINNING.length() + 3);
    boolean hasBody = found >= 200 && found < 600 && found != 204 && found != 304;
    return hasBody && in.getByte(begin + BEGINNING.length() + 3) == ' ' ? found : NOT_PLAIN;
  }

  /** Where the line after this one begins; it must end in CRLF, and hold neither elsewhere. */
  private static int nextLine(ByteBuf in, int begin, int limit) {
    int end = in.forEachByte(begin, limit - begin, ByteProcessor.FIND_CRLF);
    if (end < 0 || end + 1 >= limit) {
      return limit < in.writerIndex() ? NOT_PLAIN : UNKNOWN;
    }
    return in.getByte(end) == '\r' && in.getByte(end + 1) == '\n' ? end + 2 : NOT_PLAIN;
  }

  /** What a field says of the body's length; {@link #UNKNOWN} where it speaks of something else. */
  private static int lengthIn(ByteBuf in, int begin, int end) {
    if (isField(in, begin, end, TRANSFER_ENCODING) || isField(in, begin, end, CONNECTION)) {
      return NOT_PLAIN;
    }
    if (!isField(in, begin, end, CONTENT_LENGTH)) {
      return isNamed(in, begin, end) ? UNKNOWN : NOT_PLAIN;
    }
    int value = begin + CONTENT_LENGTH.length() + 1;
    while (value < end && in.getByte(value) == ' ') {
      value++;
    }
    return end - value > MOST_LENGTH_DIGITS ? NOT_PLAIN : decimal(in, value, end);
  }

  private static boolean isField(ByteBuf in, int begin, int end, AsciiString name) {
    int colon = begin + name.length();
    if (colon >= end || in.getByte(colon) != ':') {
      return false;
    }
    for (int i = 0; i < name.length(); i++) {
      if (AsciiString.toLowerCase((char) in.getByte(begin + i)) != name.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** Whether a colon ends a name without white space in it. */
  private static boolean isNamed(ByteBuf in, int begin, int end) {
    int at = begin;
    while (at < end && in.getByte(at) != ':' && in.getByte(at) > ' ') {
      at++;
    }
    return at > begin && at < end && in.getByte(at) == ':';
  }

  private static int decimal(ByteBuf in, int begin, int end) {
    int number = 0;
    for (int at = begin; at < end; at++) {
      int digit = in.getByte(at) - '0';
      if (digit < 0 || digit > 9) {
        return NOT_PLAIN;
      }
      number = 10 * number + digit;
    }
    return begin == end ? NOT_PLAIN : number;
  }
}
