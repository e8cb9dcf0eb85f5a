package io.quorate.replication;

import io.quorate.core.Token;
import io.quorate.core.WriteRequest;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** What a leader offers to its HTTP pipeline. Any thread may call. */
public interface LeaderReplica extends Replica {

  /** What became of a change of the settings. */
  enum Change {
    MADE,
    /** Nothing was changed: others than those that were to be replaced are in force by now. */
    OTHERS_IN_FORCE,
    /** Nothing was changed: this leadership has ended, and its settings with it. */
    NOT_LEADING
  }

  /** How many followers the configuration names. */
  int followers();

  /**
   * Why it does not lead, so that nothing may be read or written here; empty when it does. To be
   * asked after a value was read: where it is empty then, this node led when it was read.
   */
  Optional<String> obstacle();

  /**
   * Why no confirmed read may be served now, any {@link #obstacle} included; null when one may. To
   * be asked after the value was read: a leader whose lease holds then was the only one when it was
   * read, so that the value was the newest confirmed.
   */
  @Nullable String confirmedReadObstacle();

  /** The least {@code w} above 0 that is taken. */
  int minWriteQuorum();

  /**
   * Puts and deletes. The waiter is told on the leader's loop; the deadline is by {@link
   * System#nanoTime}.
   */
  void write(WriteRequest asked);

  /** What is known of a write; empty when it was never given or is forgotten. */
  CompletionStage<Optional<WriteReport>> find(Token token);

  /** The settings in force. */
  Settings settings();

  /** Replaces the settings for the next write, where {@code from} are still in force. */
  CompletionStage<Change> change(Settings from, Settings to);

  /**
   * Has another node lead in place of this one. New writes wait meanwhile.
   *
   * @param to id or URL of a follower
   * @return {@link Transition.Moved} once it leads, {@link Transition.UnknownTarget}, or {@link
   *     Transition.Refused} or {@link Transition.TimedOut}, after which this node leads on
   */
  CompletionStage<Transition> switchOver(String to, long timeoutNanos);

  /**
   * Compares all replicas, once the followers have reached the leader's last version or the time is
   * over.
   */
  CompletionStage<Convergence> convergence(long timeoutNanos);
}
