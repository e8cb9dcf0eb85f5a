package io.quorate.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A storage that throws what none should: a bug, not a disk that fails. Any thread. */
final class BrokenStorage implements Storage {

  private final Storage storage;
  private volatile @Nullable Broken broken;

  private record Broken(String operation, Throwable bug) {}

  BrokenStorage(Storage storage) {
    this.storage = storage;
  }

  /**
   * Throws it from now on.
   *
   * @param operation how it begins: what is done, and to which file, such as "force segment"
   */
  void breakAt(String operation, Throwable bug) {
    broken = new Broken(operation, bug);
  }

  /** All goes well from now on. */
  void repair() {
    broken = null;
  }

  private void check(String operation) {
    Broken now = broken;
    if (now == null || !operation.startsWith(now.operation())) {
      return;
    }
    if (now.bug() instanceof Error error) {
      throw error;
    }
    if (now.bug() instanceof RuntimeException exception) {
      throw exception;
    }
  }

  private StorageFile checked(String name, StorageFile file) {
    return new StorageFile() {
      @Override
      public int read(ByteBuffer into, long place) throws IOException {
        return file.read(into, place);
      }

      @Override
      public void write(ByteBuffer bytes, long place) throws IOException {
        file.write(bytes, place);
      }

      @Override
      public void force() throws IOException {
        check("force " + name);
        file.force();
      }

      @Override
      public long sizeBytes() throws IOException {
        return file.sizeBytes();
      }

      @Override
      public void close() throws IOException {
        file.close();
      }
    };
  }

  @Override
  public String name() {
    return storage.name();
  }

  @Override
  public List<String> list() throws IOException {
    check("list");
    return storage.list();
  }

  @Override
  public boolean lock() throws IOException {
    return storage.lock();
  }

  @Override
  public StorageFile create(String file) throws IOException {
    check("create " + file);
    return checked(file, storage.create(file));
  }

  @Override
  public StorageFile open(String file) throws IOException {
    return checked(file, storage.open(file));
  }

  @Override
  public StorageFile openToRead(String file) throws IOException {
    return storage.openToRead(file);
  }

  @Override
  public void rename(String from, String to) throws IOException {
    check("rename " + from);
    storage.rename(from, to);
  }

  @Override
  public void delete(String file) throws IOException {
    check("delete " + file);
    storage.delete(file);
  }

  @Override
  public void forceDirectory() throws IOException {
    storage.forceDirectory();
  }

  @Override
  public long usableBytes() throws IOException {
    return storage.usableBytes();
  }

  @Override
  public void close() throws IOException {
    storage.close();
  }
}
