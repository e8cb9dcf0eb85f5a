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
    try (DataDirectory made =
        DataDirectory.open(directory, summary.head().floor(), newIncarnation)) {
      Storage storage = made.storage();
      String file = Snapshots.name(0);
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
    } catch (Copy.Failed failed) {
      throw failed.cause;
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
      if (files.anyMatch(file -> !file.endsWith("lost+found"))) {
        throw new RefusedException(directory + " is not empty");
      }
    }
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
              new SnapshotFile.Head(incarnation, head.floor(), 0, head.state()));
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
