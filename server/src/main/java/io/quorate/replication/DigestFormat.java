package io.quorate.replication;

import static io.quorate.replication.Bytes.check;
import static io.quorate.replication.Bytes.checkEnd;
import static io.quorate.replication.Bytes.need;

import io.netty.buffer.ByteBuf;
import io.quorate.core.Entry;
import io.quorate.core.Key;
import io.quorate.core.Leadership;
import io.quorate.core.Store;
import io.quorate.core.Token;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * The bodies by which a leader compares its followers with itself, in the pieces of {@link Bytes}.
 *
 * <pre>
 *  digests   asked with an empty body; answered
 *            leadership | i64 applied version | i64 last version | i64 keys | text digest | 256 x 32 bytes bucket sum
 *
 *  bucket    asked with u8 bucket; answered
 *            leadership | i32 count | (u16 key length | key | i64 epoch | i64 version | 32 bytes SHA-256) ...
 *
 *  leadership  i64 epoch | i64 id, which the node has entered and held to from begin to end
 * </pre>
 */
final class DigestFormat {

  static final String DIGESTS = "digests";
  static final String BUCKET = "bucket";

  private static final int HELD_HEADER_BYTES = 2 + 2 * Long.BYTES + StoreDigester.SUM_BYTES;

  private DigestFormat() {}

  /**
   * A node's digest with the sum of each bucket, in hexadecimal.
   *
   * @param leadership which the node held to all the while; {@link Leadership#NONE} when it has
   *     entered none, or another meanwhile
   */
  record BucketSums(
      Leadership leadership,
      long appliedVersion,
      long lastVersion,
      long keys,
      String digest,
      List<String> sums) {

    static BucketSums of(
        Leadership leadership, StoreDigester digester, long appliedVersion, long lastVersion) {
      List<String> sums = new ArrayList<>();
      for (int bucket = 0; bucket < StoreDigester.BUCKETS; bucket++) {
        sums.add(HexFormat.of().formatHex(digester.sumOfBucket(bucket)));
      }
      return new BucketSums(
          leadership, appliedVersion, lastVersion, digester.keys(), digester.hex(), sums);
    }
  }

  /**
   * What a node holds of one key: its version, and the SHA-256 that goes into the digest, in
   * hexadecimal.
   */
  record Held(Token token, String hash) {}

  /**
   * What a node holds of the keys of one bucket.
   *
   * @param leadership which the node has entered
   */
  record Bucket(Leadership leadership, Map<Key, Held> held) {}

  private static void writeLeadership(ByteBuf out, Leadership leadership) {
    out.writeLong(leadership.epoch()).writeLong(leadership.id());
  }

  private static Leadership readLeadership(ByteBuf in) {
    need(in, 2 * Long.BYTES);
    return new Leadership(in.readLong(), in.readLong());
  }

  static void writeSums(ByteBuf out, BucketSums sums) {
    writeLeadership(out, sums.leadership());
    out.writeLong(sums.appliedVersion()).writeLong(sums.lastVersion()).writeLong(sums.keys());
    Bytes.writeText(out, sums.digest());
    for (String sum : sums.sums()) {
      out.writeBytes(HexFormat.of().parseHex(sum));
    }
  }

  static BucketSums readSums(ByteBuf in) {
    Leadership leadership = readLeadership(in);
    need(in, 3 * Long.BYTES);
    long appliedVersion = in.readLong();
    long lastVersion = in.readLong();
    long keys = in.readLong();
    String digest = Bytes.readText(in);
    List<String> sums = new ArrayList<>();
    for (int bucket = 0; bucket < StoreDigester.BUCKETS; bucket++) {
      sums.add(readHash(in));
    }
    checkEnd(in);
    return new BucketSums(leadership, appliedVersion, lastVersion, keys, digest, sums);
  }

  static void writeBucket(ByteBuf out, Leadership leadership, Store store, int bucket) {
    writeLeadership(out, leadership);
    int start = out.writerIndex();
    out.writeInt(0);
    int count = 0;
    for (Map.Entry<Key, Entry> held : store.entries()) {
      byte[] value = held.getValue().value();
      if (value != null && StoreDigester.bucketOf(held.getKey()) == bucket) {
        byte[] key = held.getKey().bytes();
        out.writeShort(key.length).writeBytes(key);
        out.writeLong(held.getValue().epoch()).writeLong(held.getValue().version());
        out.writeBytes(StoreDigester.digestOf(held.getKey(), held.getValue(), value));
        count++;
      }
    }
    out.setInt(start, count);
  }

  static Bucket readBucket(ByteBuf in) {
    Leadership leadership = readLeadership(in);
    int count = need(in, 4).readInt();
    check(count >= 0 && count <= in.readableBytes() / HELD_HEADER_BYTES, "count", count);
    Map<Key, Held> held = new HashMap<>();
    for (int i = 0; i < count; i++) {
      Key key = new Key(Bytes.readBytes(in, need(in, 2).readUnsignedShort()));
      need(in, 2 * Long.BYTES);
      Token token = new Token(in.readLong(), in.readLong());
      held.put(key, new Held(token, readHash(in)));
    }
    checkEnd(in);
    return new Bucket(leadership, held);
  }

  private static String readHash(ByteBuf in) {
    return HexFormat.of().formatHex(Bytes.readBytes(in, StoreDigester.SUM_BYTES));
  }
}
