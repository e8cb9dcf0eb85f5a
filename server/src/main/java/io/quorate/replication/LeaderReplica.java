package io.quorate.replication;

import io.quorate.core.Key;
import io.quorate.core.Token;
import io.quorate.core.Waiter;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** What a leader offers to its HTTP pipeline. Any thread may call. */
public interface LeaderReplica extends Replica {

  /** How many followers the configuration names. */
  int followers();

  /** Why it does not lead, so that nothing may be read or written here; empty when it does. */
  Optional<String> obstacle();

  /**
   * A put, or a delete where {@code value} is null.
   *
   * @param required follower acknowledgements that confirm it
   * @param timeoutNanos how long to wait for them, from now
   * @param waiter told how it ends, on the leader's loop
   */
  void write(Key key, byte @Nullable [] value, int required, long timeoutNanos, Waiter waiter);

  /** What is known of a write; empty when it was never given or is forgotten. */
  CompletionStage<Optional<WriteReport>> find(Token token);

  /** The settings in force. */
  Settings settings();

  /**
   * Replaces the settings for the next write; whether it did: not when others than {@code from} are
   * in force by then.
   */
  CompletionStage<Boolean> change(Settings from, Settings to);

  /**
   * Compares all replicas, once the followers have reached the leader's last version or the time is
   * over.
   */
  CompletionStage<Convergence> convergence(long timeoutNanos);
}
