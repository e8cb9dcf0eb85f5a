package io.quorate.replication;

import java.util.concurrent.CompletionStage;

/**
 * A watch that is open. It keeps nothing but its place: what comes next is read from the node's
 * history when it is asked for. One reader, whose calls of {@link #next} do not overlap. Calls may
 * come from any thread.
 */
public interface WatchStream {

  /**
   * The next part, when there is one; none is asked for after {@link WatchPart.Cut}, nor after a
   * failure. It fails with {@link BrokenOffException} in the middle of an event whose rest is not
   * held any more.
   */
  CompletionStage<WatchPart> next();

  /** It is to end: what is told next is {@link WatchPart.Cut}. */
  void end(String reason);

  /** Nobody takes anything any more; a part that is outstanding may never come. */
  void close();
}
