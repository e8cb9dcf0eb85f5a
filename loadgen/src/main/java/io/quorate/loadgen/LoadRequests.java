package io.quorate.loadgen;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The requests of a load, of which all that does not change was encoded before. */
final class LoadRequests {
  private static final byte[] PUT = ascii("PUT /v1/kv/");
  private static final byte[] GET = ascii("GET /v1/kv/");
  private static final byte[] HEAD_END = ascii("\r\n\r\n");
  private static final int MOST_DIGITS = 10;

  private final byte[][] keyNames;

  /** What follows the key of a write: up to the length of the value. */
  private final byte[] afterPutKey;

  /** Of each node, what follows the key of a read. */
  private final byte[][] afterGetKey;

  /** The digits of a length, being encoded. */
  private final byte[] digits = new byte[MOST_DIGITS];

  /**
   * @param nodes the leader, which writes go to, then those that can be read from
   * @param quorum the {@code w} of every write; null: the leader's own
   * @param timeout how long the leader may take to confirm a write
   */
  LoadRequests(List<NodeUrl> nodes, int keys, @Nullable Integer quorum, Duration timeout) {
    keyNames = new byte[keys][];
    for (int key = 0; key < keys; key++) {
      keyNames[key] = ascii(Workload.keyName(key));
    }
    String w = quorum == null ? "" : "w=" + quorum + "&";
    afterPutKey =
        ascii(
            "?"
                + w
                + "timeout="
                + timeout.toMillis()
                + "ms HTTP/1.1\r\nhost: "
                + nodes.get(0).authority()
                + "\r\ncontent-length: ");
    afterGetKey =
        nodes.stream()
            .map(node -> ascii(" HTTP/1.1\r\nhost: " + node.authority() + "\r\n\r\n"))
            .toArray(byte[][]::new);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  void put(int key, byte[] value, ByteBuf out) {
    out.writeBytes(PUT).writeBytes(keyNames[key]).writeBytes(afterPutKey);
    writeNumber(value.length, out);
    out.writeBytes(HEAD_END).writeBytes(value);
  }

  void get(int node, int key, ByteBuf out) {
    out.writeBytes(GET).writeBytes(keyNames[key]).writeBytes(afterGetKey[node]);
  }

  private void writeNumber(int number, ByteBuf out) {
    int at = MOST_DIGITS;
    int left = number;
    do {
      digits[--at] = (byte) ('0' + left % 10);
      left /= 10;
    } while (left > 0);
    out.writeBytes(digits, at, MOST_DIGITS - at);
  }
}
