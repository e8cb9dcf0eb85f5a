package io.quorate.replication;

import io.netty.buffer.ByteBuf;
import io.quorate.core.Key;
import io.quorate.core.Reached;
import io.quorate.core.Store;
import io.quorate.core.Token;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a node of either role offers to its HTTP pipeline. Any thread may call; stages complete on
 * whichever thread.
 */
public interface Replica {

  /** What this node holds, to be read directly. */
  Store store();

  /** Reads the store while nothing is changed in it; to be brief. */
  <T> CompletionStage<T> still(Function<Store, T> read);

  CompletionStage<NodeStatus> status();

  /** What is measured of this node, to be shown beside its status. */
  CompletionStage<Measures> measures();

  /** Computed from the stored bytes now, on a thread of its own. */
  CompletionStage<StoreDigest> digest();

  /** How long a request waits that does not say. */
  long defaultTimeoutNanos();

  /**
   * Waits until this node has all through the version: a leader has it confirmed, or all through
   * it, a follower has applied all through it. Cancelled where nobody wants to know any more.
   */
  CompletableFuture<Reached> awaitVersion(Token token, long timeoutNanos);

  /**
   * Has a client told of confirmed writes as they come.
   *
   * @param after what is newer is told; null for what nobody was told yet
   * @param prefix of the keys
   * @param heartbeatNanos it is told that the node is there after so much silence
   * @param texts what it is told; the same for all watches of a node
   */
  CompletionStage<WatchStart> watch(
      @Nullable Token after, Key prefix, long heartbeatNanos, EventTexts texts);

  /** Why this node is not ready to serve; empty when it is. */
  Optional<String> unready();

  /**
   * A request of another node.
   *
   * @param path what follows {@code /v1/replication/}
   * @param body the whole body; released by this method
   * @return the answer, whose body the caller releases
   */
  CompletionStage<ReplicationAnswer> onReplication(String path, ByteBuf body);

  /**
   * Has this node become the leader.
   *
   * @param force whether to go on with too few grants, so that confirmed writes may be lost
   * @return {@link Transition.Done} once it serves, {@link Transition.Refused}, also where it leads
   *     already, or {@link Transition.TimedOut}
   */
  CompletionStage<Transition> promote(boolean force, long timeoutNanos);

  /** All that this node holds at one version, as a snapshot file, which is still to be begun. */
  SnapshotStream snapshot();

  /**
   * Alters a stored value behind replication's back, for tests alone; whether there was one to
   * alter.
   */
  CompletionStage<Boolean> alter(Key key, Alteration alteration);

  /**
   * An answer to another node.
   *
   * @param status HTTP status
   * @param body in the format of {@link ReplicationFormat}; empty where the status says it all
   */
  record ReplicationAnswer(int status, ByteBuf body) {}

  /** What {@link #alter} does. */
  enum Alteration {
    BYTE,
    VERSION
  }
}
