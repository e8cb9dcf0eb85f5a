package io.quorate.replication;

import io.quorate.core.Mutation;
import io.quorate.core.Token;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a watch is told. */
public sealed interface WatchPart {

  /** Confirmed writes in the order of their tokens; at least one. */
  record Events(List<Mutation> events) implements WatchPart {}

  /**
   * Nothing new, and the node is there.
   *
   * @param heldBack what holds the feed back, in words; null where nothing does
   */
  record Alive(@Nullable String heldBack) implements WatchPart {}

  /**
   * The last.
   *
   * @param resume all that the watch wants through it was told
   * @param reason why it ends, one clause
   */
  record Cut(Token resume, String reason) implements WatchPart {}
}
