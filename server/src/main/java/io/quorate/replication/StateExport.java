package io.quorate.replication;

import io.netty.channel.EventLoop;
import io.quorate.core.Leader;
import io.quorate.core.Node;
import io.quorate.core.NodeState;
import io.quorate.core.Reign;
import io.quorate.core.StateHead;
import io.quorate.log.SnapshotFile;

/** What this node holds, as snapshots for whoever asks for them. Owned by the core's loop. */
final class StateExport {

  /** Least that may change while a snapshot is read. */
  private static final long LEAST_CHANGED_BYTES = 64L << 20;

  private final EventLoop loop;
  private final Node core;
  private final int leastQuorum;
  private final StateMoments moments;
  private final Background background = new Background("snapshot");

  /**
   * @param leastQuorum that this node's cluster takes
   */
  StateExport(EventLoop loop, Node core, int leastQuorum) {
    this.loop = loop;
    this.core = core;
    this.leastQuorum = leastQuorum;
    this.moments = new StateMoments(loop, this::isAtOneVersion);
  }

  /** One that is not begun. Any thread may call. */
  SnapshotStream stream() {
    long limitBytes = Math.max(LEAST_CHANGED_BYTES, Runtime.getRuntime().maxMemory() / 8);
    return new StateStream(loop, background, moments, core.store(), this::head, limitBytes);
  }

  /** To be called whenever the state may have changed, and every few milliseconds. */
  void look(long nowNanos) {
    moments.look(nowNanos);
  }

  /** Whoever waits for a moment to begin at has waited in vain. */
  void stop(long nowNanos) {
    moments.stop(nowNanos);
  }

  /**
   * Whether all through the last version that was seen is there and nothing else. A leader gives
   * its versions itself, and entered its epoch with all through its base; one that does not serve
   * yet may hold less than others. What a follower lacks below the last version would be taken for
   * applied by whoever begins an epoch with what it holds.
   */
  private boolean isAtOneVersion() {
    NodeState state = core.state();
    Leader leader = core.leader();
    if (leader != null) {
      return leader.obstacle().isEmpty();
    }
    return core.isLevel() && state.isWhole() && core.appliedVersion() == core.lastVersion();
  }

  /**
   * A state that is restored belongs to no cluster yet, and its role is for the operator to say.
   */
  private SnapshotFile.Head head() {
    StateHead head = core.state().head();
    Reign reign = head.reign();
    Reign anyones =
        new Reign(reign.leadership(), reign.base(), false, reign.unclean(), reign.ancestors());
    return new SnapshotFile.Head(
        core.life().incarnation(),
        leastQuorum,
        0,
        new StateHead(
            anyones,
            head.granted(),
            head.lastVersion(),
            head.appliedVersion(),
            head.appliedAbove(),
            head.tombstoneFloor(),
            head.whole(),
            null));
  }
}
