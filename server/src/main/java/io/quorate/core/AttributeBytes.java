package io.quorate.core;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * The attributes of a mutation as bytes. Big-endian.
 *
 * <pre>
 *  0       1          2          10       12
 *  +-------+----------+----------+--------+----------------------------------------------+
 *  | flags | required | expires  | rest   | only with a receipt:                         |
 *  | u8    | u8       | at i64   | u16    | payload 2 x i64 | writes u16 | given at i64  |
 *  |       |          |          |        | length of the id u8 | id                     |
 *  +-------+----------+----------+--------+----------------------------------------------+
 *  flags: 1 expiry, 2 with a receipt, 4 receipt only
 * </pre>
 */
public final class AttributeBytes {

  /** Without a receipt. */
  static final int BYTES = 12;

  private static final int RECEIPT_BYTES = 27;

  static final int MOST_BYTES = BYTES + RECEIPT_BYTES + Receipt.MAX_ID_LENGTH;

  private static final int EXPIRY = 1;
  private static final int RECEIPT = 2;
  private static final int RECEIPT_ONLY = 4;

  private AttributeBytes() {}

  static int sizeBytes(Attributes attributes) {
    Receipt receipt = attributes.receipt();
    return BYTES + (receipt == null ? 0 : RECEIPT_BYTES + receipt.id().length());
  }

  /** Writes them from index {@code at} on; the buffer's position stays. */
  static void write(ByteBuffer out, int at, Attributes attributes) {
    Receipt receipt = attributes.receipt();
    int flags =
        (attributes.expiry() ? EXPIRY : 0)
            | (receipt != null ? RECEIPT : 0)
            | (attributes.receiptOnly() ? RECEIPT_ONLY : 0);
    ByteBuffer to = out.duplicate().position(at);
    to.put((byte) flags).put((byte) attributes.required());
    to.putLong(attributes.expiresAtMillis()).putShort((short) attributes.rest());
    if (receipt != null) {
      to.putLong(receipt.payload().high()).putLong(receipt.payload().low());
      to.putShort((short) receipt.writes()).putLong(receipt.givenMillis());
      byte[] id = receipt.id().getBytes(StandardCharsets.ISO_8859_1);
      to.put((byte) id.length).put(id);
    }
  }

  /**
   * Reads what {@link #write} has written at this index, which is so many bytes.
   *
   * @throws RuntimeException when it is something else
   */
  public static Attributes read(ByteBuffer in, int at, int bytes) {
    ByteBuffer from = in.duplicate().limit(at + bytes).position(at);
    int flags = from.get();
    int required = from.get();
    long expiresAtMillis = from.getLong();
    int rest = Short.toUnsignedInt(from.getShort());
    Receipt receipt = (flags & RECEIPT) == 0 ? null : receipt(from);
    if (from.hasRemaining() || ((flags & RECEIPT_ONLY) != 0 && receipt == null)) {
      throw new IllegalArgumentException("attributes of " + bytes + " bytes, flags " + flags);
    }
    return new Attributes(
        required,
        expiresAtMillis,
        (flags & EXPIRY) != 0,
        rest,
        receipt,
        (flags & RECEIPT_ONLY) != 0);
  }

  private static Receipt receipt(ByteBuffer from) {
    var payload = new Receipt.Payload(from.getLong(), from.getLong());
    int writes = Short.toUnsignedInt(from.getShort());
    long givenMillis = from.getLong();
    byte[] id = new byte[Byte.toUnsignedInt(from.get())];
    from.get(id);
    return new Receipt(new String(id, StandardCharsets.ISO_8859_1), payload, writes, givenMillis);
  }
}
