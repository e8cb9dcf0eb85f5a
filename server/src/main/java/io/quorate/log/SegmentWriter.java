package io.quorate.log;

import io.quorate.metrics.DurationCounts;
import io.quorate.metrics.Durations;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Writes records to segments and forces them, when it is told to. One thread; others may read what
 * is volatile. Whatever throws here but for want of room has failed for good.
 */
final class SegmentWriter {

  /**
   * How much surely fits.
   *
   * @param written position through which records were written when it was so
   * @param bytes of groups behind it
   */
  record Room(long written, long bytes) {}

  private final int segmentBytes;
  private final LongSupplier nanoTime;
  private final Segments segments;
  private final Spare spare;
  private final GroupFormat groups;
  private final long incarnation;
  private final Durations forces = new Durations();
  private final ByteBuffer output;

  private volatile @Nullable Current current;

  /** Since when something is written and not forced. */
  private long unforcedSinceNanos;

  /** Position through which it is written. */
  private volatile long written;

  /** Invariant: forced <= written. */
  private volatile long forced;

  private volatile Room room = new Room(0, 0);

  SegmentWriter(DataDirectory directory, int segmentBytes, LongSupplier nanoTime) {
    this.segmentBytes = segmentBytes;
    this.nanoTime = nanoTime;
    this.incarnation = directory.incarnation();
    this.segments = new Segments(directory.storage());
    this.spare = new Spare(directory.storage());
    this.groups = new GroupFormat(incarnation);
    int largestGroup = Math.min(GroupFormat.FULL_BYTES, segmentBytes);
    this.output = ByteBuffer.allocateDirect(GroupFormat.HEADER_BYTES + largestGroup);
  }

  /**
   * Goes on where a log ends that is forced to its end.
   *
   * @param last null: it has no segment, and the first is made
   */
  void resume(@Nullable Current last, long position) throws IOException {
    written = position;
    forced = position;
    current = last;
    if (last == null && !roll(0, 0)) {
      throw new NoSpaceException("no room for a segment of " + segmentBytes + " bytes");
    }
    if (segment().roomBytes() < segmentBytes / 2) {
      spare.finish(segment().number() + 1, segmentBytes, nanoTime.getAsLong());
    }
    publishRoom();
  }

  /** Writes all of the records, or as many as there is room for. */
  void write(ByteBuffer records) throws IOException {
    while (records.hasRemaining()) {
      Current segment = segment();
      int bytes = fitting(records, segment.roomBytes() - GroupFormat.HEADER_BYTES);
      if (bytes > 0) {
        writeGroup(segment, records, bytes);
      } else if (!roll(segment.number(), RecordFormat.sizeBytes(records, records.position()))) {
        return;
      }
    }
  }

  /** How many bytes of whole records go in the next group; 0 when not even the first fits. */
  private static int fitting(ByteBuffer records, long most) {
    int bytes = 0;
    while (records.position() + bytes < records.limit()) {
      int next = bytes + RecordFormat.sizeBytes(records, records.position() + bytes);
      if (next > most || (bytes > 0 && next > GroupFormat.FULL_BYTES)) {
        break;
      }
      bytes = next;
    }
    return bytes;
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // one writer
  private void writeGroup(Current segment, ByteBuffer records, int bytes) throws IOException {
    int size = GroupFormat.HEADER_BYTES + bytes;
    ByteBuffer group = size <= output.capacity() ? output.clear() : ByteBuffer.allocate(size);
    group.position(GroupFormat.HEADER_BYTES).limit(size);
    group.put(records.slice(records.position(), bytes)).flip();
    groups.seal(group, segment.number(), segment.place(), written, forced);
    if (written == forced) {
      unforcedSinceNanos = nanoTime.getAsLong();
    }
    segment.file().write(group, segment.place());
    records.position(records.position() + bytes);
    current = segment.after(size);
    written += bytes;
  }

  /** Goes on in a next segment; false when there is no room for one. */
  private boolean roll(long number, int recordBytes) throws IOException {
    force();
    long least = (long) SegmentFormat.HEADER_BYTES + GroupFormat.HEADER_BYTES + recordBytes;
    long next = number + 1;
    if (spare.readyBytes() < least
        && !spare.finish(next, Math.max(segmentBytes, least), nanoTime.getAsLong())) {
      return false;
    }
    long sizeBytes = spare.readyBytes();
    StorageFile file = spare.take();
    file.write(SegmentFormat.header(next, written, incarnation), 0);
    file.force();
    Current full = current;
    if (full != null) {
      segments.add(new Segments.Full(full.number(), written, full.sizeBytes()));
      full.file().close();
    }
    current = new Current(next, file, sizeBytes, SegmentFormat.HEADER_BYTES);
    return true;
  }

  /** All that is written is on the disk. */
  void force() throws IOException {
    if (written == forced) {
      return;
    }
    long began = nanoTime.getAsLong();
    segment().file().force();
    forces.add(nanoTime.getAsLong() - began);
    forced = written;
  }

  /** Makes more of the next segment ready. */
  void prepareSpare(long atMostBytes, long nowNanos) throws IOException {
    spare.prepare(segment().number() + 1, segmentBytes, atMostBytes, nowNanos);
  }

  /** Whether the next segment is ready. */
  boolean hasSpare() {
    return spare.isReady();
  }

  /** After how many nanoseconds to go on making the next segment ready. */
  long spareWaitNanos(long nowNanos) {
    return spare.waitNanos(nowNanos);
  }

  /** From now on {@link #room} tells how things are now. */
  void publishRoom() {
    long inSpare = spare.readyBytes() - SegmentFormat.HEADER_BYTES - GroupFormat.HEADER_BYTES;
    long inCurrent = segment().roomBytes() - GroupFormat.HEADER_BYTES;
    room = new Room(written, Math.max(0, Math.max(inCurrent, inSpare)));
  }

  void close() throws IOException {
    spare.close();
    Current segment = current;
    if (segment != null) {
      segment.file().close();
    }
  }

  Room room() {
    return room;
  }

  long written() {
    return written;
  }

  long forced() {
    return forced;
  }

  long unforcedSinceNanos() {
    return unforcedSinceNanos;
  }

  Segments segments() {
    return segments;
  }

  /** Bytes of all segments in use. */
  long logBytes() {
    Current segment = current;
    return segments.bytes() + (segment == null ? 0 : segment.sizeBytes());
  }

  DurationCounts forces() {
    return forces.counts();
  }

  private Current segment() {
    Current segment = current;
    if (segment == null) {
      throw new IllegalStateException("the log was not replayed yet");
    }
    return segment;
  }
}
