package io.quorate.log;

import java.io.IOException;
import java.util.List;

/**
 * One directory of a file system, as far as the log has a use for it. A file's bytes outlive a
 * crash of the machine once the file was forced; its name, and that a name is gone, once the
 * directory was.
 */
public interface Storage extends AutoCloseable {

  /** For messages: where it is. */
  String name();

  /** Names of the files, in no order. */
  List<String> list() throws IOException;

  /**
   * Takes the directory for this process until it is closed.
   *
   * @return false when another holds it
   */
  boolean lock() throws IOException;

  /** A new, empty file; one of the same name is emptied. */
  StorageFile create(String file) throws IOException;

  /** A file that is there, to be read and written. */
  StorageFile open(String file) throws IOException;

  /** A file that is there, only to be read. */
  StorageFile openToRead(String file) throws IOException;

  /** The file has the other name from now on, and whatever had that name is gone: in one go. */
  void rename(String from, String to) throws IOException;

  /** The file is gone; nothing happens when it was not there. */
  void delete(String file) throws IOException;

  /** Names that came and went are on the disk. */
  void forceDirectory() throws IOException;

  /** About how many more bytes have room. */
  long usableBytes() throws IOException;

  /** Leaves the directory to others. */
  @Override
  void close() throws IOException;
}
