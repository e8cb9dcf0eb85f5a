package io.quorate.charts;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Files that are there whole or not at all. */
public final class WholeFile {
  private WholeFile() {}

  /**
   * Puts the content where the target names it, replacing what was there; a reader sees the old
   * content or the new, never a part. Makes the directories above it where they are missing.
   */
  public static void write(Path target, byte[] content) throws IOException {
    Path directory = target.toAbsolutePath().getParent();
    if (directory == null) {
      throw new IOException(target + " is not a file's name");
    }
    Files.createDirectories(directory);
    Path unfinished = directory.resolve(target.getFileName() + ".unfinished");
    try {
      Files.write(unfinished, content);
      Files.move(unfinished, target, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(unfinished);
    }
  }
}
