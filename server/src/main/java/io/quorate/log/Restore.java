package io.quorate.log;

import java.io.IOException;
import java.nio.file.Path;

/** Makes a data directory of a snapshot file. */
@SuppressWarnings("DoNotCallSuggester")
public final class Restore {

  private Restore() {}

  /**
   * Checks all of the snapshot and makes a data directory that holds its state, as a new
   * incarnation.
   *
   * @param directory empty, or not there
   * @return what it holds now
   * @throws RefusedException when the directory is not empty
   * @throws CorruptionException when the snapshot is not what was written
   */
  public static SnapshotFile.Summary run(Path snapshot, Path directory, long newIncarnation)
      throws RefusedException, CorruptionException, IOException {
    throw new UnsupportedOperationException();
  }
}
