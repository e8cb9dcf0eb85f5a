package io.quorate.bench;

import io.quorate.loadgen.Refusal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What is to be known of the disk that is measured. */
final class RealDisk {
  private static final Set<String> IN_MEMORY = Set.of("tmpfs", "ramfs");
  private static final int BLOCK_BYTES = 4096;
  private static final int FORCES = 101;
  private static final double NANOS_PER_MILLI = 1e6;

  private RealDisk() {}

  /** The kind of file system that a directory is on. */
  static String kind(Path directory) throws Refusal {
    try {
      return Files.getFileStore(directory).type();
    } catch (IOException failed) {
      throw Refusal.failed("cannot tell what " + directory + " is on: " + failed);
    }
  }

  /** Why what is forced there says nothing of a disk; null where it does. */
  static @Nullable String whyNone(Path directory) throws Refusal {
    return whyNone(directory, kind(directory));
  }

  static @Nullable String whyNone(Path directory, String kind) {
    return IN_MEMORY.contains(kind)
        ? directory + " is in memory (" + kind + "): name a directory on a disk by --out"
        : null;
  }

  /** How long a force of one block takes there while nothing else is forced: the median of many. */
  static double forceMillis(Path directory) throws Refusal {
    Path file = directory.resolve("force");
    Rates millis = new Rates();
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.allocate(FORCES * BLOCK_BYTES), 0);
      channel.force(true);
      for (int nth = 0; nth < FORCES; nth++) {
        long startNanos = System.nanoTime();
        channel.write(ByteBuffer.allocate(BLOCK_BYTES), (long) nth * BLOCK_BYTES);
        channel.force(false);
        millis.add((System.nanoTime() - startNanos) / NANOS_PER_MILLI);
      }
      Files.delete(file);
    } catch (IOException failed) {
      throw Refusal.failed("cannot force " + file + ": " + failed);
    }
    return millis.samples().median();
  }

  /** The sizes of all files of a directory and below it. */
  static long bytes(Path directory) throws Refusal {
    try (Stream<Path> within = Files.walk(directory)) {
      return within.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
    } catch (IOException | UncheckedIOException failed) {
      throw Refusal.failed("cannot measure " + directory + ": " + failed);
    }
  }
}
