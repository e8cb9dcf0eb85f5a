package io.quorate.loadgen;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;

/**
 * A request that is made now and then: of a node's status, its settings, a key to compare. What a
 * load sends is encoded by {@link LoadRequests}.
 *
 * @param head the request line and the fields that do not depend on the node, each with its end
 */
@SuppressWarnings("ArrayRecordComponent")
public record Request(String head, byte[] body) {
  private static final byte[] NOTHING = {};

  /** Asks for {@code target}. */
  public static Request get(String target) {
    return new Request("GET " + target + " HTTP/1.1\r\n", NOTHING);
  }

  /** Alters what {@code target} names. */
  public static Request patchJson(String target, String json) {
    byte[] body = json.getBytes(StandardCharsets.UTF_8);
    String head =
        "PATCH "
            + target
            + " HTTP/1.1\r\ncontent-type: application/json\r\ncontent-length: "
            + body.length
            + "\r\n";
    return new Request(head, body);
  }

  /** The bytes of the request as they are sent to {@code node}. */
  ByteBuf encode(NodeUrl node) {
    byte[] start =
        (head + "host: " + node.authority() + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
    return Unpooled.wrappedBuffer(start, body);
  }
}
