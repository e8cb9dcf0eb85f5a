package io.quorate.core;

/**
 * Brings every follower level and keeps it so: finds out who it is, hands it what it lacks from the
 * backlog or by a snapshot, and counts what it acknowledges for the life that acknowledged it.
 *
 * <pre>
 *            accepted hello                 all given handed over
 *  PROBING ------------------> CATCHING_UP ----------------------> STREAMING
 *     ^                            |   ^                               |
 *     |   lost, other life, other  |   |  fell behind by a window,     |
 *     +----- leadership -----------+   +---- or off the backlog -------+
 * </pre>
 */
final class Replicator {

  private final Election election;
  private final GivenWrites writes;
  private final Followers followers;
  private final CatchUp catchUp;
  private final Outbox outbox;
  private final LeaderLimits limits;

  Replicator(
      Election election,
      GivenWrites writes,
      Followers followers,
      Outbox outbox,
      LeaderLimits limits) {
    this.election = election;
    this.writes = writes;
    this.followers = followers;
    this.catchUp = new CatchUp(election, writes, outbox, limits);
    this.outbox = outbox;
    this.limits = limits;
  }

  /** A write was given: hands it to all that stream. */
  void replicate() {
    for (FollowerProgress follower : followers.all()) {
      if (follower.state != FollowerState.PROBING) {
        catchUp.pump(follower);
      }
    }
  }

  void tick(long nowNanos) {
    for (FollowerProgress follower : followers.all()) {
      if (follower.state != FollowerState.PROBING
          && follower.isSilent(nowNanos, limits.linkTimeoutNanos())) {
        lose(follower, nowNanos);
      }
      if (!follower.helloUnderWay && nowNanos >= follower.nextHelloNanos) {
        follower.helloUnderWay = true;
        follower.helloNumber++;
        follower.nextHelloNanos = nowNanos + limits.helloNanos();
        outbox.hello(follower.follower, follower.helloNumber, hello());
      }
    }
  }

  private Hello hello() {
    return new Hello(
        election.leadership(),
        writes.lastVersion(),
        writes.confirmedVersion(),
        writes.tombstoneFloor());
  }

  /** Says hello to all at the next tick, whatever was asked before: the leadership has begun. */
  void helloAll(long nowNanos) {
    for (FollowerProgress follower : followers.all()) {
      follower.nextHelloNanos = nowNanos;
      startOver(follower);
    }
  }

  void onHelloReport(int index, long helloNumber, Report report, long nowNanos) {
    FollowerProgress follower = followers.get(index);
    if (!follower.helloUnderWay || follower.helloNumber != helloNumber) {
      return;
    }
    follower.helloUnderWay = false;
    if (follower.hasLeft(report.life())) {
      lose(follower, nowNanos);
      return;
    }
    FollowerProgress twin = followers.twinOf(follower, report.life());
    if (twin != null) {
      lose(follower, nowNanos);
      follower.problem = "is the same node as " + twin.name;
      return;
    }
    follower.heardAt(nowNanos);
    follower.problem = null;
    if (!election.isWon()) {
      follower.standing = report;
      follower.problem = report.isEmpty() ? null : report.holds();
      follower.retryNanos = limits.helloNanos();
      return;
    }
    if (!report.life().equals(follower.life)) {
      enterLife(follower, report.life());
    }
    switch (report.verdict()) {
      case ACCEPTED -> onAccepted(follower, report);
      case OTHER_LEADERSHIP -> {
        lose(follower, nowNanos);
        follower.problem =
            "follows another leadership, of epoch "
                + report.leadership().epoch()
                + ", "
                + report.holds();
      }
      case OTHER_LIFE, OTHER_SNAPSHOT -> lose(follower, nowNanos);
    }
  }

  private void onAccepted(FollowerProgress follower, Report report) {
    follower.retryNanos = limits.helloNanos();
    catchUp.acknowledgeThrough(follower, report.appliedVersion());
    if (follower.state == FollowerState.PROBING) {
      follower.next = follower.acknowledged.through() + 1;
      follower.state = FollowerState.CATCHING_UP;
    }
    catchUp.pump(follower);
  }

  /** The follower is another than it was: nothing that it acknowledged counts any more. */
  private void enterLife(FollowerProgress follower, Life life) {
    writes.withdraw(follower.follower);
    follower.enterLife(life);
    startOver(follower);
  }

  void onAppendReport(int index, Report report, long nowNanos) {
    FollowerProgress follower = followers.get(index);
    if (!isBelieved(follower, report, nowNanos)) {
      return;
    }
    follower.heardAt(nowNanos);
    VersionRanges acknowledged = report.acknowledged();
    for (int range = 0; range < acknowledged.size(); range++) {
      catchUp.acknowledge(follower, acknowledged.first(range), acknowledged.last(range));
    }
    catchUp.acknowledgeThrough(follower, report.appliedVersion());
    if (follower.state != FollowerState.PROBING) {
      catchUp.pump(follower);
    }
  }

  void onSnapshotReport(int index, SnapshotChunk chunk, Report report, long nowNanos) {
    FollowerProgress follower = followers.get(index);
    SnapshotReader snapshot = follower.snapshot;
    if (snapshot == null || !snapshot.isLatest(chunk) || !isBelieved(follower, report, nowNanos)) {
      return;
    }
    follower.heardAt(nowNanos);
    if (chunk.last()) {
      follower.snapshot = null;
      catchUp.acknowledgeThrough(follower, report.appliedVersion());
      catchUp.pump(follower);
    } else {
      catchUp.sendNextChunk(follower, snapshot);
    }
  }

  /**
   * Whether a report counts; one that shows the follower to be another, or elsewhere, makes the
   * leader ask again.
   */
  private boolean isBelieved(FollowerProgress follower, Report report, long nowNanos) {
    if (follower.hasLeft(report.life())) {
      return false;
    }
    boolean sameLife = report.life().equals(follower.life);
    if (sameLife && report.verdict() == Report.Verdict.ACCEPTED) {
      return true;
    }
    boolean late = sameLife && report.verdict() == Report.Verdict.OTHER_LIFE;
    if (!late && follower.state != FollowerState.PROBING) {
      lose(follower, nowNanos);
    }
    return false;
  }

  void onLost(int index, long session, long nowNanos) {
    FollowerProgress follower = followers.get(index);
    if (session == follower.session) {
      lose(follower, nowNanos);
    }
  }

  private void lose(FollowerProgress follower, long nowNanos) {
    follower.nextHelloNanos = nowNanos + follower.retryNanos;
    follower.retryNanos = Math.min(2 * follower.retryNanos, limits.helloMaxNanos());
    follower.standing = null;
    follower.problem = null;
    startOver(follower);
  }

  private void startOver(FollowerProgress follower) {
    follower.state = FollowerState.PROBING;
    follower.snapshot = null;
    catchUp.openSession(follower);
  }
}
