package io.quorate.core;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The newest mutations, kept for followers that are behind, bounded in bytes. The newest write is
 * kept whole however large it is, so that those who are level need nothing else; of older ones the
 * first mutations may be gone. Nobody is then given half a write for the whole: whoever reads it, a
 * follower, a snapshot or a watch, reads in the order of versions, so that one that lacks the first
 * mutations stands before them, where the backlog does not reach back to, and is told so. The
 * others are for who stands between them, and has the first.
 *
 * <p>They lie encoded in chunks, one after the other, so that a million of them are few objects;
 * rings over consecutive versions say where. A chunk is never written again once it is full: it
 * goes when nobody points to it any more.
 *
 * <pre>
 *  ring    ... | v: chunk, offset, required, end | v + 1: ... |
 *                     |
 *  chunk   | ... | mutation v | mutation v + 1 | ... | unused |
 * </pre>
 */
final class Backlog {

  private static final int MAX_CHUNK_BYTES = 256 << 10;

  /** So small a part of the limit is a chunk, for it stays as long as one mutation of it does. */
  private static final int CHUNKS = 64;

  /** A power of two. */
  private static final int FIRST_SLOTS = 64;

  private static final class Chunk {
    final byte[] array;

    /** A view of the array. */
    final ByteBuffer bytes;

    Chunk(int size) {
      array = new byte[size];
      bytes = ByteBuffer.wrap(array);
    }
  }

  private final long limitBytes;
  private final int chunkBytes;

  /** The chunk that is written to, and where it is free from. */
  private Chunk chunk = new Chunk(0);

  private int chunkEnd;

  /** Slot of version v, in each ring: {@code v & (chunks.length - 1)}. */
  private @Nullable Chunk[] chunks = new Chunk[FIRST_SLOTS];

  private int[] offsets = new int[FIRST_SLOTS];

  /** Follower acknowledgements that the write asked for. */
  private byte[] required = new byte[FIRST_SLOTS];

  /** Bytes of all mutations given through that slot's version. */
  private long[] endBytes = new long[FIRST_SLOTS];

  /**
   * Oldest version kept. Invariant: first <= last + 1; of [first, last] all are kept that were
   * given.
   */
  private long first;

  /** Newest version given, or left out. */
  private long last;

  /** Where the newest write begins: nothing from there on is dropped. */
  private long newestBegin;

  /** Version of the last mutation of that write, which may still be to come. */
  private long newestEnd;

  /** Bytes of all mutations before {@link #first}. */
  private long droppedBytes;

  /** Bytes of all mutations through {@link #last}. */
  private long givenBytes;

  /**
   * @param base the version before the first that is given
   */
  Backlog(long limitBytes, long base) {
    this.first = base + 1;
    this.last = base;
    this.newestBegin = first;
    this.newestEnd = base;
    this.limitBytes = limitBytes;
    this.chunkBytes = (int) Math.min(MAX_CHUNK_BYTES, limitBytes / CHUNKS);
  }

  long first() {
    return first;
  }

  long last() {
    return last;
  }

  long sizeBytes() {
    return givenBytes - droppedBytes;
  }

  /**
   * Appends the mutation with the next version, and drops the oldest past the limit.
   *
   * @param asked follower acknowledgements that confirm it, at most {@link Leader#MAX_FOLLOWERS}
   */
  void append(Mutation mutation, int asked) {
    last++;
    assert mutation.version() == last;
    if (last - first >= chunks.length) {
      grow();
    }
    int slot = slot(last);
    encode(mutation, slot);
    required[slot] = (byte) asked;
    givenBytes += mutation.sizeBytes();
    endBytes[slot] = givenBytes;
    if (last > newestEnd) {
      newestBegin = last;
      newestEnd = last + mutation.attributes().rest();
    }
    dropBeyond(limitBytes);
  }

  /** Drops the oldest until the others are no more than this, or of the newest write alone. */
  void dropBeyond(long mostBytes) {
    while (sizeBytes() > mostBytes && first < newestBegin) {
      droppedBytes = endBytes[slot(first)];
      chunks[slot(first)] = null;
      first++;
    }
  }

  private void encode(Mutation mutation, int slot) {
    int bytes = MutationBytes.sizeBytes(mutation);
    if (bytes > chunk.array.length - chunkEnd) {
      chunk = new Chunk(Math.max(bytes, chunkBytes));
      chunkEnd = 0;
    }
    MutationBytes.write(chunk.bytes, chunkEnd, mutation);
    chunks[slot] = chunk;
    offsets[slot] = chunkEnd;
    chunkEnd += bytes;
  }

