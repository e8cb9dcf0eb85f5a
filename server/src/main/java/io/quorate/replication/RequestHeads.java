package io.quorate.replication;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * The heads of the requests to one follower. All that a path's requests have in common is made
 * once; their lengths differ. Owned by the leader's loop.
 */
final class RequestHeads {

  private static final byte[] END = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  /** A body up to this size is copied behind its head, and leaves with it in one buffer. */
  private static final int MOST_COPIED_BYTES = 16 << 10;

  private static final int MOST_DIGITS = 10;

  private final String host;
  private final Map<String, byte[]> beginnings = new HashMap<>();

  /**
   * @param host host and port, as the follower's URL has them
   */
  RequestHeads(String host) {
    this.host = withoutZone(host);
  }

  /** The zone of an address, {@code [fe80::2%eth0]:80}, says something to this machine alone. */
  private static String withoutZone(String host) {
    int zone = host.indexOf('%');
    return zone < 0 ? host : host.substring(0, zone) + host.substring(host.indexOf(']', zone));
  }

  /**
   * The head of a request with this body; behind it the body, which is released then, where it is
   * small.
   */
  ByteBuf write(ByteBufAllocator allocator, String path, ByteBuf body) {
    byte[] beginning = beginnings.computeIfAbsent(path, this::beginning);
    int bodyBytes = body.readableBytes();
    boolean copied = isCopied(body);
    ByteBuf out =
        allocator.buffer(beginning.length + MOST_DIGITS + END.length + (copied ? bodyBytes : 0));
    out.writeBytes(beginning);
    writeDecimal(out, bodyBytes);
    out.writeBytes(END);
    if (copied) {
      out.writeBytes(body);
      body.release();
    }
    return out;
  }

  /** Whether {@link #write} takes the body too. */
  static boolean isCopied(ByteBuf body) {
    return body.readableBytes() <= MOST_COPIED_BYTES;
  }

  private byte[] beginning(String path) {
    String text =
        "POST /v1/replication/"
            + path
            + " HTTP/1.1\r\nhost: "
            + host
            + "\r\ncontent-type: application/octet-stream\r\ncontent-length: ";
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static void writeDecimal(ByteBuf out, int number) {
    int divisor = 1;
    while (number / divisor >= 10) {
      divisor *= 10;
    }
    for (int left = divisor; left > 0; left /= 10) {
      out.writeByte('0' + number / left % 10);
    }
  }
}
