package io.quorate.core;

import org.jspecify.annotations.Nullable;

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
  private final LeaderTerms terms;
  private final Numbers numbers;
  private @Nullable Leadership newer;

  Replicator(
      Election election,
      LeaderTerms terms,
      GivenWrites writes,
      Followers followers,
      Outbox outbox,
      LeaderLimits limits,
      Numbers numbers) {
    this.election = election;
    this.terms = terms;
    this.writes = writes;
    this.followers = followers;
    this.catchUp = new CatchUp(election, writes, outbox, limits, numbers);
    this.outbox = outbox;
    this.limits = limits;
    this.numbers = numbers;
  }

  /** A write was given: hands it to all that stream. */
  void replicate(Write write) {
    for (FollowerProgress follower : followers.all()) {
      follower.given(write.mutations());
      if (follower.state != FollowerState.PROBING && follower.entered) {
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
        follower.helloNumber = numbers.next();
        follower.helloSentNanos = nowNanos;
        follower.nextHelloNanos = nowNanos + limits.helloNanos();
        outbox.hello(follower.follower, follower.helloNumber, hello(follower.life));
      }
    }
  }

  private Hello hello(@Nullable Life life) {
    return election.isWon()
        ? leading(life == null ? Life.NONE : life)
        : Hello.asking(terms.leastQuorum(), terms.leaseNanos());
  }

  private Hello leading(Life life) {
    return new Hello(
        election.leadership(),
        life,
        terms.base(),
        terms.granted(),
        terms.unclean(),
        writes.lastVersion(),
        writes.toldConfirmedVersion(),
        writes.tombstoneFloor(),
        writes.receiptFloor(),
        terms.leastQuorum(),
        terms.leaseNanos());
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
    String counted = countedAs(follower, report.life());
    if (counted != null) {
      lose(follower, nowNanos);
      follower.problem = counted;
      return;
    }
    follower.heardAt(nowNanos);
    follower.problem = null;
    String difference = difference(report.verdict());
    if (difference != null) {
      lose(follower, nowNanos);
      noteNewer(report);
      follower.problem = difference;
      return;
    }
    if (!election.isWon()) {
      follower.standing = report;
      follower.problem = report.isEmpty() ? null : report.holds();
      follower.retryNanos = limits.helloNanos();
      return;
    }
    if (!report.life().equals(follower.life)) {
      enterLife(follower, report.life(), nowNanos);
      // The next hello tells it that it is known: only then can it know when it is level.
      follower.nextHelloNanos = nowNanos;
    }
    switch (report.verdict()) {
      case ACCEPTED -> onAccepted(follower, report);
      case OTHER_LEADERSHIP -> {
        lose(follower, nowNanos);
        noteNewer(report);
        follower.problem =
            "follows another leadership, of epoch "
                + report.granted().epoch()
                + ", "
                + report.holds();
      }
      case NO_ROOM -> {
        noteLease(follower, report);
        lose(follower, nowNanos);
        follower.problem = "has no room on its disk";
      }
      case OTHER_LIFE, OTHER_SNAPSHOT, LEASED, OTHER_FLOOR, OTHER_LEASE -> lose(follower, nowNanos);
    }
  }

  /** As whom this life counts already, in words; null when as nobody else. */
  private @Nullable String countedAs(FollowerProgress follower, Life life) {
    if (life.equals(terms.life())) {
      return "is this leader itself, which is none of its followers";
    }
    FollowerProgress twin = followers.twinOf(follower, life);
    return twin == null ? null : "is the same node as " + twin.name;
  }

  /** What the follower was told otherwise than this leader, in words; null when nothing. */
  private @Nullable String difference(Report.Verdict verdict) {
    return switch (verdict) {
      case OTHER_FLOOR -> "has another MIN_WRITE_QUORUM than this leader's " + terms.leastQuorum();
      case OTHER_LEASE ->
          terms.leaseNanos() == 0
              ? "has a DATA_DIR, and this leader has none"
              : "has another LEASE_MS than this leader's "
                  + terms.leaseNanos() / 1_000_000
                  + ", or no DATA_DIR";
      default -> null;
    };
  }

  private void onAccepted(FollowerProgress follower, Report report) {
    follower.retryNanos = limits.helloNanos();
    noteLease(follower, report);
    follower.entered = report.leadership().equals(election.leadership());
    if (!follower.entered) {
      if (report.isBlank() && !mayEnter(follower, report.life())) {
        follower.problem = "has lost what it held: others have to say first that nobody else leads";
        return;
      }
      follower.state = FollowerState.CATCHING_UP;
      if (follower.snapshot == null && !catchUp.resume(follower, report)) {
        catchUp.beginEntering(follower, report, terms.isMerged(report.life()));
      }
      return;
    }
    catchUp.acknowledgeThrough(follower, report.appliedVersion());
    if (follower.state == FollowerState.PROBING) {
      follower.next = follower.acknowledged.through() + 1;
      follower.state = FollowerState.CATCHING_UP;
      catchUp.resume(follower, report);
    }
    catchUp.pump(follower);
  }

  /** With its answer it gave its word to grant nobody else an epoch for a while. */
  private static void noteLease(FollowerProgress follower, Report report) {
    if (report.counts()) {
      follower.leaseFromNanos = follower.helloSentNanos;
    }
  }

  /**
   * Whether one that lost its data may enter. It may have granted a later epoch before, to one that
   * still waits for grants: not longer than a lease, though. If others of those that would have to
   * grant it as well still follow after that time, it has come to nothing.
   */
  private boolean mayEnter(FollowerProgress follower, Life life) {
    long sinceNanos = follower.lifeSinceNanos + Lease.withMargin(terms.leaseNanos());
    return !terms.granted()
        || terms.unclean()
        || terms.isMerged(life)
        || followers.heardSince(sinceNanos, follower) >= terms.leaseFollowers(followers.size());
  }

  /** A node has granted an epoch above this leadership's: it is over, or cannot hold. */
  private void noteNewer(Report report) {
    if (election.isWon() && report.granted().epoch() > election.leadership().epoch()) {
      newer = report.granted();
    }
  }

  /** A leadership of a later epoch that some follower has granted; null when none is known. */
  @Nullable Leadership newer() {
    return newer;
  }

  /** The follower is another than it was: nothing that it acknowledged counts any more. */
  private void enterLife(FollowerProgress follower, Life life, long nowNanos) {
    writes.withdraw(follower.follower);
    follower.enterLife(life);
    follower.lifeSinceNanos = nowNanos;
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
      follower.entered = true;
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
      return report.granted().equals(election.leadership());
    }
    noteNewer(report);
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
    if (follower.snapshot != null) {
      follower.interrupted = follower.snapshot;
      follower.snapshot = null;
    }
    catchUp.openSession(follower);
  }
}
