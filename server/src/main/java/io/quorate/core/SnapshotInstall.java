package io.quorate.core;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A snapshot that a node is being sent. Until it is complete, nothing of it counts: what it shows
 * is staged here, so that of what was written together a part is never held without the rest.
 *
 * <p>Only where it replaces all that is held, there is nothing to keep, or it shows too much to
 * stage, what it shows goes <em>in place</em>, into the store, at once. Until it is complete, the
 * node is then as one that has lost what it held.
 */
final class SnapshotInstall {

  /**
   * What the node was when it began.
   *
   * @param whole whether it held all that it ever acknowledged
   * @param blank whether it had never entered an epoch
   * @param empty whether it held nothing
   */
  record Over(boolean whole, boolean blank, boolean empty) {}

  private final SnapshotHead head;
  private final boolean entering;
  private final Over over;
  private boolean inPlace;

  /** Number of the chunk that is waited for. */
  private int nextNumber;

  /** Newest version that was shown. */
  private long newestShown;

  /** What is to be put into the store when it is complete: the newest shown of each key. */
  private final Map<Key, Mutation> staged = new LinkedHashMap<>();

  /** What was shown with a receipt, and is to be kept when it is complete. */
  private final List<Mutation> stagedReceipts = new ArrayList<>();

  private long stagedBytes;

  /**
   * Of a whole snapshot: keys whose fate it decides and that it has not shown yet; what is left at
   * its end is dropped.
   */
  private final Set<Key> unseen = new HashSet<>();

  private final Set<String> receiptsShown = new HashSet<>();

  /**
   * @param entering whether what is held is of another leadership
   */
  SnapshotInstall(SnapshotHead head, Store store, boolean entering, Over over) {
    this.head = head;
    this.entering = entering;
    this.over = over;
    this.inPlace = head.isWhole() && (entering || !over.whole() || over.empty());
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

  boolean isInPlace() {
    return inPlace;
  }

  Over over() {
    return over;
  }

  /** Whether the node held all that it ever acknowledged when it began, and was not blank. */
  boolean isOverWhole() {
    return over.whole() && !over.blank();
  }

  long newestShown() {
    return newestShown;
  }

  /**
   * Whether it has nothing new any more for a node that has applied all through this version in its
   * leadership.
   */
  boolean isLate(long appliedVersion) {
    return appliedVersion >= (inPlace ? Math.max(newestShown, head.version()) : head.version());
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

  /** Keeps what is shown until it is complete; of a key that is shown again, the newer. */
  void stage(Mutation mutation) {
    stagedBytes += mutation.sizeBytes();
    if (mutation.attributes().receipt() != null) {
      stagedReceipts.add(mutation);
    }
    if (!mutation.attributes().receiptOnly()) {
      noteShown(mutation);
      staged.merge(mutation.key(), mutation, SnapshotInstall::newer);
    }
  }

  private static Mutation newer(Mutation one, Mutation other) {
    return one.token().compareTo(other.token()) > 0 ? one : other;
  }

  long stagedBytes() {
    return stagedBytes;
  }

  /**
   * Puts what is staged into the store, at one moment.
   *
   * @return what was newer than what was held
   */
  List<Mutation> putStaged(Store store) {
    List<Mutation> newer = store.applyTogether(List.copyOf(staged.values()));
    stagedReceipts.forEach(store.receipts()::add);
    staged.clear();
    stagedReceipts.clear();
    return newer;
  }

  /** What it shows goes into the store at once from now on, after what is staged. */
  void goInPlace() {
    inPlace = true;
  }

  /**
   * Puts what is shown into the store. One that replaces all does so whatever is held of other
   * leaderships, newer or not; beside others newer stays.
   *
   * @return whether it was put
   */
  boolean put(Mutation mutation, Store store) {
    Receipt receipt = mutation.attributes().receipt();
    if (receipt != null) {
      receiptsShown.add(receipt.id());
      if (replacesAll()) {
        store.receipts().put(mutation);
      } else {
        store.receipts().add(mutation);
      }
    }
    if (mutation.attributes().receiptOnly()) {
      return false;
    }
    noteShown(mutation);
    if (replacesAll()) {
      store.put(mutation);
      return true;
    }
    return store.apply(mutation);
  }

  private void noteShown(Mutation mutation) {
    unseen.remove(mutation.key());
    newestShown = Math.max(newestShown, mutation.version());
  }

  /**
   * A mutation was applied beside the snapshot: at or below its version, the snapshot decides
   * whether it stays.
   */
  void applied(Mutation mutation) {
    boolean decided = mutation.version() <= head.version() && !staged.containsKey(mutation.key());
    if (head.isWhole() && decided) {
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
