package io.quorate.replication;

import io.netty.buffer.ByteBuf;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** What a follower offers to its HTTP pipeline. Any thread may call. */
public interface FollowerReplica extends Replica {

  /**
   * Whether what it holds may be read: not before it has caught up with the leader that it first
   * met.
   */
  boolean isLevel();

  /**
   * Where the leader wants its clients, without a slash at the end; empty when no leader has made
   * contact.
   */
  Optional<String> leaderUrl();

  /**
   * A request of the leader.
   *
   * @param path what follows {@code /v1/replication/}
   * @param body the whole body; released by this method
   * @return the answer, whose body the caller releases
   */
  CompletionStage<ReplicationAnswer> onReplication(String path, ByteBuf body);

  /**
   * An answer to the leader.
   *
   * @param status HTTP status
   * @param body in the format of {@link ReplicationFormat}; empty where the status says it all
   */
  record ReplicationAnswer(int status, ByteBuf body) {}
}
