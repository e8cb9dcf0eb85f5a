package io.quorate.log;

import io.quorate.core.Mutation;
import io.quorate.core.StateHead;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;

/** Skeleton. */
@SuppressWarnings("DoNotCallSuggester")
public final class SnapshotFile {

  /** About so many bytes of entries make a chunk. */
  public static final int CHUNK_BYTES = 256 << 10;

  private SnapshotFile() {}

  /**
   * Before everything else in the file.
   *
   * @param incarnation of the node whose state it is
   * @param floor of its cluster
   * @param position of the node's log at which the state was this
   */
  public record Head(long incarnation, int floor, long position, StateHead state) {}

  /** Takes the parts of a snapshot as they are read. */
  public interface Visitor {
    void head(Head head);

    void held(Mutation mutation);
  }

  /** What a snapshot turned out to be. */
  public record Summary(Head head, long entries, long bytes, long through) {}

  /** Reads and checks all of it; what was told to the visitor counts only when this returns. */
  public static Summary read(String name, ReadableByteChannel in, Visitor visitor)
      throws CorruptionException, IOException {
    throw new UnsupportedOperationException();
  }

  /** Makes the bytes of a snapshot, part by part. One thread. */
  public static final class Writer {

    public Writer(Head head) {}

    /** The next bytes to write, once there are some; valid until the next call of anything here. */
    public ByteBuffer bytes() {
      return ByteBuffer.allocate(0);
    }

    /** Adds an entry. @return whether there are bytes to write now, see {@link #bytes} */
    public boolean add(Mutation held) {
      return false;
    }

    /** After all entries: the rest of the bytes. */
    public ByteBuffer end(long through) {
      return ByteBuffer.allocate(0);
    }

    /** Entries added. */
    public long entries() {
      return 0;
    }

    /** Writes all of the bytes to the channel. */
    public void writeTo(WritableByteChannel out) throws IOException {}
  }
}
