package io.quorate.replication;

import io.quorate.core.Entry;
import io.quorate.core.Key;
import io.quorate.core.Store;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;

/**
 * Sums over the live entries of a store that do not depend on the order in which they are read:
 * each entry's SHA-256 over key, epoch, version and value, added up modulo 2^256 (Bellare and
 * Micciancio, "A New Paradigm for Collision-Free Hashing", 1997: AdHash). Reads every stored byte.
 */
final class StoreDigester {

  /** Keys fall into that many buckets by their hash, so that a difference can be narrowed down. */
  static final int BUCKETS = 256;

  static final int SUM_BYTES = 32;

  private static final int LONGS = SUM_BYTES / Long.BYTES;

  private final MessageDigest sha256 = sha256();

  /** The sum of each bucket, least significant long first. */
  private final long[][] sums = new long[BUCKETS][LONGS];

  private long keys;

  private StoreDigester() {}

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has SHA-256", impossible);
    }
  }

  /** Reads all of the store; any thread may. */
  static StoreDigester of(Store store) {
    StoreDigester digester = new StoreDigester();
    for (Map.Entry<Key, Entry> held : store.entries()) {
      byte[] value = held.getValue().value();
      if (value != null) {
        digester.add(held.getKey(), held.getValue(), value);
      }
    }
    return digester;
  }

  static int bucketOf(Key key) {
    return key.hashCode() & (BUCKETS - 1);
  }

  /** SHA-256 of one live entry. */
  static byte[] digestOf(Key key, Entry entry, byte[] value) {
    return hash(sha256(), key, entry, value);
  }

  long keys() {
    return keys;
  }

  /** The sum over all entries, 64 hexadecimal digits. */
  String hex() {
    long[] total = new long[LONGS];
    for (long[] sum : sums) {
      addTo(total, sum);
    }
    return HexFormat.of().formatHex(bytes(total));
  }

  /** The sum over one bucket, {@link #SUM_BYTES} bytes, most significant first. */
  byte[] sumOfBucket(int bucket) {
    return bytes(sums[bucket]);
  }

  private void add(Key key, Entry entry, byte[] value) {
    ByteBuffer hash = ByteBuffer.wrap(hash(sha256, key, entry, value));
    long[] summand = new long[LONGS];
    for (int i = LONGS - 1; i >= 0; i--) {
      summand[i] = hash.getLong();
    }
    addTo(sums[bucketOf(key)], summand);
    keys++;
  }

  private static byte[] hash(MessageDigest sha256, Key key, Entry entry, byte[] value) {
    ByteBuffer head = ByteBuffer.allocate(2 * Integer.BYTES + 2 * Long.BYTES);
    head.putInt(key.bytes().length).putInt(value.length);
    head.putLong(entry.epoch()).putLong(entry.version());
    sha256.update(head.array());
    sha256.update(key.bytes());
    return sha256.digest(value);
  }

  private static void addTo(long[] total, long[] summand) {
    long carry = 0;
    for (int i = 0; i < LONGS; i++) {
      long partial = total[i] + summand[i];
      long overflow = Long.compareUnsigned(partial, total[i]) < 0 ? 1 : 0;
      long sum = partial + carry;
      overflow += Long.compareUnsigned(sum, partial) < 0 ? 1 : 0;
      total[i] = sum;
      carry = overflow;
    }
  }

  private static byte[] bytes(long[] sum) {
    ByteBuffer bytes = ByteBuffer.allocate(SUM_BYTES);
    for (int i = LONGS - 1; i >= 0; i--) {
      bytes.putLong(sum[i]);
    }
    return bytes.array();
  }
}
