package io.quorate.log;

import java.io.IOException;
import java.nio.file.Path;

/** Checks what is kept on a disk, and changes nothing. */
@SuppressWarnings("DoNotCallSuggester")
public final class Verify {

  private Verify() {}

  /**
   * What was found.
   *
   * @param fine whether a node could use it
   * @param text one line: what it holds, or what is wrong and where
   */
  public record Finding(boolean fine, String text) {}

  /** Reads and checks all of a data directory, whose node should not run, or of a snapshot file. */
  public static Finding of(Path path) throws IOException {
    throw new UnsupportedOperationException();
  }
}
