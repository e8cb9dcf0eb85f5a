package io.quorate.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.opentest4j.TestAbortedException;

/**
 * Lets every force of a running process's files to disk fail from now on, with EIO as of a disk
 * that broke. strace does it, from outside the process; where it is missing or may not attach the
 * test is skipped.
 */
final class FailingForces implements AutoCloseable {

  private final Process strace;

  private FailingForces(Process strace) {
    this.strace = strace;
  }

  /**
   * @param complaints file for what strace has to say
   */
  static FailingForces of(long processId, Path complaints) {
    ProcessBuilder builder =
        new ProcessBuilder(
                "strace",
                "--follow-forks",
                "--trace=fsync,fdatasync",
                "--inject=fsync,fdatasync:error=EIO",
                "--output=/dev/null",
                "--attach=" + processId)
            .redirectErrorStream(true)
            .redirectOutput(complaints.toFile());
    Process strace;
    try {
      strace = builder.start();
    } catch (IOException notInstalled) {
      throw skipped("strace is not installed");
    }
    LeftOver.killIfWeEnd(strace);
    Eventually.present(
        "strace attaches",
        () -> {
          String said = read(complaints);
          return said.contains("attached") || !strace.isAlive() ? said : null;
        });
    if (!strace.isAlive()) {
      throw skipped("strace may not attach: " + read(complaints).strip());
    }
    return new FailingForces(strace);
  }

  private static TestAbortedException skipped(String why) {
    String line = "forces that fail are not tried: " + why;
    System.out.println(line);
    return new TestAbortedException(line);
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  @Override
  public void close() {
    strace.destroyForcibly();
  }
}
