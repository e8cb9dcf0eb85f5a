package io.quorate.log;

import io.quorate.core.Mutation;
import io.quorate.core.Replay;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a data directory holds, and changes nothing: the newest snapshot that can be read, and
 * then the log from its position on.
 *
 * <p>Segments are full and forced before the next one gets a header, and a group tells how far the
 * log was forced before it. So what is broken in a segment with a successor, or before the position
 * that a later group tells, was on the disk once: that is corruption. What is broken behind that
 * was being written when the machine stopped, and is dropped.
 */
final class Recovery {

  /**
   * What was found.
   *
   * @param snapshot null: none
   * @param full segments before the last, from the one on that the snapshot's position is in
   * @param last null: the log has no segment yet
   * @param leftOver files that are of no use any more
   */
  record Found(
      SnapshotFile.@Nullable Summary snapshot,
      List<Segments.Full> full,
      @Nullable Last last,
      long position,
      long records,
      List<String> leftOver) {

    long entries() {
      return snapshot == null ? 0 : snapshot.entries();
    }
  }

  /**
   * The last segment.
   *
   * @param place behind its last sound group
   * @param unforcedFrom from here on it is not known whether what was read was ever forced
   * @param tornEnd behind the last byte to be dropped; {@code place} when nothing is
   */
  record Last(long number, long place, long unforcedFrom, long tornEnd) {
    long droppedBytes() {
      return tornEnd - place;
    }

    /** File and byte where it ends. */
    String placeText() {
      return SegmentFormat.name(number) + ", byte " + place;
    }
  }

  private record Header(long number, long first) {}

  private final Storage storage;
  private final long incarnation;
  private final Replay replay;
  private final GroupFormat groups;
  private final List<String> leftOver = new ArrayList<>();
  private final List<Segments.Full> full = new ArrayList<>();
  private long records;

  Recovery(Storage storage, long incarnation, Replay replay) {
    this.storage = storage;
    this.incarnation = incarnation;
    this.replay = replay;
    this.groups = new GroupFormat(incarnation);
  }

  Found run() throws CorruptionException, IOException {
    for (String file : storage.list()) {
      if (file.endsWith(DataDirectory.UNFINISHED)) {
        leftOver.add(file);
      }
    }
    SnapshotFile.@Nullable Summary snapshot = snapshot();
    long from = snapshot == null ? 0 : snapshot.head().position();
    List<Header> headers = headers(from);
    if (headers.isEmpty()) {
      if (snapshot != null && snapshot.through() > 0) {
        throw missing(from);
      }
      return new Found(snapshot, full, null, from, 0, leftOver);
    }
    Last last = null;
    long position = headers.get(0).first();
    for (int i = 0; i < headers.size(); i++) {
      Header header = headers.get(i);
      Header next = i + 1 < headers.size() ? headers.get(i + 1) : null;
      try (StorageFile file = storage.openToRead(SegmentFormat.name(header.number()))) {
        SegmentReader reader = new SegmentReader(header.number(), file, groups, header.first());
        reader.tell(from, replay);
        records += reader.records();
        position = reader.position();
        if (next == null) {
          last = last(header, reader);
        } else {
          checkNext(header, reader, next);
          full.add(new Segments.Full(header.number(), position, reader.fileBytes()));
        }
      }
    }
    if (snapshot != null && position < snapshot.through()) {
      throw new CorruptionException(
          SegmentFormat.name(headers.get(headers.size() - 1).number()),
          last == null ? 0 : last.place(),
          "the log ends before what the snapshot shows");
    }
    return new Found(snapshot, full, last, position, records, leftOver);
  }

  private SnapshotFile.@Nullable Summary snapshot() throws CorruptionException, IOException {
    CorruptionException unreadable = null;
    SnapshotFile.@Nullable Summary readable = null;
    for (String file : Snapshots.list(storage)) {
      if (readable != null) {
        leftOver.add(file);
        continue;
      }
      try {
        readable = Snapshots.read(storage, file, incarnation, Snapshots.NOBODY);
      } catch (CorruptionException wrong) {
        unreadable = unreadable == null ? wrong : unreadable;
        leftOver.add(file);
      }
    }
    if (unreadable != null && !isWhole(readable)) {
      throw unreadable;
    }
    if (readable != null) {
      String file = Snapshots.name(readable.head().position());
      Snapshots.read(storage, file, incarnation, new Told(replay));
    }
    return readable;
  }

  /**
   * Whether the log goes back to the snapshot, or without one to the beginning, unless what cannot
   * be read said what was there at the beginning.
   */
  private boolean isWhole(SnapshotFile.@Nullable Summary snapshot) throws IOException {
    if (snapshot == null && leftOver.contains(Snapshots.name(0))) {
      return false;
    }
    long from = snapshot == null ? 0 : snapshot.head().position();
    for (String file : storage.list()) {
      if (SegmentFormat.isName(file)) {
        try (StorageFile segment = storage.openToRead(file)) {
          Long first = SegmentFormat.first(segment, SegmentFormat.number(file), incarnation);
          if (first != null && first <= from) {
            return true;
          }
        }
      }
    }
    return false;
  }

  /** Of the segments in use, from the one on that the position is in. */
  private List<Header> headers(long from) throws CorruptionException, IOException {
    List<Header> headers = new ArrayList<>();
    String headless = null;
    for (String name : storage.list().stream().filter(SegmentFormat::isName).sorted().toList()) {
      long number = SegmentFormat.number(name);
      try (StorageFile file = storage.openToRead(name)) {
        Long first = SegmentFormat.first(file, number, incarnation);
        if (first != null && first <= from) {
          headers.forEach(older -> leftOver.add(SegmentFormat.name(older.number())));
          headers.clear();
        }
        if (first != null) {
          headers.add(new Header(number, first));
        } else if (new SegmentReader(number, file, groups, 0).rest().laterGroup() >= 0) {
          headless = headless == null ? name : headless;
        } else {
          leftOver.add(name);
        }
      }
    }
    if (headless != null) {
      throw new CorruptionException(headless, 0, "the header is broken, and records follow it");
    }
    if (!headers.isEmpty() && headers.get(0).first() > from) {
      throw missing(from);
    }
    return headers;
  }

  private static CorruptionException missing(long from) {
    return new CorruptionException("segment-*", 0, "no segment has the log's position " + from);
  }

  private static void checkNext(Header header, SegmentReader reader, Header next)
      throws CorruptionException {
    if (next.first() == reader.position()) {
      return;
    }
    if (next.number() != header.number() + 1) {
      throw new CorruptionException(
          SegmentFormat.name(header.number() + 1), 0, "missing, and later segments are there");
    }
    throw broken(header.number(), reader.place());
  }

  private static CorruptionException broken(long segment, long place) {
    return new CorruptionException(
        SegmentFormat.name(segment), place, "not what was written, and records follow it");
  }

  private Last last(Header header, SegmentReader reader) throws CorruptionException, IOException {
    SegmentReader.Rest rest = reader.rest();
    if (rest.laterForced() > reader.position()) {
      throw broken(header.number(), reader.place());
    }
    return new Last(header.number(), reader.place(), reader.unforcedFrom(), rest.end());
  }

  private record Told(Replay replay) implements SnapshotFile.Visitor {

    @Override
    public void head(SnapshotFile.Head head) {
      replay.head(head.state());
    }

    @Override
    public void held(Mutation mutation) {
      replay.held(mutation);
    }
  }
}
