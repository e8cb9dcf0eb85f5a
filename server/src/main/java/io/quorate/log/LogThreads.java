package io.quorate.log;

import io.quorate.core.StateHead;
import io.quorate.core.Store;
import java.io.IOException;

/** The threads of a log: one writes and forces it, one writes a snapshot when there is one. */
public final class LogThreads implements AutoCloseable {

  public LogThreads(Log log) {}

  /** Starts to write. After {@link Log#replay}. */
  public void start() {}

  /** {@link Log#beginSnapshot}, and writes it on a thread of its own. False: one is under way. */
  public boolean beginSnapshot(StateHead head, Store store) {
    return false;
  }

  /** Settles all that was told, ends the threads and closes the log. */
  @Override
  public void close() throws IOException {}
}
