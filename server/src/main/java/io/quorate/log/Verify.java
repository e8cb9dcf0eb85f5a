package io.quorate.log;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/** Checks what is kept on a disk, and changes nothing. */
public final class Verify {

  private Verify() {}

  /**
   * What was found.
   *
   * @param fine whether a node could use it
   * @param text one line: what it holds, or what is wrong and where
   */
  public record Finding(boolean fine, String text) {}

  /**
   * Reads and checks all of a data directory or of a snapshot file. A node that writes to the
   * directory meanwhile makes the finding worthless.
   *
   * @throws IOException when it cannot be read
   */
  public static Finding of(Path path) throws IOException {
    try {
      return new Finding(
          true, Files.isDirectory(path) ? directory(RealStorage.of(path)) : snapshot(path));
    } catch (CorruptionException | RefusedException wrong) {
      return new Finding(false, path + ": " + wrong.getMessage());
    }
  }

  private static String snapshot(Path path) throws CorruptionException, IOException {
    try (FileChannel in = FileChannel.open(path)) {
      SnapshotFile.Summary summary =
          SnapshotFile.read(String.valueOf(path.getFileName()), in, Snapshots.NOBODY);
      SnapshotFile.Head head = summary.head();
      return "%s: a snapshot: incarnation %016x, floor %d, epoch %d, version %d, %d entries, %d bytes"
          .formatted(
              path,
              head.incarnation(),
              head.floor(),
              head.state().reign().leadership().epoch(),
              head.state().lastVersion(),
              summary.entries(),
              summary.bytes());
    }
  }

  /** Of any storage. */
  static String directory(Storage storage)
      throws CorruptionException, RefusedException, IOException {
    DataDirectory.Identity identity = DataDirectory.identity(storage);
    if (identity == null) {
      throw new RefusedException("not a data directory");
    }
    Sighting sighting = new Sighting();
    Recovery.Found found = new Recovery(storage, identity.incarnation(), sighting).run();
    Recovery.Last last = found.last();
    String torn =
        last == null || last.droppedBytes() == 0
            ? "a clean end"
            : "a torn end of %d bytes at %s, byte %d, which a start cuts off"
                .formatted(last.droppedBytes(), SegmentFormat.name(last.number()), last.place());
    return ("%s: a data directory: incarnation %016x, floor %d, epoch %d, version %d,"
            + " snapshot of %d entries, then %d records, log of %d bytes, %s")
        .formatted(
            storage.name(),
            identity.incarnation(),
            identity.floor(),
            sighting.epoch(),
            sighting.version(),
            found.entries(),
            found.records(),
            found.position(),
            torn);
  }
}
