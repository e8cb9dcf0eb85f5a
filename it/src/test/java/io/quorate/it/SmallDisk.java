package io.quorate.it;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.opentest4j.TestAbortedException;

/**
 * A file system in memory that holds little. Mounting it takes root: elsewhere the test is skipped.
 */
final class SmallDisk implements AutoCloseable {

  private static final int LEFT_BYTES = 4096;

  private final Path place;

  private SmallDisk(Path place) {
    this.place = place;
  }

  /**
   * @param place where there is nothing yet
   */
  static SmallDisk mount(Path place, int megabytes) {
    try {
      Files.createDirectory(place);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    String size = "size=" + megabytes + "m";
    if (run("mount", "-t", "tmpfs", "-o", size, "quorate-it", place.toString()) != 0) {
      String line = "a disk that gets full is not tried: no tmpfs can be mounted here";
      System.out.println(line);
      throw new TestAbortedException(line);
    }
    return new SmallDisk(place);
  }

  private static int run(String... command) {
    try {
      return new ProcessBuilder(List.of(command))
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor();
    } catch (IOException notInstalled) {
      return -1;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted in " + List.of(command), interrupted);
    }
  }

  /** Puts on it what a node keeps there: the link stands where the node's directory would. */
  void holds(Path link) {
    try {
      Path target = Files.createDirectory(place.resolve("node"));
      Files.createSymbolicLink(link, target);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** Takes all the room that is left but a page. */
  void fill() {
    try (RandomAccessFile ballast = new RandomAccessFile(ballast().toFile(), "rw")) {
      byte[] block = new byte[LEFT_BYTES];
      while (Files.getFileStore(place).getUsableSpace() > LEFT_BYTES) {
        ballast.write(block);
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** Gives back what {@link #fill} took. */
  void makeRoom() {
    try {
      Files.deleteIfExists(ballast());
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private Path ballast() {
    return place.resolve("ballast");
  }

  /** After the last node on it has ended. */
  @Override
  public void close() {
    if (run("umount", place.toString()) != 0) {
      run("umount", "--lazy", place.toString());
    }
  }
}
