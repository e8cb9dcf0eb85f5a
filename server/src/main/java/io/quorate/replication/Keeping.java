package io.quorate.replication;

import io.quorate.core.NodeState;
import io.quorate.log.Fsync;
import io.quorate.log.Log;
import io.quorate.log.LogCounts;
import io.quorate.log.LogThreads;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * What of a node outlives its process: its log, or nothing. Its snapshots are begun from the node's
 * loop, which owns the state.
 *
 * @param log null where everything is in memory
 * @param threads of the log
 * @param fsync when the log is forced; null where there is none
 */
public record Keeping(@Nullable Log log, @Nullable LogThreads threads, @Nullable Fsync fsync) {

  /** Everything is in memory. */
  public static final Keeping NOTHING = new Keeping(null, null, null);

  boolean isDurable() {
    return log != null;
  }

  /** Begins a snapshot where the log has grown long and nothing stands in the way. */
  void tick(NodeState state) {
    if (log != null && threads != null && log.snapshotDue() && !state.isInstalling()) {
      threads.beginSnapshot(state.head(), state.store());
    }
  }

  NodeStatus.Durability status() {
    if (log == null || fsync == null) {
      return NodeStatus.Durability.NONE;
    }
    LogCounts counts = log.counts();
    return new NodeStatus.Durability(
        true, fsync.toString(), fsync.mayLose(), counts.logBytes(), counts.snapshotVersion());
  }

  /** Null where everything is in memory. On the node's loop. */
  Measures.@Nullable OfLog measures() {
    return log == null ? null : new Measures.OfLog(log.counts(), log.roomBytes());
  }

  /** Settles all that was told. Blocks. */
  public void close() throws IOException {
    if (threads != null) {
      threads.close();
    }
  }
}