  /** Leaves out all versions through this one: nobody was given them. */
  void skipTo(long version) {
    while (last < version) {
      last++;
      if (last - first >= chunks.length) {
        grow();
      }
      chunks[slot(last)] = null;
      endBytes[slot(last)] = givenBytes;
    }
  }

  /** Forgets all versions above this one, which is held or the one before the first. */
  void cutAfter(long version) {
    if (version < last) {
      givenBytes = endOf(version);
      last = version;
      newestBegin = Math.min(newestBegin, version);
      newestEnd = version;
    }
  }

  /** Forgets all, to begin after this version. */
  void restart(long version) {
    chunks = new Chunk[FIRST_SLOTS];
    offsets = new int[FIRST_SLOTS];
    required = new byte[FIRST_SLOTS];
    endBytes = new long[FIRST_SLOTS];
    first = version + 1;
    last = version;
    newestBegin = first;
    newestEnd = version;
    droppedBytes = givenBytes;
  }

  boolean holds(long version) {
    return version >= first && version <= last;
  }

  /** The mutation of this version, or null when it was dropped, left out or not given yet. */
  @Nullable Mutation get(long version) {
    Chunk holding = holds(version) ? chunks[slot(version)] : null;
    return holding == null ? null : MutationBytes.read(holding.bytes, offsets[slot(version)]);
  }

  /** Of the mutation of this version; null where {@link #get} gives none. */
  @Nullable Key key(long version) {
    Chunk holding = holds(version) ? chunks[slot(version)] : null;
    return holding == null ? null : MutationBytes.readKey(holding.bytes, offsets[slot(version)]);
  }

  /** Whether there is a mutation of this version whose key begins so. */
  boolean begins(long version, Key prefix) {
    Chunk holding = holds(version) ? chunks[slot(version)] : null;
    return holding != null
        && MutationBytes.keyBegins(holding.bytes, offsets[slot(version)], prefix.bytes());
  }

  /** The mutation and those of its write that follow it; all of them are held. */
  List<Mutation> write(Mutation first) {
    int rest = first.attributes().rest();
    if (rest == 0) {
      return List.of(first);
    }
    List<Mutation> write = new ArrayList<>();
    write.add(first);
    for (long version = first.version() + 1; version <= first.version() + rest; version++) {
      write.add(Objects.requireNonNull(get(version)));
    }
    return write;
  }

  /** Follower acknowledgements that a write asked for; it is held. */
  int required(long version) {
    return required[slot(version)];
  }

  /**
   * Hands over the mutations from version {@code from} to {@code to} as {@link MutationBytes}, in
   * as few pieces as they lie in; false, and nothing, when they are not all held.
   */
  boolean encoded(long from, long to, MutationBytes.Sink sink) {
    if (!holds(from) || !holds(to)) {
      return false;
    }
    for (long version = from; version <= to; version++) {
      Chunk holding = chunks[slot(version)];
      int begin = offsets[slot(version)];
      while (version < to && chunks[slot(version + 1)] == holding) {
        version++;
      }
      if (holding != null) {
        int lastBegin = offsets[slot(version)];
        int end = lastBegin + MutationBytes.sizeBytes(holding.bytes, lastBegin);
        sink.take(holding.array, begin, end - begin);
      }
    }
    return true;
  }

  /** Bytes of the mutations in (after, through], as far as they are kept. */
  long bytesBetween(long after, long through) {
    return Math.max(0, endOf(through) - endOf(after));
  }

  private long endOf(long version) {
    return version < first ? droppedBytes : endBytes[slot(Math.min(version, last))];
  }

  private int slot(long version) {
    return (int) version & (chunks.length - 1);
  }

  /** Doubles the rings: what lay in one slot of two goes to the slot of its version. */
  private void grow() {
    int half = chunks.length;
    chunks = Arrays.copyOf(chunks, 2 * half);
    offsets = Arrays.copyOf(offsets, 2 * half);
    required = Arrays.copyOf(required, 2 * half);
    endBytes = Arrays.copyOf(endBytes, 2 * half);
    for (long version = first; version < last; version++) {
      int from = (int) version & (half - 1);
      int to = slot(version);
      if (to != from) {
        chunks[to] = chunks[from];
        offsets[to] = offsets[from];
        required[to] = required[from];
        endBytes[to] = endBytes[from];
        chunks[from] = null;
      }
    }
  }
}
