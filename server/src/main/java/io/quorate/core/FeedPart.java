package io.quorate.core;

import java.util.List;

/**
 * What a watch is told at a time.
 *
 * @param kind whether there may be more
 * @param events confirmed writes, in their order, for {@link Feed#read}; only of {@link Kind#MORE}
 *     any
 * @param reached all that the watch wants through it has been told; of {@link Kind#LOST} as before
 */
public record FeedPart(Kind kind, List<Token> events, Token reached) {

  /** Whether there may be more. */
  public enum Kind {
    /** Events or none: what comes behind was not looked at yet. */
    MORE,
    /** No events: all that is confirmed was looked at. */
    LEVEL,
    /** No events: this node does not hold all that came behind any more. */
    LOST
  }
}
