package io.quorate.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A directory with what one node keeps. Whoever has it open holds it alone. Beside its segments and
 * snapshots ({@link SnapshotFile}) it has the file {@code identity}, big-endian:
 *
 * <pre>
 *  0            8            12              20           24           32           36
 *  +------------+------------+---------------+------------+------------+------------+
 *  | "QUORDATA" | format i32 | incarnation   | floor i32  | lease ns   | CRC32C of  |
 *  |            |            | i64           |            | i64        | the rest   |
 *  +------------+------------+---------------+------------+------------+------------+
 * </pre>
 */
public final class DataDirectory implements AutoCloseable {

  static final String IDENTITY = "identity";

  /** Files of this ending are not complete, and go at the next start. */
  static final String UNFINISHED = ".unfinished";

  private static final long MAGIC = 0x51554f5244415441L; // QUORDATA
  private static final int FORMAT = 3;
  private static final int FORMAT_AT = 8;
  private static final int FORMAT_END = 12;
  private static final int CRC_AT = 32;
  private static final int IDENTITY_BYTES = 36;

  private final Storage storage;
  private volatile Identity identity;
  private boolean closed;
  private final boolean isNew;

  /**
   * What tells one life of the data from another.
   *
   * @param incarnation drawn at random when the directory was made
   * @param floor the cluster's least write quorum, the same for its whole life
   * @param leaseNanos for how long a leader may count on an answer that the node's latest process
   *     gave; 0 before the first
   */
  record Identity(long incarnation, int floor, long leaseNanos) {}

  private DataDirectory(Storage storage, Identity identity, boolean isNew) {
    this.storage = storage;
    this.identity = identity;
    this.isNew = isNew;
  }

  /** As {@link #open(Storage, int, long)}, of the machine's file system. */
  public static DataDirectory open(Path path, int floor, long newIncarnation)
      throws RefusedException, CorruptionException, IOException {
    return open(RealStorage.make(path), floor, newIncarnation);
  }

  /**
   * Opens the directory, and makes it a data directory if it is empty.
   *
   * @param floor {@code MIN_WRITE_QUORUM}
   * @param newIncarnation the incarnation of a directory that is made now
   * @throws RefusedException when another process has it open, when it was made for another floor,
   *     or when it has files and is no data directory
   * @throws CorruptionException when its identity cannot be read
   */
  public static DataDirectory open(Storage storage, int floor, long newIncarnation)
      throws RefusedException, CorruptionException, IOException {
    if (!storage.lock()) {
      throw new RefusedException(storage.name() + " is in use by another process");
    }
    boolean opened = false;
    try {
      Identity found = identity(storage);
      Identity identity = found == null ? new Identity(newIncarnation, floor, 0) : found;
      if (found == null) {
        make(storage, identity);
      } else if (found.floor() != floor) {
        throw new RefusedException(
            "%s was made for MIN_WRITE_QUORUM=%d, not %d, and that stays for the life of a cluster"
                .formatted(storage.name(), found.floor(), floor));
      }
      opened = true;
      return new DataDirectory(storage, identity, found == null);
    } finally {
      if (!opened) {
        storage.close();
      }
    }
  }

  /** Random id of this life of the data. */
  public long incarnation() {
    return identity.incarnation();
  }

  /** {@code MIN_WRITE_QUORUM} of the cluster. */
  public int floor() {
    return identity.floor();
  }

  /** For how long a leader may count on an answer that the latest process gave; 0: on none. */
  public long leaseNanos() {
    return identity.leaseNanos();
  }

  /**
   * Notes on the disk for how long a leader may count on an answer of this process. No effect once
   * the directory is left to others. Any thread.
   */
  public synchronized void noteLease(long leaseNanos) throws IOException {
    if (!closed && leaseNanos != identity.leaseNanos()) {
      Identity noted = new Identity(identity.incarnation(), identity.floor(), leaseNanos);
      make(storage, noted);
      identity = noted;
    }
  }

  /** Whether it was empty until it was opened. */
  public boolean isNew() {
    return isNew;
  }

  /** Where it is, for messages. */
  public String name() {
    return storage.name();
  }

  Storage storage() {
    return storage;
  }

  /** Leaves it to others. {@link Log#close} does so too. */
  @Override
  public synchronized void close() throws IOException {
    closed = true;
    storage.close();
  }

  /** Null when the directory is empty. */
  static @Nullable Identity identity(Storage storage)
      throws RefusedException, CorruptionException, IOException {
    List<String> files = storage.list();
    if (!files.contains(IDENTITY)) {
      if (files.stream().allMatch(file -> file.endsWith(UNFINISHED))) {
        return null;
      }
      throw new RefusedException(storage.name() + " is neither empty nor a data directory");
    }
    ByteBuffer bytes = ByteBuffer.allocate(IDENTITY_BYTES + 1);
    try (StorageFile file = storage.openToRead(IDENTITY)) {
      file.read(bytes, 0);
    }
    bytes.flip();
    boolean named = bytes.remaining() >= FORMAT_END && bytes.getLong(0) == MAGIC;
    if (named && bytes.getInt(FORMAT_AT) != FORMAT) {
      throw new RefusedException(
          "%s has format %d, and this program reads %d"
              .formatted(storage.name(), bytes.getInt(FORMAT_AT), FORMAT));
    }
    if (!named
        || bytes.remaining() != IDENTITY_BYTES
        || bytes.getInt(CRC_AT) != Checksum.of(bytes, 0, CRC_AT)) {
      throw new CorruptionException(IDENTITY, 0, "not what was written");
    }
    return new Identity(bytes.getLong(12), bytes.getInt(20), bytes.getLong(24));
  }

  /** Only now is it a data directory. */
  static void make(Storage storage, Identity identity) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(IDENTITY_BYTES);
    bytes.putLong(MAGIC).putInt(FORMAT).putLong(identity.incarnation()).putInt(identity.floor());
    bytes.putLong(identity.leaseNanos());
    bytes.putInt(Checksum.of(bytes, 0, CRC_AT)).flip();
    String unfinished = IDENTITY + UNFINISHED;
    try (StorageFile file = storage.create(unfinished)) {
      file.write(bytes, 0);
      file.force();
    }
    storage.rename(unfinished, IDENTITY);
    storage.forceDirectory();
  }
}
