package io.quorate.core;

import java.util.List;

/**
 * The one port through which the core wants other nodes to be asked. Nothing here answers at once:
 * answers come back through {@link Node#onHelloReport}, {@link Node#onAppendReport} and the like,
 * failures through {@link Node#onLost}.
 *
 * <p>Another node, a follower here, is named by its place in the list given to {@link #open}, from
 * 0. A session begins with {@link #openSession}: what was handed over in an earlier one and is not
 * sent yet is dropped, and its failures are no longer of interest.
 */
public interface Outbox {

  /** Makes links to these nodes, in session 1; those there were are closed. */
  void open(List<String> urls);

  /** Closes all links: nothing is wanted of other nodes any more. */
  void close();

  /**
   * Starts over with this follower: drops all that was handed over for it. Later calls belong to
   * {@code session}.
   */
  void openSession(int follower, long session);

  /** Asks a follower who and how far it is. At most one is under way per follower. */
  void hello(int follower, long helloNumber, Hello hello);

  /**
   * Hands a write's mutations to the follower's link, which delays them together, batches them with
   * others and sends them to {@code life}; they are never parted.
   *
   * @param write in the order of their versions, at least one
   */
  void append(int follower, Life life, List<Mutation> write);

  /** Sends a chunk of a snapshot. At most one is under way per follower. */
  void snapshot(int follower, SnapshotChunk chunk);

  /** Asks a node for its grant. At most one of these, hellos and pulls is under way per node. */
  void grant(int follower, long number, GrantRequest request);

  /** Asks a node for a part of what it holds. */
  void pull(int follower, long number, Pull pull);

  /** Asks a follower to take over the leadership. */
  void invite(int follower, Leadership leadership);
}
