package io.quorate.core;

/**
 * The one port through which the leader's core wants things done. Nothing here answers at once:
 * answers come back through {@link Leader#onHelloReport}, {@link Leader#onAppendReport}, {@link
 * Leader#onSnapshotReport} and {@link Leader#onLost}.
 *
 * <p>A follower is named by its place in the configuration, from 0. A session begins with {@link
 * #openSession}: what was handed over in an earlier one and is not sent yet is dropped, and its
 * failures are no longer of interest.
 */
public interface Outbox {

  /**
   * Starts over with this follower: drops all that was handed over for it. Later calls belong to
   * {@code session}.
   */
  void openSession(int follower, long session);

  /** Asks a follower who and how far it is. At most one is under way per follower. */
  void hello(int follower, long helloNumber, Hello hello);

  /**
   * Hands a mutation to the follower's link, which delays it, batches it and sends it to {@code
   * life}.
   */
  void append(int follower, Life life, Mutation mutation);

  /** Sends a chunk of a snapshot. At most one is under way per follower. */
  void snapshot(int follower, SnapshotChunk chunk);
}
