package io.quorate.log;

import io.quorate.core.Mutation;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes a data directory of a snapshot file. */
public final class Restore {

  private Restore() {}

  /**
   * Where the log of a restored directory begins: not at 0, so that without its snapshot it is not
   * taken for one that goes back to nothing.
   */
  private static final long POSITION = 1;

  /**
   * Checks all of the snapshot and makes a data directory that holds its state, as a new
   * incarnation, for the same {@code MIN_WRITE_QUORUM}.
   *
   * @param directory empty, or not there
   * @return what was restored
   * @throws RefusedException when the directory is not empty, or the snapshot does not stand alone
   * @throws CorruptionException when the snapshot is not what was written
   */
  public static SnapshotFile.Summary run(Path snapshot, Path directory, long newIncarnation)
      throws RefusedException, CorruptionException, IOException {
    String name = snapshot.toString();
    SnapshotFile.Summary summary = read(snapshot, Snapshots.NOBODY);
    if (summary.through() > 0) {
      throw new RefusedException(
          name + " is part of a data directory, and is not whole without the log there");
    }
    checkEmpty(directory);
    Storage storage = RealStorage.make(directory);
    try {
      if (!storage.lock()) {
        throw new RefusedException(storage.name() + " is in use by another process");
      }
      String file = Snapshots.name(POSITION);
      String unfinished = file + DataDirectory.UNFINISHED;
      try (StorageFile out = storage.create(unfinished)) {
        Copy copy = new Copy(newIncarnation, out);
        read(snapshot, copy);
        copy.end();
        out.force();
      }
      Snapshots.read(storage, unfinished, newIncarnation, Snapshots.NOBODY);
      storage.rename(unfinished, file);
      storage.forceDirectory();
      DataDirectory.make(
          storage, new DataDirectory.Identity(newIncarnation, summary.head().floor()));
    } catch (Copy.Failed failed) {
      throw failed.cause;
    } finally {
      storage.close();
    }
    return summary;
  }

  private static SnapshotFile.Summary read(Path snapshot, SnapshotFile.Visitor visitor)
      throws CorruptionException, IOException {
    try (FileChannel in = FileChannel.open(snapshot)) {
      return SnapshotFile.read(snapshot.toString(), in, visitor);
    }
  }

  private static void checkEmpty(Path directory) throws RefusedException, IOException {
    if (!Files.exists(directory)) {
      return;
    }
    if (!Files.isDirectory(directory)) {
      throw new RefusedException(directory + " is not a directory");
    }
    try (Stream<Path> files = Files.list(directory)) {
      if (!files.allMatch(Restore::isNothing)) {
        throw new RefusedException(directory + " is not empty");
      }
    }
  }

  /** What an attempt leaves that came to nothing, and a file system that is new. */
  private static boolean isNothing(Path file) {
    String name = file.getFileName().toString();
    return name.equals("lost+found")
        || name.equals(RealStorage.LOCK_FILE)
        || name.endsWith(DataDirectory.UNFINISHED);
  }

  /** Writes what it is shown as a snapshot at the beginning of a log. */
  private static final class Copy implements SnapshotFile.Visitor {

    /** Carries a failed write through the reading of the snapshot. */
    private static final class Failed extends RuntimeException {
      private static final long serialVersionUID = 1;
      private final IOException cause;

      Failed(IOException cause) {
        super(cause);
        this.cause = cause;
      }
    }

    private final long incarnation;
    private final StorageFile out;
    private SnapshotFile.@Nullable Writer writer;
    private long place;

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

    void end() {
      append(begun().end(0));
    }

    private SnapshotFile.Writer begun() {
      if (writer == null) {
        throw new IllegalStateException("an entry before the head");
      }
      return writer;
    }

    private void append(ByteBuffer bytes) {
      int length = bytes.remaining();
      try {
        out.write(bytes, place);
      } catch (IOException wrong) {
        throw new Failed(wrong);
      }
      place += length;
    }
  }
}
