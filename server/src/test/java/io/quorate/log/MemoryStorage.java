package io.quorate.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * A directory in memory that can lose what a real one may lose. A crash of the machine takes
 * unforced bytes, sector by sector: lost, kept or torn; and unforced names, each for itself. A
 * force of a file that fails leaves the bytes readable and lost, as Linux does.
 */
public final class MemoryStorage implements Storage {

  /** The machine stopped in the middle of something. */
  public static final class Died extends Error {
    private static final long serialVersionUID = 1;

    Died() {
      super("the machine died");
    }
  }

  private record NameChange(String name, MemoryFile file, boolean comes) {}

  private final Random random;
  private final Map<String, MemoryFile> names = new TreeMap<>();
  private final Map<String, MemoryFile> durableNames = new TreeMap<>();
  private final List<NameChange> unforced = new ArrayList<>();
  private long capacityBytes = Long.MAX_VALUE;
  private long operationsLeft = Long.MAX_VALUE;
  private int failForces;
  private int failWrites;
  private boolean locked;

  /** Counts starts: files opened before the last one are of no use. */
  private int boot;

  public MemoryStorage(long seed) {
    this.random = new Random(seed);
  }

  /** All files together take at most so much. */
  public void setCapacityBytes(long bytes) {
    capacityBytes = bytes;
  }

  /** The machine dies at the operation after so many that change something. */
  public void dieAfter(long operations) {
    operationsLeft = operations;
  }

  /** So many forces fail, of files or of the directory. */
  public void failForces(int forces) {
    failForces = forces;
  }

  /** So many writes fail. */
  public void failWrites(int writes) {
    failWrites = writes;
  }

  /** The process ends; what it wrote is there, forced or not. */
  public void kill() {
    boot++;
    locked = false;
    failForces = 0;
    failWrites = 0;
    operationsLeft = Long.MAX_VALUE;
  }

  /** The machine stops, and starts again. */
  public void crash() {
    kill();
    for (NameChange change : unforced) {
      if (random.nextBoolean()) {
        apply(change);
      }
    }
    unforced.clear();
    names.clear();
    names.putAll(durableNames);
    names.values().forEach(file -> file.crash(random));
  }

  private void apply(NameChange change) {
    if (change.comes()) {
      durableNames.put(change.name(), change.file());
    } else if (durableNames.get(change.name()) == change.file()) {
      durableNames.remove(change.name());
    }
  }

  /** The bytes of a file, to look at or to spoil. */
  public byte[] bytes(String file) {
    return found(file).copy();
  }

  /** Replaces a file's bytes, on the disk too. */
  public void replace(String file, byte[] bytes) {
    MemoryFile spoilt = new MemoryFile(bytes);
    names.put(file, spoilt);
    durableNames.put(file, spoilt);
  }

  /** Sets up a copy of all files as they can be read now, all of it durable. */
  public MemoryStorage copy() {
    MemoryStorage copy = new MemoryStorage(0);
    names.forEach((name, file) -> copy.replace(name, file.copy()));
    return copy;
  }

  @Override
  public String name() {
    return "memory";
  }

  @Override
  public List<String> list() {
    return List.copyOf(names.keySet());
  }

  @Override
  public boolean lock() {
    boolean free = !locked;
    locked = true;
    return free;
  }

  @Override
  public StorageFile create(String file) {
    change();
    MemoryFile made = new MemoryFile(new byte[0]);
    made.growsUnforced();
    come(file, made);
    return new Handle(made, boot);
  }

  @Override
  public StorageFile open(String file) {
    return new Handle(found(file), boot);
  }

  @Override
  public StorageFile openToRead(String file) {
    return open(file);
  }

  private MemoryFile found(String file) {
    MemoryFile found = names.get(file);
    if (found == null) {
      throw new IllegalStateException(file + " is not there");
    }
    return found;
  }

  @Override
  public void rename(String from, String to) {
    change();
    MemoryFile file = found(from);
    names.remove(from);
    names.put(to, file);
    unforced.add(new NameChange(to, file, true));
    unforced.add(new NameChange(from, file, false));
  }

  private void come(String name, MemoryFile file) {
    names.put(name, file);
    unforced.add(new NameChange(name, file, true));
  }

  @Override
  public void delete(String file) {
    change();
    MemoryFile gone = names.remove(file);
    if (gone != null) {
      unforced.add(new NameChange(file, gone, false));
    }
  }

  @Override
  public void forceDirectory() throws IOException {
    change();
    if (failForces > 0) {
      failForces--;
      throw new IOException("planted: the directory cannot be forced");
    }
    unforced.forEach(this::apply);
    unforced.clear();
  }

  @Override
  public long usableBytes() {
    return Math.max(0, capacityBytes - usedBytes());
  }

  private long usedBytes() {
    return names.values().stream().mapToLong(MemoryFile::size).sum();
  }

  @Override
  public void close() {
    locked = false;
  }

  /** Whether a file of this name is there. */
  boolean has(String file) {
    return names.containsKey(file);
  }

  private void change() {
    if (operationsLeft-- <= 0) {
      throw new Died();
    }
  }

  private final class Handle implements StorageFile {
    private final MemoryFile file;
    private final int opened;

    Handle(MemoryFile file, int opened) {
      this.file = file;
      this.opened = opened;
    }

    @Override
    public int read(ByteBuffer into, long place) {
      return file.read(into, place);
    }

    @Override
    public void write(ByteBuffer bytes, long place) throws IOException {
      checkBoot();
      if (operationsLeft == 0) {
        file.write(bytes.limit(bytes.position() + bytes.remaining() / 2), place);
      }
      change();
      if (failWrites > 0) {
        failWrites--;
        throw new IOException("planted: a write fails");
      }
      if (place + bytes.remaining() > file.size()
          && place + bytes.remaining() - file.size() > usableBytes()) {
        throw new NoSpaceException("planted: no space");
      }
      file.write(bytes, place);
    }

    @Override
    public void force() throws IOException {
      checkBoot();
      change();
      if (failForces > 0) {
        failForces--;
        file.loseUnforced(random);
        throw new IOException("planted: a force fails");
      }
      file.force();
    }

    private void checkBoot() {
      if (opened != boot) {
        throw new IllegalStateException("used by a process that is gone");
      }
    }

    @Override
    public long sizeBytes() {
      return file.size();
    }

    @Override
    public void close() {}
  }

  /** Names and contents, to compare. */
  Map<String, Integer> fingerprint() {
    Map<String, Integer> prints = new HashMap<>();
    names.forEach((name, file) -> prints.put(name, java.util.Arrays.hashCode(file.copy())));
    return prints;
  }
}
