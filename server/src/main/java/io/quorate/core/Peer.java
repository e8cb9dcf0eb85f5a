package io.quorate.core;

import org.jspecify.annotations.Nullable;

/** Another node as one knows it that wants to lead. Owned by {@link Candidacy}. */
final class Peer {

  final int follower;
  final String name;

  /** How it stood when it was asked; null before it has answered. */
  @Nullable Report standing;

  /** What it said when it was asked for its grant; null before it has answered. */
  @Nullable Report grant;

  /** Whether the last request was not answered. */
  boolean failed;

  /** Number of the latest request; an answer to an earlier one is not heard. */
  long number;

  long nextNanos;

  /** When it was asked last. */
  long sentNanos;

  /** When it was asked for the grant that it gave. */
  long grantSentNanos;

  private boolean underWay;
  private boolean tried;

  private final Numbers numbers;

  Peer(int follower, String name, Numbers numbers) {
    this.follower = follower;
    this.name = name;
    this.numbers = numbers;
  }

  boolean isIdle(long nowNanos) {
    return !underWay && (!tried || nowNanos >= nextNanos);
  }

  void asks(long nowNanos, long againNanos) {
    underWay = true;
    tried = true;
    number = numbers.next();
    sentNanos = nowNanos;
    nextNanos = nowNanos + againNanos;
  }

  /** It said for how long a leader counts on it: asked before that is over, it says so again. */
  void isLeased(Report report, long nowNanos) {
    if (report.leaseLeftNanos() > 0) {
      nextNanos = Math.min(nextNanos, nowNanos + report.leaseLeftNanos());
    }
  }

  /** Whether the answer is to the latest request, and the first to it. */
  boolean hears(long answered) {
    if (!underWay || answered != number) {
      return false;
    }
    underWay = false;
    failed = false;
    return true;
  }

  void lost() {
    underWay = false;
    failed = true;
  }

  /** Other questions come, once the one that is under way has come to an end. */
  void restart() {
    failed = false;
    tried = false;
  }

  boolean hasGranted(Leadership candidate) {
    return grant != null
        && grant.verdict() == Report.Verdict.ACCEPTED
        && grant.granted().equals(candidate);
  }

  boolean standsBlank() {
    return standing != null
        && standing.verdict() == Report.Verdict.ACCEPTED
        && standing.isBlank()
        && standing.isEmpty();
  }

  /** Why there is no answer of it, in words. */
  String silence() {
    return failed ? "does not answer" : "has not answered yet";
  }

  /** Why its answer does not count, in words. */
  static String refusal(Report report) {
    return switch (report.verdict()) {
      case ACCEPTED -> "holds nothing that counts";
      case LEASED -> "follows a leader that still counts on it";
      case OTHER_FLOOR -> "has another MIN_WRITE_QUORUM";
      case OTHER_LEASE -> "has another LEASE_MS than this node, or no DATA_DIR";
      case OTHER_LEADERSHIP -> "has granted epoch " + report.granted().epoch() + " to another";
      case OTHER_LIFE, OTHER_SNAPSHOT -> "has restarted";
      case NO_ROOM -> "has no room on its disk";
    };
  }
}
