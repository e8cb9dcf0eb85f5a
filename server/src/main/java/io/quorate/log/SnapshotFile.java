package io.quorate.log;

import io.quorate.core.Mutation;
import io.quorate.core.StateHead;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.util.zip.CRC32C;

/**
 * A node's state as a file or a stream. Big-endian.
 *
 * <pre>
 *  0            8            12          16            24          28           36
 *  +------------+------------+-----------+-------------+-----------+------------+-------+---------+
 *  | "QUORSNAP" | format i32 | bytes of  | incarnation | floor i32 | log        | state | CRC32C  |
 *  |            |            | state i32 | i64         |           | position   | head, | of the  |
 *  |            |            |           |             |           | i64        | Facts | header  |
 *  +------------+------------+-----------+-------------+-----------+------------+-------+---------+
 *
 *  a chunk, any number of times:
 *  0            4            8           12
 *  +------------+------------+-----------+---------------------------------+
 *  | bytes of   | entries    | CRC32C of | that many mutations, one behind |
 *  | entries    | i32        | 0 to 8    | the other, as MutationBytes     |
 *  | i32, not 0 |            | and 12 on |                                 |
 *  +------------+------------+-----------+---------------------------------+
 *
 *  the trailer, and nothing behind it:
 *  0            4            12             20            24
 *  +------------+------------+--------------+-------------+
 *  | 0 i32      | entries of | through: log | CRC32C of   |
 *  |            | all chunks | position i64 | the file up |
 *  |            | i64        |              | to here     |
 *  +------------+------------+--------------+-------------+
 * </pre>
 *
 * The entries are the node's at the log position or newer: with the log from that position on they
 * make its state; {@code through} is the position behind the last record that an entry may come
 * from. In a file that stands alone both are 0, and the entries are exactly the state's.
 */
public final class SnapshotFile {

  /** About so many bytes of entries make a chunk. */
  public static final int CHUNK_BYTES = 256 << 10;

  static final long MAGIC = 0x51554f52534e4150L; // QUORSNAP
  static final int FORMAT = 1;
  static final int HEADER_BYTES = 36;
  static final int CHUNK_HEADER_BYTES = 12;
  static final int TRAILER_BYTES = 24;

  private SnapshotFile() {}

  /**
   * Stands before everything else in the file.
   *
   * @param incarnation of the node whose state it is
   * @param floor {@code MIN_WRITE_QUORUM} of its cluster
   * @param position of the node's log at which the state was this; 0 when it stands alone
   */
  public record Head(long incarnation, int floor, long position, StateHead state) {}

  /** Takes the parts of a snapshot as they are read. */
  public interface Visitor {

    /** First, once. */
    void head(Head head);

    /** An entry. */
    void held(Mutation mutation);
  }

  /**
   * What a snapshot turned out to be.
   *
   * @param entries how many, tombstones included
   * @param bytes of the file
   * @param through position behind the last record that an entry may come from
   */
  public record Summary(Head head, long entries, long bytes, long through) {}

  /**
   * Reads and checks all of it. What the visitor was told counts only when this returns.
   *
   * @param name for messages
   */
  public static Summary read(String name, ReadableByteChannel in, Visitor visitor)
      throws CorruptionException, IOException {
    return new SnapshotReading(name, in).all(visitor);
  }

  /**
   * Makes the bytes of a snapshot, part by part; the first is complete from the start. One thread.
   */
  public static final class Writer {

    private final GrowingBytes out = new GrowingBytes(16 << 10);
    private final CRC32C crc = new CRC32C();

    private int chunkEntries;
    private long entries;

    public Writer(Head head) {
      GrowingBytes state = new GrowingBytes(1 << 10);
      Facts.write(state, head.state());
      out.i64(MAGIC).i32(FORMAT).i32(state.size());
      out.i64(head.incarnation()).i32(head.floor()).i64(head.position());
      out.bytes(state.written());
      crc.update(out.written());
      out.i32((int) crc.getValue());
      crc.update(out.written().position(out.size() - Integer.BYTES));
    }

    /** The part that is complete. Valid until the next call of {@link #add} or {@link #end}. */
    public ByteBuffer bytes() {
      return out.written();
    }

    /**
     * Adds an entry. The part before it has to be taken.
     *
     * @return whether a part is complete now, to be taken with {@link #bytes}
     */
    public boolean add(Mutation held) {
      if (chunkEntries == 0) {
        out.clear(2 * CHUNK_BYTES);
        out.i32(0).i32(0).i32(0);
      }
      out.mutation(held);
      chunkEntries++;
      entries++;
      if (out.size() - CHUNK_HEADER_BYTES < CHUNK_BYTES) {
        return false;
      }
      endChunk();
      return true;
    }

    private void endChunk() {
      out.i32At(0, out.size() - CHUNK_HEADER_BYTES);
      out.i32At(4, chunkEntries);
      out.i32At(8, chunkChecksum(out.written()));
      crc.update(out.written());
      chunkEntries = 0;
    }

    /**
     * After the last entry: the rest of the bytes, the last part.
     *
     * @param through position of the log behind the last record that an entry may come from
     */
    public ByteBuffer end(long through) {
      if (chunkEntries > 0) {
        endChunk();
      } else {
        out.clear(2 * CHUNK_BYTES);
      }
      int trailer = out.size();
      out.i32(0).i64(entries).i64(through);
      crc.update(out.written().position(trailer));
      return out.i32((int) crc.getValue()).written();
    }

    /** How many entries were added. */
    public long entries() {
      return entries;
    }
  }

  static int chunkChecksum(ByteBuffer chunk) {
    CRC32C crc = new CRC32C();
    crc.update(chunk.duplicate().position(0).limit(8));
    crc.update(chunk.duplicate().position(CHUNK_HEADER_BYTES));
    return (int) crc.getValue();
  }
}
