package io.quorate.core;

/**
 * The way of a client's write to the leader that this node is or follows. While the leadership is
 * being taken or handed over, the write waits here; it is never overtaken by one that asks for the
 * same. Owned by {@link Node}.
 */
final class WriteGate {

  private final Roles roles;
  private final Follower follower;
  private final HeldWrites held;

  /** Whether the leadership is being handed over. */
  private boolean closed;

  /** Whether held writes are being handed on: what comes meanwhile is held behind them. */
  private boolean releasing;

  WriteGate(Roles roles, Follower follower, LeaderLimits limits) {
    this.roles = roles;
    this.follower = follower;
    this.held = new HeldWrites(limits);
  }

  void put(WriteRequest asked, long nowNanos) {
    release(nowNanos);
    if (releasing || mustWait(asked.required(), nowNanos)) {
      held.hold(asked);
    } else {
      handOn(asked, nowNanos);
    }
  }

  /** To the leader that this node is; or to where the one that it follows is. */
  private void handOn(WriteRequest asked, long nowNanos) {
    String leaderUrl = roles.leader() == null ? follower.leaderUrl() : null;
    if (leaderUrl == null) {
      roles.put(asked, nowNanos);
    } else {
      asked.waiter().refused(Refusal.moved(leaderUrl));
    }
  }

  private boolean mustWait(int required, long nowNanos) {
    return closed || roles.isTaking(required, nowNanos);
  }

  /** Hands on those that were held and need not wait any more. */
  void release(long nowNanos) {
    if (releasing || closed || held.isEmpty()) {
      return;
    }
    releasing = true;
    try {
      held.release(write -> mustWait(write.required(), nowNanos), write -> handOn(write, nowNanos));
    } finally {
      releasing = false;
    }
  }

  /** Has what has ended deleted, unless writes wait: no delete is to overtake them. */
  void deleteEnded(long nowNanos) {
    Leader serving = roles.serving();
    if (serving != null && !closed && !releasing && held.isEmpty()) {
      serving.deleteEnded(nowNanos);
    }
  }

  /** Whatever comes is held. */
  void close() {
    closed = true;
  }

  void open() {
    closed = false;
  }

  /** Refuses those whose deadline has passed. */
  void expire(long nowNanos) {
    held.expire(nowNanos, roles.obstacle().orElse("the leadership is being handed over"));
  }
}
