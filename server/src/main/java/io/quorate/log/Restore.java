package io.quorate.log;

import io.quorate.core.Mutation;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes a data directory of a snapshot file. */
public final class Restore {

  /**
   * Where the log of a restored directory begins: not at 0, so that without its snapshot it is not
   * taken for one that goes back to nothing.
   */
  private static final long POSITION = 1;

  /** Is there before all else: what stands beside it without an identity came to nothing. */
  static final String ATTEMPT = "restore" + DataDirectory.UNFINISHED;

  private Restore() {}

  /**
   * Checks all of the snapshot and makes a data directory that holds its state, as a new
   * incarnation, for the same {@code MIN_WRITE_QUORUM}. What did not come to its end is no data
   * directory, and may be done again in the same place.
   *
   * @param directory empty, or not there
   * @return what was restored
   * @throws RefusedException when the directory is not empty or the snapshot is in it, or when the
   *     snapshot does not stand alone
   * @throws CorruptionException when the snapshot is not what was written; nothing was made then
   */
  public static SnapshotFile.Summary run(Path snapshot, Path directory, long newIncarnation)
      throws RefusedException, CorruptionException, IOException {
    SnapshotFile.Summary summary = read(snapshot, Snapshots.NOBODY);
    if (summary.through() > 0) {
      throw new RefusedException(
          snapshot + " is part of a data directory, and is not whole without the log there");
    }
    if (Files.exists(directory) && !Files.isDirectory(directory)) {
      throw new RefusedException(directory + " is not a directory");
    }
    if (Files.exists(directory) && snapshot.toRealPath().startsWith(directory.toRealPath())) {
      throw new RefusedException(snapshot + " is in the directory that is to be made");
    }
    var identity = new DataDirectory.Identity(newIncarnation, summary.head().floor(), 0);
    into(RealStorage.make(directory), snapshot, identity);
    return summary;
  }

  /** Of a snapshot that was checked. Closes the storage. */
  static void into(Storage storage, Path snapshot, DataDirectory.Identity identity)
      throws RefusedException, CorruptionException, IOException {
    try {
      checkEmpty(storage); // before a lock is left in a directory of somebody else
      if (!storage.lock()) {
        throw new RefusedException(storage.name() + " is in use by another process");
      }
      checkEmpty(storage); // another one may have been at its end
      begin(storage);
      writeLog(storage, identity.incarnation());
      writeSnapshot(storage, snapshot, identity.incarnation());
      storage.forceDirectory();
      DataDirectory.make(storage, identity);
      storage.delete(ATTEMPT);
    } finally {
      storage.close();
    }
  }

  private static void checkEmpty(Storage storage) throws RefusedException, IOException {
    List<String> files = storage.list();
    boolean cameToNothing = files.contains(ATTEMPT) && !files.contains(DataDirectory.IDENTITY);
    if (!cameToNothing
        && !files.stream().allMatch(file -> file.endsWith(DataDirectory.UNFINISHED))) {
      throw new RefusedException(storage.name() + " is not empty");
    }
  }

  private static void begin(Storage storage) throws IOException {
    storage.create(ATTEMPT).close();
    storage.forceDirectory();
    for (String file : storage.list()) {
      if (!file.equals(ATTEMPT)) {
        storage.delete(file);
      }
    }
  }

  /** A first segment that has no room: it says where the log begins, should the snapshot go. */
  private static void writeLog(Storage storage, long incarnation) throws IOException {
    try (StorageFile out = storage.create(SegmentFormat.name(1))) {
      out.write(SegmentFormat.header(1, POSITION, incarnation), 0);
      out.force();
    }
  }

  private static void writeSnapshot(Storage storage, Path snapshot, long incarnation)
      throws CorruptionException, IOException {
    String file = Snapshots.name(POSITION);
    String unfinished = file + DataDirectory.UNFINISHED;
    try (StorageFile out = storage.create(unfinished)) {
      Copy copy = new Copy(incarnation, out);
      read(snapshot, copy);
      copy.end();
      out.force();
    }
    Snapshots.read(storage, unfinished, incarnation, Snapshots.NOBODY);
    storage.rename(unfinished, file);
  }

  private static SnapshotFile.Summary read(Path snapshot, SnapshotFile.Visitor visitor)
      throws CorruptionException, IOException {
    try (FileChannel in = FileChannel.open(snapshot)) {
      return SnapshotFile.read(snapshot.toString(), in, visitor);
    }
  }

  /** Writes what it is shown as a snapshot at the beginning of a log. */
  private static final class Copy implements SnapshotFile.Visitor {

    private final long incarnation;
    private final StorageFile out;
    private SnapshotFile.@Nullable Writer writer;
    private long place;

    /** The first write that failed; none is tried after it, and {@link #end} throws it. */
    private @Nullable IOException failure;

    Copy(long incarnation, StorageFile out) {
      this.incarnation = incarnation;
      this.out = out;
    }

    @Override
    public void head(SnapshotFile.Head head) {
      writer =
          new SnapshotFile.Writer(
              new SnapshotFile.Head(incarnation, head.floor(), POSITION, head.state()));
      append(writer.bytes());
    }

    @Override
    public void held(Mutation mutation) {
      SnapshotFile.Writer begun = begun();
      if (begun.add(mutation)) {
        append(begun.bytes());
      }
    }

    void end() throws IOException {
      append(begun().end(0));
      if (failure != null) {
        throw failure;
      }
    }

    private SnapshotFile.Writer begun() {
      if (writer == null) {
        throw new IllegalStateException("an entry before the head");
      }
      return writer;
    }

    private void append(ByteBuffer bytes) {
      int length = bytes.remaining();
      if (failure == null) {
        try {
          out.write(bytes, place);
        } catch (IOException wrong) {
          failure = wrong;
        }
      }
      place += length;
    }
  }
}
