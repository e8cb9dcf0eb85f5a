package io.quorate.replication;

import java.util.Optional;

/** What a follower offers to its HTTP pipeline. Any thread may call. */
public interface FollowerReplica extends Replica {

  /**
   * Whether what it holds may be read: not before it has caught up with the leader that it first
   * met, and not while a snapshot replaces it. To be asked after the reading.
   */
  boolean isLevel();

  /**
   * Where the leader wants its clients, without a slash at the end; empty when no leader has made
   * contact.
   */
  Optional<String> leaderUrl();
}
