package io.quorate.log;

import io.quorate.core.Mutation;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.util.Comparator;
import java.util.List;

/** The snapshots of a data directory: {@code snapshot-} and the log's position, see there. */
final class Snapshots {

  private static final String PREFIX = "snapshot-";
  private static final String DIGITS = "[0-9]{19}";

  /** For those who only check. */
  static final SnapshotFile.Visitor NOBODY =
      new SnapshotFile.Visitor() {
        @Override
        public void head(SnapshotFile.Head head) {}

        @Override
        public void held(Mutation mutation) {}
      };

  private Snapshots() {}

  static String name(long position) {
    return PREFIX + "%019d".formatted(position);
  }

  static boolean isName(String file) {
    return file.matches(PREFIX + DIGITS);
  }

  /** Newest first. */
  static List<String> list(Storage storage) throws IOException {
    return storage.list().stream()
        .filter(Snapshots::isName)
        .sorted(Comparator.reverseOrder())
        .toList();
  }

  /**
   * Reads and checks all of one, which has to be of this incarnation and of the name's position.
   */
  static SnapshotFile.Summary read(
      Storage storage, String file, long incarnation, SnapshotFile.Visitor visitor)
      throws CorruptionException, IOException {
    try (StorageFile snapshot = storage.openToRead(file)) {
      SnapshotFile.Summary summary = SnapshotFile.read(file, channel(snapshot), visitor);
      if (summary.head().incarnation() != incarnation) {
        throw new CorruptionException(file, 0, "a snapshot of another data directory");
      }
      if (isName(file) && !file.equals(name(summary.head().position()))) {
        throw new CorruptionException(file, 0, "a snapshot under the name of another");
      }
      return summary;
    }
  }

  private static ReadableByteChannel channel(StorageFile file) {
    return new ReadableByteChannel() {
      private long place;

      @Override
      public int read(ByteBuffer into) throws IOException {
        int bytes = into.hasRemaining() ? file.read(into, place) : 0;
        place += bytes;
        return bytes == 0 && into.hasRemaining() ? -1 : bytes;
      }

      @Override
      public boolean isOpen() {
        return true;
      }

      @Override
      public void close() {}
    };
  }
}
