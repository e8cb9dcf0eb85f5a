package io.quorate.bench;

import io.quorate.loadgen.Refusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** A directory that goes, with all that is in it, when this is closed. */
record Scratch(Path directory) implements AutoCloseable {
  private static final String PREFIX = "quorate-bench-";

  /** Where the system keeps such. */
  static Scratch make() throws Refusal {
    try {
      return new Scratch(Files.createTempDirectory(PREFIX));
    } catch (IOException failed) {
      throw cannotMake(failed);
    }
  }

  /** Within another directory. */
  static Scratch below(Path parent) throws Refusal {
    try {
      return new Scratch(Files.createTempDirectory(parent.toAbsolutePath(), PREFIX));
    } catch (IOException failed) {
      throw cannotMake(failed);
    }
  }

  private static Refusal cannotMake(IOException failed) {
    return Refusal.failed("cannot make a directory for temporary files: " + failed);
  }

  /** Leaves what cannot be removed. */
  @Override
  public void close() {
    try (Stream<Path> within = Files.walk(directory)) {
      within
          .sorted(Comparator.reverseOrder())
          .map(Path::toFile)
          .forEach(
              file -> {
                if (!file.delete()) {
                  System.err.println("left behind: " + file);
                }
              });
    } catch (IOException failed) {
      System.err.println("left behind: " + directory);
    }
  }
}
