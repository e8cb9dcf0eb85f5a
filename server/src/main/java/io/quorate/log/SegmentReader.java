package io.quorate.log;

import io.quorate.core.Journal;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;

/** Reads the groups of one segment, as far as they are sound. One thread. */
final class SegmentReader {

  /**
   * What stands behind the last sound group of a segment.
   *
   * @param laterGroup place of a sound group there; -1: none
   * @param laterForced the largest position that such a group says was forced before it
   * @param end behind the last byte that is not zero; the rest's own start when all are
   */
  record Rest(long laterGroup, long laterForced, long end) {}

  private record Place(long position, long place) {}

  private final long number;
  private final FileWindow window;
  private final GroupFormat groups;

  /** Groups of which none says that they were forced, oldest first. */
  private final Deque<Place> unforced = new ArrayDeque<>();

  private long place = SegmentFormat.HEADER_BYTES;
  private long position;
  private long records;

  SegmentReader(long number, StorageFile file, GroupFormat groups, long firstPosition)
      throws IOException {
    this.number = number;
    this.window = new FileWindow(file);
    this.groups = groups;
    this.position = firstPosition;
  }

  /** Behind the last sound group read. */
  long place() {
    return place;
  }

  /** Behind the last record read. */
  long position() {
    return position;
  }

  /** Records told. */
  long records() {
    return records;
  }

  long fileBytes() {
    return window.fileBytes();
  }

  /** From here on it is not known whether what was read was ever forced; the header included. */
  long unforcedFrom() {
    Place oldest = unforced.peekFirst();
    long from = oldest == null ? place : oldest.place();
    return from == SegmentFormat.HEADER_BYTES ? 0 : from;
  }

  /** Tells the records at and behind the position, up to the last sound group. */
  void tell(long from, Journal journal) throws CorruptionException, IOException {
    int size = sound(place);
    while (size > 0 && GroupFormat.position(window.bytes(), window.at(place)) == position) {
      long forced = GroupFormat.forced(window.bytes(), window.at(place));
      unforced.addLast(new Place(position, place));
      while (!unforced.isEmpty() && unforced.getFirst().position() < forced) {
        unforced.removeFirst();
      }
      tellGroup(size, from, journal);
      place += size;
      size = sound(place);
    }
  }

  private void tellGroup(int size, long from, Journal journal) throws CorruptionException {
    ByteBuffer bytes = window.bytes();
    int end = window.at(place) + size;
    int record = window.at(place) + GroupFormat.HEADER_BYTES;
    try {
      while (record < end) {
        int recordBytes = RecordFormat.sizeBytes(bytes, record);
        if (position >= from) {
          RecordFormat.tell(bytes, record, journal);
          records++;
        }
        record += recordBytes;
        position += recordBytes;
      }
    } catch (RuntimeException wrong) {
      throw new CorruptionException(
          SegmentFormat.name(number), place, "a record that this program does not read: " + wrong);
    }
  }

  /** How many bytes the sound group at this place of the file has; 0 when there is none. */
  private int sound(long at) throws IOException {
    if (!window.covers(at, GroupFormat.HEADER_BYTES)) {
      return 0;
    }
    long size = GroupFormat.sizeBytes(window.bytes(), window.at(at));
    if (size <= GroupFormat.HEADER_BYTES || !window.covers(at, size)) {
      return 0;
    }
    boolean isSound = groups.isSound(window.bytes(), window.at(at), (int) size, number, at);
    return isSound ? (int) size : 0;
  }

  /** Looks at every byte behind the last sound group. */
  Rest rest() throws IOException {
    long laterGroup = -1;
    long laterForced = -1;
    long end = place;
    long at = place;
    while (window.covers(at, Byte.BYTES)) {
      if (window.covers(at, Long.BYTES) && window.bytes().getLong(window.at(at)) == 0) {
        at += Long.BYTES;
        continue;
      }
      if (window.bytes().get(window.at(at)) != 0) {
        end = at + 1;
        if (sound(at) > 0) {
          laterGroup = laterGroup < 0 ? at : laterGroup;
          laterForced = Math.max(laterForced, GroupFormat.forced(window.bytes(), window.at(at)));
        }
      }
      at++;
    }
    return new Rest(laterGroup, laterForced, end);
  }
}
