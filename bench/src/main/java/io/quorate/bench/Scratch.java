package io.quorate.bench;

import io.quorate.loadgen.Refusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** A directory that goes, with all that is in it, when this is closed. */
record Scratch(Path directory) implements AutoCloseable {
  static Scratch make() throws Refusal {
    try {
      return new Scratch(Files.createTempDirectory("quorate-bench-"));
    } catch (IOException failed) {
      throw Refusal.failed("cannot make a directory for temporary files: " + failed);
    }
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
