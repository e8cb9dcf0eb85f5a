package io.quorate.core;

import java.util.HashSet;
import java.util.Set;

/** A snapshot that a follower is being sent. */
final class SnapshotInstall {

  private final long attempt;
  private final long version;

  /** Number of the chunk that is waited for. */
  private int nextNumber;

  /**
   * Keys held at or below the snapshot's version that it has not shown yet; what is left at its end
   * is dropped.
   */
  private final Set<Key> unseen = new HashSet<>();

  /** Begins with chunk 0 of the attempt. */
  SnapshotInstall(SnapshotChunk first, Store store) {
    this.attempt = first.attempt();
    this.version = first.version();
    for (var held : store.entries()) {
      if (held.getValue().version() <= version) {
        unseen.add(held.getKey());
      }
    }
  }

  long attempt() {
    return attempt;
  }

  long version() {
    return version;
  }

  boolean awaits(SnapshotChunk chunk) {
    return chunk.attempt() == attempt && chunk.number() == nextNumber;
  }

  boolean hasTaken(SnapshotChunk chunk) {
    return chunk.attempt() == attempt && chunk.number() < nextNumber;
  }

  void take(SnapshotChunk chunk) {
    nextNumber++;
    for (Mutation mutation : chunk.mutations()) {
      unseen.remove(mutation.key());
    }
  }

  /**
   * A mutation was applied beside the snapshot: at or below its version, the snapshot decides
   * whether it stays.
   */
  void applied(Mutation mutation) {
    if (mutation.version() <= version) {
      unseen.add(mutation.key());
    }
  }

  /** Drops from the store what the snapshot, now complete, did not show. */
  void dropUnseen(Store store) {
    for (Key key : unseen) {
      Entry held = store.newest(key);
      if (held != null && held.version() <= version) {
        store.remove(key, held.epoch(), held.version());
      }
    }
  }
}
