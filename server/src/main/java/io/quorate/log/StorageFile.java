package io.quorate.log;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/** An open file of a {@link Storage}. Bytes are counted from 0, and such a count is a place. */
public interface StorageFile extends Closeable {

  /**
   * Fills the buffer from the file, from the place on, as far as the file goes.
   *
   * @return how many bytes were read
   */
  int read(ByteBuffer into, long place) throws IOException;

  /**
   * Writes all of the buffer.
   *
   * @throws NoSpaceException when the file system has no room; a part may be written
   */
  void write(ByteBuffer bytes, long place) throws IOException;

  /** All that was written is on the disk. After a failure nothing is known of what was written. */
  void force() throws IOException;

  /** How many bytes it has. */
  long sizeBytes() throws IOException;
}
