package io.quorate.core;

import java.util.List;

/**
 * Hands a follower what it lacks, from the backlog or by a snapshot, and counts what it
 * acknowledges.
 */
final class CatchUp {

  private final Election election;
  private final GivenWrites writes;
  private final Outbox outbox;
  private final LeaderLimits limits;
  private final Numbers numbers;

  CatchUp(
      Election election, GivenWrites writes, Outbox outbox, LeaderLimits limits, Numbers numbers) {
    this.election = election;
    this.writes = writes;
    this.outbox = outbox;
    this.limits = limits;
    this.numbers = numbers;
  }

  /** Hands to the link what the follower lacks, as far as its window reaches. */
  void pump(FollowerProgress follower) {
    Backlog backlog = writes.backlog();
    while (follower.next <= backlog.last() && hasRoom(follower)) {
      List<Mutation> write = writes.kept(follower.next);
      if (write == null) {
        beginSnapshot(follower);
        return;
      }
      if (!follower.acknowledged.contains(follower.next)) {
        outbox.append(follower.follower, lifeOf(follower), write);
      }
      follower.next += write.size();
    }
    long behind = backlog.last() + 1 - follower.next;
    if (behind == 0 && follower.snapshot == null) {
      follower.state = FollowerState.STREAMING;
    } else if (behind >= limits.windowVersions()) {
      follower.state = FollowerState.CATCHING_UP;
    }
  }

  /**
   * Whether one more may be handed over. Bytes are known of what the backlog keeps: where it has
   * dropped some of the window, the window waits.
   */
  private boolean hasRoom(FollowerProgress follower) {
    Backlog backlog = writes.backlog();
    long inFlight = follower.inFlight();
    return inFlight == 0
        || (inFlight < limits.windowVersions()
            && follower.base() + 1 >= backlog.first()
            && backlog.bytesBetween(follower.base(), follower.next - 1) < limits.windowBytes());
  }

  /** Drops what is on its way to the follower, a question included. */
  void openSession(FollowerProgress follower) {
    follower.helloUnderWay = false;
    follower.helloNumber = numbers.next();
    follower.session++;
    outbox.openSession(follower.follower, follower.session);
  }

  /**
   * Starts to send what the follower lacks to enter this leadership's epoch: what is newer than the
   * version through which both hold the same, write by write where the history has it all; or
   * everything.
   */
  void beginEntering(FollowerProgress follower, Report report, boolean merged) {
    NodeState state = writes.state();
    long since = state.commonVersion(report, merged);
    beginSnapshot(follower, since, since > 0 && state.history().holdsAllAfter(since));
  }

  /**
   * Starts to send what has left the backlog, or the whole store where deletes have been forgotten
   * that the follower may lack.
   */
  private void beginSnapshot(FollowerProgress follower) {
    beginSnapshot(follower, withDeletes(follower.acknowledged.through()), false);
  }

  /** The version since which a difference shows every delete; 0 where none does. */
  private long withDeletes(long since) {
    return writes.state().collected() <= since ? since : 0;
  }

  /**
   * Writes given from now on go to the follower beside the snapshot, or after it if with it it
   * enters the epoch; what was handed over before is in the snapshot.
   */
  private void beginSnapshot(FollowerProgress follower, long since, boolean everyWrite) {
    openSession(follower);
    follower.state = FollowerState.CATCHING_UP;
    follower.interrupted = null;
    follower.snapshotAttempts++;
    NodeState state = writes.state();
    SnapshotHead head =
        new SnapshotHead(
            election.leadership(),
            follower.snapshotAttempts,
            writes.lastVersion(),
            since,
            state.collected(),
            state.reign(),
            everyWrite);
    SnapshotReader snapshot = new SnapshotReader(state, head, limits.chunkBytes());
    follower.snapshot = snapshot;
    follower.next = follower.base() + 1;
    sendNextChunk(follower, snapshot);
  }

  /**
   * Goes on with the snapshot that was under way when the last session ended, if the follower still
   * waits for the rest and no delete was forgotten meanwhile that the rest would have to show.
   *
   * @return whether it does
   */
  boolean resume(FollowerProgress follower, Report report) {
    SnapshotReader snapshot = follower.interrupted;
    follower.interrupted = null;
    if (snapshot == null
        || report.install().attempt() != snapshot.head().attempt()
        || writes.tombstoneFloor() > snapshot.tombstonesNeededAbove()) {
      return false;
    }
    int awaited = report.install().nextNumber();
    if (awaited == snapshot.number()) {
      follower.snapshot = snapshot;
      outbox.snapshot(follower.follower, snapshot.again(lifeOf(follower)));
    } else if (awaited == snapshot.number() + 1) {
      follower.snapshot = snapshot;
      sendNextChunk(follower, snapshot);
    } else {
      return false;
    }
    follower.next = Math.max(follower.next, follower.base() + 1);
    return true;
  }

  /** Begins anew, with the newest of each key, where the history has lost what is next. */
  void sendNextChunk(FollowerProgress follower, SnapshotReader snapshot) {
    if (snapshot.isLost()) {
      beginSnapshot(follower, withDeletes(snapshot.head().since()), false);
      return;
    }
    outbox.snapshot(follower.follower, snapshot.nextChunk(lifeOf(follower)));
  }

  /** All versions from {@code first} to {@code last}, as far as they are given and news. */
  void acknowledge(FollowerProgress follower, long first, long last) {
    VersionSet acknowledged = follower.acknowledged;
    long end = Math.min(last, writes.lastVersion());
    for (long version = Math.max(first, acknowledged.through() + 1); version <= end; version++) {
      if (acknowledged.add(version)) {
        writes.acknowledge(follower.follower, version);
      }
    }
    follower.next = Math.max(follower.next, acknowledged.through() + 1);
  }

  /** Lower than before is a late answer and changes nothing. */
  void acknowledgeThrough(FollowerProgress follower, long version) {
    long before = follower.acknowledged.through();
    if (version <= before || version > writes.lastVersion()) {
      return;
    }
    follower.acknowledged.addThrough(version);
    follower.next = Math.max(follower.next, follower.acknowledged.through() + 1);
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
