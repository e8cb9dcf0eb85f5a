package io.quorate.replication;

import io.quorate.core.Key;
import io.quorate.core.Store;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * What a node of either role offers to its HTTP pipeline. Any thread may call; stages complete on
 * whichever thread.
 */
public interface Replica {

  /** What this node holds, to be read directly. */
  Store store();

  CompletionStage<NodeStatus> status();

  /** Computed from the stored bytes now, on a thread of its own. */
  CompletionStage<StoreDigest> digest();

  /** Why this node is not ready to serve; empty when it is. */
  Optional<String> unready();

  /**
   * Alters a stored value behind replication's back, for tests alone; whether there was one to
   * alter.
   */
  CompletionStage<Boolean> alter(Key key, Alteration alteration);

  /** What {@link #alter} does. */
  enum Alteration {
    BYTE,
    VERSION
  }
}
