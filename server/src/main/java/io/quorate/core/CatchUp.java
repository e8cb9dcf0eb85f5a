package io.quorate.core;

/**
 * Hands a follower what it lacks, from the backlog or by a snapshot, and counts what it
 * acknowledges.
 */
final class CatchUp {

  private final Election election;
  private final GivenWrites writes;
  private final Outbox outbox;
  private final LeaderLimits limits;

  CatchUp(Election election, GivenWrites writes, Outbox outbox, LeaderLimits limits) {
    this.election = election;
    this.writes = writes;
    this.outbox = outbox;
    this.limits = limits;
  }

  /** Hands to the link what the follower lacks, as far as its window reaches. */
  void pump(FollowerProgress follower) {
    Backlog backlog = writes.backlog();
    while (follower.next <= backlog.last() && hasRoom(follower)) {
      Write write = backlog.get(follower.next);
      if (write == null) {
        beginSnapshot(follower);
        return;
      }
      if (!follower.acknowledged.contains(follower.next)) {
        outbox.append(follower.follower, lifeOf(follower), write.mutation());
      }
      follower.next++;
    }
    long behind = backlog.last() + 1 - follower.next;
    if (behind == 0 && follower.snapshot == null) {
      follower.state = FollowerState.STREAMING;
    } else if (behind >= limits.windowVersions()) {
      follower.state = FollowerState.CATCHING_UP;
    }
  }

  private boolean hasRoom(FollowerProgress follower) {
    return follower.inFlight() < limits.windowVersions()
        && writes.backlog().bytesBetween(follower.base(), follower.next - 1) < limits.windowBytes();
  }

  /** Starts to send the whole store. Writes given from now on go to the follower beside it. */
  private void beginSnapshot(FollowerProgress follower) {
    follower.state = FollowerState.CATCHING_UP;
    follower.snapshotAttempts++;
    SnapshotReader snapshot =
        new SnapshotReader(
            writes.store(), follower.snapshotAttempts, writes.lastVersion(), limits.chunkBytes());
    follower.snapshot = snapshot;
    follower.next = snapshot.version() + 1;
    sendNextChunk(follower, snapshot);
  }

  void sendNextChunk(FollowerProgress follower, SnapshotReader snapshot) {
    outbox.snapshot(follower.follower, snapshot.nextChunk(election.leadership(), lifeOf(follower)));
  }

  void acknowledge(FollowerProgress follower, long version) {
    if (version <= writes.lastVersion() && follower.acknowledged.add(version)) {
      writes.acknowledge(follower.follower, version);
    }
  }

  /** Lower than before is a late answer and changes nothing. */
  void acknowledgeThrough(FollowerProgress follower, long version) {
    long before = follower.acknowledged.through();
    if (version <= before || version > writes.lastVersion()) {
      return;
    }
    follower.acknowledged.addThrough(version);
    follower.next = Math.max(follower.next, version + 1);
    writes.acknowledgeBetween(follower.follower, before, version);
  }

  private static Life lifeOf(FollowerProgress follower) {
    Life life = follower.life;
    if (life == null) {
      throw new IllegalStateException(follower.name + " was never met");
    }
    return life;
  }
}
