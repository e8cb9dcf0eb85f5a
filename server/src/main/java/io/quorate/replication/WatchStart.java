package io.quorate.replication;

import io.quorate.core.Token;

/** What becomes of the wish to watch. */
public sealed interface WatchStart {

  /**
   * The watch is open.
   *
   * @param after what is newer than this is told
   */
  record Begun(WatchStream stream, Token after) implements WatchStart {}

  /**
   * Some of what would have to be told is not held any more.
   *
   * @param oldest the oldest write that is held, or the next one where none is
   */
  record Gone(Token oldest) implements WatchStart {}
}
