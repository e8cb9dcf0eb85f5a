package io.quorate.core;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads a state chunk by chunk while writes go on: the store, where a key changed meanwhile is read
 * as it is when it is reached, which may be newer than the snapshot's version and never older; or,
 * of a snapshot that shows every write, the history.
 *
 * <p>Of a write of several keys that was given meanwhile, some keys may have been read before and
 * some after. All keys of such writes are read once more: in rounds, as long as many were written
 * in the one before, and in the end at one moment. So all of each such write is shown, or newer. So
 * are keys of writes with a receipt, and all receipts in the end: a write is never shown without
 * its own, nor a receipt without its write.
 */
final class SnapshotReader {

  /** Keys or versions looked at for one chunk, however few of them are in it. */
  private static final int MOST_LOOKED_AT = 20_000;

  /** Keys that are read at one moment, while rounds are left. */
  private static final int MOST_AT_ONCE = 10_000;

  /** Rounds over the keys that have to be read again. */
  private static final int MOST_ROUNDS = 32;

  private final Store store;

  /** Of this round. */
  private Iterator<Key> keys;

  private int rounds;

  private final Backlog writes;

  /** Those of writes of several keys, and of writes with a receipt, given since the round began. */
  private Set<Key> keysAgain = new LinkedHashSet<>();

  /** The newest of all of those, and the receipts, of one moment; null before keys are read. */
  private @Nullable Iterator<Mutation> ending;

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
    this.head = head;
    this.nextVersion = head.since() + 1;
    this.chunkBytes = chunkBytes;
  }

  SnapshotHead head() {
    return head;
  }

  /**
   * A write was given.
   *
   * @return how many keys are to be read once more
   */
  int given(List<Mutation> write) {
    boolean single = write.size() == 1 && write.get(0).attributes().receipt() == null;
    if (!single && !head.everyWrite() && ending == null) {
      write.forEach(mutation -> keysAgain.add(mutation.key()));
    }
    return keysAgain.size();
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
    SnapshotChunk made = new SnapshotChunk(head, life, number() + 1, !hasNext(), mutations);
    latest = made;
    return made;
  }

  private boolean hasNext() {
    if (head.everyWrite()) {
      return nextVersion <= head.version();
    }
    if (!keys.hasNext() && keysAgain.size() > MOST_AT_ONCE && rounds < MOST_ROUNDS) {
      keys = keysAgain.iterator();
      keysAgain = new LinkedHashSet<>();
      rounds++;
    }
    return keys.hasNext() || ending().hasNext();
  }

  private @Nullable Mutation next() {
    if (head.everyWrite()) {
      nextVersion++;
      return writes.get(nextVersion - 1);
    }
    return keys.hasNext() ? newest(keys.next()) : ending().next();
  }

  private @Nullable Mutation newest(Key key) {
    Entry newest = store.newest(key);
    return newest != null && newest.version() > head.since() ? newest.toMutation(key) : null;
  }

  private Iterator<Mutation> ending() {
    Iterator<Mutation> begun = ending;
    if (begun == null) {
      List<Mutation> read = new ArrayList<>(keysAgain.size());
      for (Key key : keysAgain) {
        Mutation newest = newest(key);
        if (newest != null) {
          read.add(newest);
        }
      }
      for (Mutation receipt : store.receiptsNow()) {
        if (receipt.version() > head.since()) {
          read.add(receipt);
        }
      }
      begun = read.iterator();
      ending = begun;
      keysAgain = Set.of();
    }
    return begun;
  }
}
