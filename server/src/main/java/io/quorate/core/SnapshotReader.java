package io.quorate.core;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * Reads the leader's store chunk by chunk while writes go on. A key changed meanwhile is read as it
 * is when it is reached, which may be newer than the snapshot's version and never older.
 */
final class SnapshotReader {

  private final Store store;
  private final Iterator<Key> keys;
  private final long attempt;
  private final long version;
  private final int chunkBytes;

  /** Number of the chunk that was made last; -1 before the first. */
  private int number = -1;

  SnapshotReader(Store store, long attempt, long version, int chunkBytes) {
    this.store = store;
    this.keys = store.keyIterator();
    this.attempt = attempt;
    this.version = version;
    this.chunkBytes = chunkBytes;
  }

  /** The snapshot's version. */
  long version() {
    return version;
  }

  /** Whether an answer with these numbers is about the chunk that was made last. */
  boolean isLatest(SnapshotChunk chunk) {
    return chunk.attempt() == attempt && chunk.number() == number;
  }

  SnapshotChunk nextChunk(Leadership leadership, Life life) {
    List<Mutation> mutations = new ArrayList<>();
    int bytes = 0;
    while (bytes < chunkBytes && keys.hasNext()) {
      Key key = keys.next();
      Entry newest = store.newest(key);
      if (newest != null) {
        Mutation mutation = newest.toMutation(key);
        mutations.add(mutation);
        bytes += mutation.sizeBytes();
      }
    }
    number++;
    return new SnapshotChunk(
        leadership, life, attempt, number, version, !keys.hasNext(), mutations);
  }
}
