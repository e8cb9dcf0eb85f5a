package io.quorate.log;

import io.quorate.core.MutationBytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.util.zip.CRC32C;

/** Reads one {@link SnapshotFile} from its first byte to its last. */
final class SnapshotReading {

  /** A chunk is about 256 KiB, or one entry. */
  private static final int LARGEST_PART_BYTES = 64 << 20;

  private final String name;
  private final ReadableByteChannel in;

  /** Of all that was read. */
  private final CRC32C crc = new CRC32C();

  /** The header, a chunk or the trailer, as far as it was read. */
  private ByteBuffer part = ByteBuffer.allocate(4 << 10);

  /** Where the part begins in the file. */
  private long place;

  private long entries;

  SnapshotReading(String name, ReadableByteChannel in) {
    this.name = name;
    this.in = in;
  }

  SnapshotFile.Summary all(SnapshotFile.Visitor visitor) throws CorruptionException, IOException {
    try {
      SnapshotFile.Head head = head();
      visitor.head(head);
      int chunkBytes = begin(Integer.BYTES).getInt(0);
      while (chunkBytes != 0) {
        chunk(chunkBytes, visitor);
        chunkBytes = begin(Integer.BYTES).getInt(0);
      }
      long through = trailer();
      return new SnapshotFile.Summary(head, entries, place + part.position(), through);
    } catch (RuntimeException wrong) {
      throw broken("not what this program reads: " + wrong);
    }
  }

  private SnapshotFile.Head head() throws CorruptionException, IOException {
    begin(SnapshotFile.HEADER_BYTES);
    if (part.getLong(0) != SnapshotFile.MAGIC) {
      throw broken("not a snapshot");
    }
    if (part.getInt(8) != SnapshotFile.FORMAT) {
      throw broken("format " + part.getInt(8) + ", this program reads " + SnapshotFile.FORMAT);
    }
    int stateBytes = part.getInt(12);
    read(stateBytes);
    checkAllReadSoFar();
    ByteBuffer state = part.duplicate().position(SnapshotFile.HEADER_BYTES);
    return new SnapshotFile.Head(
        part.getLong(16),
        part.getInt(24),
        part.getLong(28),
        Facts.stateHead(state.limit(SnapshotFile.HEADER_BYTES + stateBytes)));
  }

  private void chunk(int bytes, SnapshotFile.Visitor visitor)
      throws CorruptionException, IOException {
    read(SnapshotFile.CHUNK_HEADER_BYTES - Integer.BYTES);
    read(bytes);
    if (part.getInt(8) != SnapshotFile.chunkChecksum(part.duplicate().flip())) {
      throw broken("not what was written");
    }
    int at = SnapshotFile.CHUNK_HEADER_BYTES;
    for (int left = part.getInt(4); left > 0; left--) {
      visitor.held(MutationBytes.read(part, at));
      at += MutationBytes.sizeBytes(part, at);
      entries++;
    }
    if (at != part.position()) {
      throw broken("a chunk that is longer than its entries");
    }
  }

  private long trailer() throws CorruptionException, IOException {
    read(SnapshotFile.TRAILER_BYTES - 2 * Integer.BYTES);
    checkAllReadSoFar();
    if (part.getLong(4) != entries) {
      throw broken(entries + " entries, not " + part.getLong(4) + " as written");
    }
    if (in.read(ByteBuffer.allocate(1)) > 0) {
      throw broken("there is more behind the trailer");
    }
    return part.getLong(12);
  }

  /** What comes now is the checksum of all before it. */
  private void checkAllReadSoFar() throws CorruptionException, IOException {
    int expected = (int) crc.getValue();
    int at = part.position();
    read(Integer.BYTES);
    if (part.getInt(at) != expected) {
      throw broken("not what was written");
    }
  }

  /** Begins a part with its first bytes. */
  private ByteBuffer begin(int bytes) throws CorruptionException, IOException {
    place += part.position();
    part.clear();
    return read(bytes);
  }

  /** Reads so many bytes more of the part. */
  private ByteBuffer read(int bytes) throws CorruptionException, IOException {
    int from = part.position();
    if (bytes < 0 || bytes > LARGEST_PART_BYTES) {
      throw broken("a length of " + bytes);
    }
    if (part.capacity() < from + bytes) {
      part = ByteBuffer.allocate(2 * (from + bytes)).put(part.flip());
    }
    part.limit(from + bytes);
    while (part.hasRemaining()) {
      if (in.read(part) < 0) {
        throw new CorruptionException(name, place + part.position(), "the snapshot ends too early");
      }
    }
    crc.update(part.duplicate().position(from));
    part.limit(part.capacity());
    return part;
  }

  private CorruptionException broken(String what) {
    return new CorruptionException(name, place, what);
  }
}
