package io.quorate.core;

import java.util.List;

/**
 * What a node must not forget, in the order in which it came about. Whoever keeps a journal is told
 * each thing once; told again in the same order, the things make the node's state again.
 */
public interface Journal {

  /**
   * The mutation was applied: put into the store, if it was newer than what was held of its key,
   * and its receipt kept, if it has one.
   */
  void stored(Mutation mutation);

  /** The mutations of one write were applied, as one. */
  void storedTogether(List<Mutation> write);

  /** The version counts as applied, and nothing was stored: something newer of its key is held. */
  void skipped(long version);

  /** From now on this node refuses every epoch below this leadership's. */
  void granted(Leadership leadership);

  /** Tombstones at or below it are gone. */
  void collected(long tombstoneFloor);

  /** A snapshot began to arrive; one that had begun before is given up. */
  void installBegun(SnapshotHead head);

  /** The snapshot that is arriving shows this of a key. */
  void shown(Mutation mutation);

  /** What the snapshot that is arriving has shown and shows goes into the store at once. */
  void wentInPlace();

  /** All of the chunk with this number was shown. */
  void chunkTaken(int number);

  /** The snapshot that was arriving is complete, and what it did not show is gone. */
  void installed();

  /** This node has entered an epoch: its state through the base is exactly its leader's. */
  void entered(Reign entered);

  /** Who the nodes of the cluster are. */
  void membership(Membership membership);
}
