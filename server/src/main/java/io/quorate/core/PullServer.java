package io.quorate.core;

import org.jspecify.annotations.Nullable;

/** Sends what this node holds to the one that has its grant, chunk by chunk. */
final class PullServer {

  private final NodeState state;
  private final Life life;
  private final int chunkBytes;
  private Leadership candidate = Leadership.NONE;
  private @Nullable SnapshotReader reader;

  PullServer(NodeState state, Life life, int chunkBytes) {
    this.state = state;
    this.life = life;
    this.chunkBytes = chunkBytes;
  }

  /** The chunk that is asked for; null when it is not to be had. */
  @Nullable SnapshotChunk answer(Pull pull) {
    if (!pull.life().equals(life) || !pull.leadership().equals(state.granted())) {
      return null;
    }
    SnapshotReader present = reader;
    boolean another =
        present == null
            || !candidate.equals(pull.leadership())
            || present.head().attempt() != pull.attempt();
    if (another) {
      if (pull.number() != 0) {
        return null;
      }
      present = new SnapshotReader(state, head(pull), chunkBytes);
      candidate = pull.leadership();
      reader = present;
    }
    if (present == null) {
      return null;
    }
    if (pull.number() == present.number()) {
      return present.again(life);
    }
    return pull.number() == present.number() + 1 ? present.nextChunk(life) : null;
  }

  private SnapshotHead head(Pull pull) {
    long since = state.collected() <= pull.since() ? pull.since() : 0;
    // What was applied early is not in the history.
    boolean everyWrite =
        since > 0
            && state.history().holdsAllAfter(since)
            && state.lastVersion() == state.applied().through();
    return new SnapshotHead(
        state.reign().leadership(),
        pull.attempt(),
        state.applied().through(),
        since,
        state.collected(),
        state.reign(),
        everyWrite);
  }
}
