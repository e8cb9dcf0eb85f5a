package io.quorate.replication;

import io.netty.buffer.ByteBuf;
import io.quorate.core.Token;
import org.jspecify.annotations.Nullable;

/** What a watch is told. */
public sealed interface WatchPart {

  /**
   * Confirmed writes in the order of their tokens, as {@link EventTexts} has them; or a piece of
   * one that is large, whose rest comes next.
   *
   * @param text the texts' own bytes, or a copy of the piece, so that it keeps no more than it
   *     shows; on the heap: a socket copies them as they are written
   */
  record Events(ByteBuf text) implements WatchPart {}

  /**
   * Nothing new, and the node is there.
   *
   * @param reached all that the watch wants through it was told
   * @param heldBack what holds the feed back, in words; null where nothing does
   */
  record Alive(Token reached, @Nullable String heldBack) implements WatchPart {}

  /**
   * The last.
   *
   * @param resume all that the watch wants through it was told
   * @param reason why it ends, one clause
   */
  record Cut(Token resume, String reason) implements WatchPart {}
}
