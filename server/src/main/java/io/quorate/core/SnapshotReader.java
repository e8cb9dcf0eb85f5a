package io.quorate.core;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads a state chunk by chunk while writes go on: the store, where a key changed meanwhile is read
 * as it is when it is reached, which may be newer than the snapshot's version and never older; or,
 * of a snapshot that shows every write, the history.
 */
final class SnapshotReader {

  /** Keys or versions looked at for one chunk, however few of them are in it. */
  private static final int MOST_LOOKED_AT = 20_000;

  private final Store store;
  private final Iterator<Key> keys;
  private final Backlog writes;

  /** As they were when it began; those of later writes come with them. */
  private final Iterator<Mutation> receipts;

  private final SnapshotHead head;

  /** Where every write is shown: the version that is next. */
  private long nextVersion;

  private final int chunkBytes;

  /** The chunk that was made last; null before the first. */
  private @Nullable SnapshotChunk latest;

  SnapshotReader(NodeState state, SnapshotHead head, int chunkBytes) {
    this.store = state.store();
    this.keys = store.keyIterator();
    this.writes = state.history().backlog();
    this.receipts = (head.everyWrite() ? List.<Mutation>of() : store.receiptsNow()).iterator();
    this.head = head;
    this.nextVersion = head.since() + 1;
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

  /** Whether what it would have to show next is gone. */
  boolean isLost() {
    return head.everyWrite() && nextVersion <= head.version() && !writes.holds(nextVersion);
  }

  SnapshotChunk nextChunk(Life life) {
    List<Mutation> mutations = new ArrayList<>();
    int bytes = 0;
    int rest = 0;
    for (int looked = 0;
        rest > 0 || (looked < MOST_LOOKED_AT && bytes < chunkBytes && hasNext());
        looked++) {
      Mutation mutation = next();
      if (mutation != null) {
        mutations.add(mutation);
        bytes += mutation.sizeBytes();
        rest = mutation.attributes().rest();
      }
    }
    while (!hasNext() && bytes < chunkBytes && receipts.hasNext()) {
      Mutation receipt = receipts.next();
      if (receipt.version() > head.since()) {
        mutations.add(receipt);
        bytes += receipt.sizeBytes();
      }
    }
    boolean last = !hasNext() && !receipts.hasNext();
    SnapshotChunk made = new SnapshotChunk(head, life, number() + 1, last, mutations);
    latest = made;
    return made;
  }

  private boolean hasNext() {
    return head.everyWrite() ? nextVersion <= head.version() : keys.hasNext();
  }

  private @Nullable Mutation next() {
    if (head.everyWrite()) {
      nextVersion++;
      return writes.get(nextVersion - 1);
    }
    Key key = keys.next();
    Entry newest = store.newest(key);
    return newest != null && newest.version() > head.since() ? newest.toMutation(key) : null;
  }
}
