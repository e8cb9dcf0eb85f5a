package io.quorate.core;

import java.util.HashSet;
import java.util.Set;

/** A snapshot that a node is being sent. */
final class SnapshotInstall {

  private final SnapshotHead head;

  /** Number of the chunk that is waited for. */
  private int nextNumber;

  private final boolean entering;
  private final boolean overWhole;

  /** Newest version that was shown. */
  private long newestShown;

  /**
   * Of a whole snapshot: keys whose fate it decides and that it has not shown yet; what is left at
   * its end is dropped.
   */
  private final Set<Key> unseen = new HashSet<>();

  private final Set<String> receiptsShown = new HashSet<>();

  /**
   * @param entering whether what is held is of another leadership, all of which it replaces
   * @param overWhole whether the store holds all that this node ever acknowledged, and is not blank
   */
  SnapshotInstall(SnapshotHead head, Store store, boolean entering, boolean overWhole) {
    this.head = head;
    this.entering = entering;
    this.overWhole = overWhole;
    if (head.isWhole()) {
      for (var held : store.entries()) {
        if (decidesOn(held.getValue())) {
          unseen.add(held.getKey());
        }
      }
    }
  }

  /** What is of another leadership, or at or below its version, stays only if it is shown. */
  private boolean decidesOn(Entry held) {
    return entering || held.version() <= head.version();
  }

  /** Whether nothing of what is held stays that it does not show. */
  boolean replacesAll() {
    return entering && head.isWhole();
  }

  boolean isOverWhole() {
    return overWhole;
  }

  long newestShown() {
    return newestShown;
  }

  SnapshotHead head() {
    return head;
  }

  int nextNumber() {
    return nextNumber;
  }

  boolean is(SnapshotHead other) {
    return head.leadership().equals(other.leadership()) && head.attempt() == other.attempt();
  }

  boolean awaits(SnapshotChunk chunk) {
    return is(chunk.head()) && chunk.number() == nextNumber;
  }

  boolean hasTaken(SnapshotChunk chunk) {
    return is(chunk.head()) && chunk.number() < nextNumber;
  }

  void taken(int number) {
    nextNumber = number + 1;
  }

  /**
   * Puts what is shown into the store; whether it did. A whole snapshot replaces whatever is held
   * of other leaderships, newer or not; beside that, newer stays.
   */
  boolean show(Mutation mutation, Store store) {
    Receipt receipt = mutation.attributes().receipt();
    if (receipt != null) {
      receiptsShown.add(receipt.id());
    }
    if (mutation.attributes().receiptOnly()) {
      return false;
    }
    unseen.remove(mutation.key());
    newestShown = Math.max(newestShown, mutation.version());
    if (replacesAll()) {
      store.put(mutation);
      return true;
    }
    return store.apply(mutation);
  }

  /**
   * A mutation was applied beside the snapshot: at or below its version, the snapshot decides
   * whether it stays.
   */
  void applied(Mutation mutation) {
    if (head.isWhole() && mutation.version() <= head.version()) {
      unseen.add(mutation.key());
    }
  }

  /** Ids of the receipts that it has shown. */
  Set<String> receiptsShown() {
    return receiptsShown;
  }

  /** Drops from the store what the snapshot, now complete, did not show. */
  void dropUnseen(Store store) {
    for (Key key : unseen) {
      Entry held = store.newest(key);
      if (held != null && decidesOn(held)) {
        store.remove(key, held.epoch(), held.version());
      }
    }
  }
}
