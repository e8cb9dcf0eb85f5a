package io.quorate.core;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads a store chunk by chunk while writes go on. A key changed meanwhile is read as it is when it
 * is reached, which may be newer than the snapshot's version and never older.
 */
final class SnapshotReader {

  /** Keys looked at for one chunk, however few of them are in it. */
  private static final int MOST_KEYS = 20_000;

  private final Store store;
  private final Iterator<Key> keys;

  /** As they were when it began; those of later writes come with them. */
  private final Iterator<Mutation> receipts;

  private final SnapshotHead head;
  private final int chunkBytes;

  /** The chunk that was made last; null before the first. */
  private @Nullable SnapshotChunk latest;

  SnapshotReader(Store store, SnapshotHead head, int chunkBytes) {
    this.store = store;
    this.keys = store.keyIterator();
    this.receipts = store.receiptsNow().iterator();
    this.head = head;
    this.chunkBytes = chunkBytes;
  }

  SnapshotHead head() {
    return head;
  }

  /** The snapshot's version. */
  long version() {
    return head.version();
  }

  /** Number of the chunk that was made last; -1 before the first. */
  int number() {
    SnapshotChunk made = latest;
    return made == null ? -1 : made.number();
  }

  /**
   * Deletes above it have to be shown while the snapshot is under way: without one, the receiver
   * would keep, or drop, the key before it has the delete.
   */
  long tombstonesNeededAbove() {
    return head.isWhole() ? head.version() : head.since();
  }

  /**
   * Whether it is the chunk that was made last: that object, for one that is made again is sent
   * again, and of the two only the later answer counts.
   */
  @SuppressWarnings("ReferenceEquality")
  boolean isLatest(SnapshotChunk chunk) {
    return chunk == latest;
  }

  /** The chunk that was made last once more, for a receiver of the same data. */
  SnapshotChunk again(Life life) {
    SnapshotChunk made = latest;
    if (made == null) {
      return nextChunk(life);
    }
    SnapshotChunk again =
        new SnapshotChunk(head, life, made.number(), made.last(), made.mutations());
    latest = again;
    return again;
  }

  SnapshotChunk nextChunk(Life life) {
    List<Mutation> mutations = new ArrayList<>();
    int bytes = 0;
    for (int looked = 0; looked < MOST_KEYS && bytes < chunkBytes && keys.hasNext(); looked++) {
      Key key = keys.next();
      Entry newest = store.newest(key);
      if (newest != null && newest.version() > head.since()) {
        Mutation mutation = newest.toMutation(key);
        mutations.add(mutation);
        bytes += mutation.sizeBytes();
      }
    }
    while (!keys.hasNext() && bytes < chunkBytes && receipts.hasNext()) {
      Mutation receipt = receipts.next();
      if (receipt.version() > head.since()) {
        mutations.add(receipt);
        bytes += receipt.sizeBytes();
      }
    }
    boolean last = !keys.hasNext() && !receipts.hasNext();
    SnapshotChunk made = new SnapshotChunk(head, life, number() + 1, last, mutations);
    latest = made;
    return made;
  }
}
