package io.quorate.core;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Has nodes grant an epoch to one that wants to lead: first whoever leads now, so that nobody
 * counts on a lease any more; then the candidate itself; then, once that is on its disk, the
 * others. Owned by {@link Candidacy}.
 */
final class Granting {

  private final CandidacyTerms terms;
  private final Leadership candidate;
  private final Electorate electorate;
  private final Follower self;
  private final Settling settling;
  private final Outbox outbox;
  private final long againNanos;

  /** A leadership whose leader has granted this one's epoch. */
  private Leadership released = Leadership.NONE;

  private boolean selfGranted;
  private boolean selfSettled;
  private boolean leased;
  private boolean ignoredLease;

  /** Why it has come to nothing; null as long as it has not. */
  private @Nullable String failure;

  /**
   * @param againNanos how long until one that refused is asked again
   */
  Granting(
      CandidacyTerms terms,
      Leadership candidate,
      Electorate electorate,
      Follower self,
      Settling settling,
      Outbox outbox,
      long againNanos) {
    this.terms = terms;
    this.candidate = candidate;
    this.electorate = electorate;
    this.self = self;
    this.settling = settling;
    this.outbox = outbox;
    this.againNanos = againNanos;
  }

  /** Asks those that have to be asked now. */
  void request(long nowNanos) {
    Peer leader = electorate.leader();
    if (leader != null && isAwaited(leader)) {
      request(leader, nowNanos);
      return;
    }
    if (!selfGranted) {
      grantSelf(nowNanos);
    }
    if (selfSettled) {
      electorate.peers().forEach(peer -> request(peer, nowNanos));
    }
  }

  /** Whether it has not answered, or is to be asked again once a lease that it gave is over. */
  private static boolean isAwaited(Peer peer) {
    boolean open = peer.grant == null || peer.grant.verdict() == Report.Verdict.LEASED;
    return open && !peer.failed;
  }

  private GrantRequest request() {
    return new GrantRequest(
        candidate, released, terms.force(), terms.leastQuorum(), terms.leaseNanos());
  }

  private void request(Peer peer, long nowNanos) {
    if (peer.standing != null && !isFresh(peer, nowNanos, 2) && peer.isIdle(nowNanos)) {
      peer.asks(nowNanos, againNanos);
      outbox.grant(peer.follower, peer.number, request());
    }
  }

  /** Whether it has granted, having been asked within a part of the time for which that counts. */
  private boolean isFresh(Peer peer, long nowNanos, int part) {
    return peer.hasGranted(candidate)
        && (terms.leaseNanos() == 0 || nowNanos - peer.grantSentNanos <= terms.leaseNanos() / part);
  }

  private void grantSelf(long nowNanos) {
    Report report = self.onGrant(request(), nowNanos);
    leased = report.verdict() == Report.Verdict.LEASED;
    if (report.verdict() == Report.Verdict.OTHER_LEADERSHIP) {
      failure = "this node has granted epoch " + report.granted().epoch() + " to another";
    } else if (report.verdict() == Report.Verdict.ACCEPTED) {
      selfGranted = true;
      ignoredLease |= isIgnoring(report);
      settling.then(() -> selfSettled = true);
    }
  }

  private boolean isIgnoring(Report report) {
    return terms.force() && released.equals(Leadership.NONE) && report.leaseLeftNanos() > 0;
  }

  /** A node has answered a request for its grant. */
  void onReport(Peer from, Report report, long nowNanos) {
    from.grant = report;
    from.grantSentNanos = from.sentNanos;
    from.isLeased(report, nowNanos);
    if (report.verdict() == Report.Verdict.ACCEPTED) {
      ignoredLease |= isIgnoring(report);
      if (from.standing != null && from.standing.leading()) {
        released = from.standing.leadership();
      }
    } else if (report.verdict() == Report.Verdict.OTHER_LEADERSHIP
        && report.granted().epoch() >= candidate.epoch()) {
      failure = from.name + " has granted epoch " + report.granted().epoch() + " to another";
    }
    if (failure == null) {
      request(nowNanos);
    }
  }

  /** Those others whose grants count, each life once. */
  List<Peer> counted(long nowNanos) {
    List<Peer> counted = new ArrayList<>();
    Set<Life> lives = new HashSet<>();
    lives.add(self.life());
    for (Peer peer : electorate.peers()) {
      Report grant = peer.grant;
      if (grant != null
          && isFresh(peer, nowNanos, 1)
          && grant.counts()
          && lives.add(grant.life())) {
        counted.add(peer);
      }
    }
    return counted;
  }

  /** Whether all others have granted. */
  boolean allGranted(long nowNanos) {
    return electorate.peers().stream().allMatch(peer -> isFresh(peer, nowNanos, 1));
  }

  /** Whether all have granted that have said how they stand. */
  boolean allReachedGranted(long nowNanos) {
    return electorate.peers().stream()
        .allMatch(peer -> isFresh(peer, nowNanos, 1) || peer.standing == null);
  }

  /** Whether this node's own grant is on its disk. */
  boolean isSelfSettled() {
    return selfSettled;
  }

  /** Whether a leader still counts on this node, which therefore has not granted. */
  boolean isLeased() {
    return leased;
  }

  /** Whether a leader may count on a node that has granted nevertheless. */
  boolean ignoredLease() {
    return ignoredLease;
  }

  @Nullable String failure() {
    return failure;
  }
}
