package io.quorate.log;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A directory of the machine's file system. */
public final class RealStorage implements Storage {

  private static final String LOCK_FILE = "lock";

  /** Stands in the root of some file systems, whatever is kept there. */
  private static final String LOST_AND_FOUND = "lost+found";

  /** A file system with less has no room for a file. */
  private static final long SMALL_BYTES = 4096;

  private final Path directory;
  private @Nullable FileLock lock;

  private RealStorage(Path directory) {
    this.directory = directory;
  }

  /** The directory; made, with those above it, if it is not there. */
  public static RealStorage make(Path directory) throws IOException {
    makeForced(directory.toAbsolutePath());
    return new RealStorage(directory);
  }

  /** Made from the top down, each name forced before what is below it is made. */
  private static void makeForced(Path directory) throws IOException {
    Path above = directory.getParent();
    if (above == null) {
      return;
    }
    boolean there = Files.isDirectory(directory);
    if (!there) {
      makeForced(above);
      Files.createDirectories(directory);
    }
    // Whoever made it may have ended before it was forced.
    if (!there || Files.isReadable(above)) {
      forceDirectory(above);
    }
  }

  /** The directory, which is there. */
  public static RealStorage of(Path directory) {
    return new RealStorage(directory);
  }

  @Override
  public String name() {
    return directory.toString();
  }

  @Override
  public List<String> list() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .map(file -> String.valueOf(file.getFileName()))
          .filter(file -> !file.equals(LOCK_FILE) && !file.equals(LOST_AND_FOUND))
          .toList();
    } catch (UncheckedIOException wrong) {
      throw wrong.getCause();
    }
  }

  @Override
  public boolean lock() throws IOException {
    FileChannel file =
        FileChannel.open(
            directory.resolve(LOCK_FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      lock = file.tryLock();
    } catch (OverlappingFileLockException heldByThisProcess) {
      lock = null;
    }
    if (lock == null) {
      file.close();
    }
    return lock != null;
  }

  @Override
  public StorageFile create(String file) throws IOException {
    return open(
        file,
        StandardOpenOption.CREATE,
        StandardOpenOption.TRUNCATE_EXISTING,
        StandardOpenOption.READ,
        StandardOpenOption.WRITE);
  }

  @Override
  public StorageFile open(String file) throws IOException {
    return open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
  }

  @Override
  public StorageFile openToRead(String file) throws IOException {
    return open(file, StandardOpenOption.READ);
  }

  private StorageFile open(String file, StandardOpenOption... how) throws IOException {
    try {
      return new Opened(FileChannel.open(directory.resolve(file), how), directory);
    } catch (NoSuchFileException | java.nio.file.AccessDeniedException known) {
      throw known;
    } catch (IOException wrong) {
      throw named(wrong, directory, SMALL_BYTES);
    }
  }

  @Override
  public void rename(String from, String to) throws IOException {
    Files.move(
        directory.resolve(from),
        directory.resolve(to),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }

  @Override
  public void delete(String file) throws IOException {
    Files.deleteIfExists(directory.resolve(file));
  }

  @Override
  public void forceDirectory() throws IOException {
    forceDirectory(directory);
  }

  private static void forceDirectory(@Nullable Path directory) throws IOException {
    if (directory != null) {
      try (FileChannel names = FileChannel.open(directory, StandardOpenOption.READ)) {
        names.force(true);
      }
    }
  }

  @Override
  public long usableBytes() throws IOException {
    return usableBytes(directory);
  }

  @Override
  public void close() throws IOException {
    if (lock != null) {
      lock.acquiredBy().close();
      lock = null;
    }
  }

  /**
   * The JDK has no type of its own for a file system without room: its text tells, where that is in
   * English; in any language, that there is no room for what was to be made.
   */
  private static IOException named(IOException wrong, Path directory, long wantedBytes) {
    String text = String.valueOf(wrong.getMessage());
    boolean told = text.contains("No space left on device") || text.contains("quota exceeded");
    return told || lacks(directory, wantedBytes) ? new NoSpaceException(text, wrong) : wrong;
  }

  private static long usableBytes(Path directory) throws IOException {
    return Files.getFileStore(directory).getUsableSpace();
  }

  private static boolean lacks(Path directory, long wantedBytes) {
    try {
      return usableBytes(directory) < wantedBytes;
    } catch (IOException unknown) {
      return false;
    }
  }

  private record Opened(FileChannel channel, Path directory) implements StorageFile {

    @Override
    public int read(ByteBuffer into, long place) throws IOException {
      int before = into.position();
      while (into.hasRemaining()) {
        if (channel.read(into, place + into.position() - before) < 0) {
          break;
        }
      }
      return into.position() - before;
    }

    @Override
    public void write(ByteBuffer bytes, long place) throws IOException {
      long at = place;
      try {
        while (bytes.hasRemaining()) {
          at += channel.write(bytes, at);
        }
      } catch (IOException wrong) {
        throw named(wrong, directory, bytes.remaining());
      }
    }

    @Override
    public void force() throws IOException {
      try {
        channel.force(false);
      } catch (IOException wrong) {
        throw named(wrong, directory, 0);
      }
    }

    @Override
    public long sizeBytes() throws IOException {
      return channel.size();
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }
}
