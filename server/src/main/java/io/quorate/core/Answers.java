package io.quorate.core;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What this node answers the others that ask it something. Whatever rests on what the disk was told
 * is said once that is settled there. Owned by {@link Node}.
 */
final class Answers {

  private final NodeState state;
  private final Follower follower;
  private final Roles roles;
  private final Switchover switchover;
  private final Settling settling;
  private final PullServer pulls;

  Answers(
      NodeState state,
      Follower follower,
      Roles roles,
      Switchover switchover,
      Settling settling,
      PullServer pulls) {
    this.state = state;
    this.follower = follower;
    this.roles = roles;
    this.switchover = switchover;
    this.settling = settling;
    this.pulls = pulls;
  }

  void onHello(
      Hello hello,
      String url,
      @Nullable Membership members,
      Consumer<Report> answer,
      long nowNanos) {
    if (refuses(hello.leastQuorum(), hello.leaseNanos(), answer, nowNanos)) {
      return;
    }
    boolean asks = hello.leadership().equals(Leadership.NONE);
    boolean newer = !asks && hello.leadership().epoch() > state.granted().epoch();
    if (newer && hello.granted()) {
      roles.stepDown(nowNanos);
    }
    if (roles.leader() != null) {
      answer.accept(
          report(asks ? Report.Verdict.ACCEPTED : Report.Verdict.OTHER_LEADERSHIP, nowNanos));
      return;
    }
    Report report = follower.onHello(hello, nowNanos);
    if (!asks && report.granted().equals(hello.leadership())) {
      follower.leaderIsAt(url);
      if (members != null) {
        state.member(members);
      }
      roles.onFollowing(hello.leadership(), nowNanos);
      switchover.onFollowing(hello.leadership(), nowNanos);
    }
    settling.then(() -> answer.accept(report));
  }

  /** Whether its sender has otherwise what all nodes have to have alike; it is told. */
  private boolean refuses(
      int leastQuorum, long leaseNanos, Consumer<Report> answer, long nowNanos) {
    Report.Verdict difference = follower.difference(leastQuorum, leaseNanos);
    if (difference != null) {
      Report report = report(difference, nowNanos);
      settling.then(() -> answer.accept(report));
    }
    return difference != null;
  }

  void onAppend(Append append, Consumer<Report> answer, long nowNanos) {
    Report report =
        roles.leader() != null
            ? report(Report.Verdict.OTHER_LEADERSHIP, nowNanos)
            : follower.onAppend(append, nowNanos);
    settling.then(() -> answer.accept(report));
  }

  void onSnapshot(SnapshotChunk chunk, Consumer<Report> answer, long nowNanos) {
    Report report =
        roles.leader() != null
            ? report(Report.Verdict.OTHER_LEADERSHIP, nowNanos)
            : follower.onSnapshot(chunk, nowNanos);
    settling.then(() -> answer.accept(report));
  }

  void onGrant(GrantRequest request, Consumer<Report> answer, long nowNanos) {
    if (refuses(request.leastQuorum(), request.leaseNanos(), answer, nowNanos)) {
      return;
    }
    boolean newer = request.candidate().epoch() > state.granted().epoch();
    Report report = follower.onGrant(request, nowNanos);
    if (newer && report.verdict() == Report.Verdict.ACCEPTED) {
      roles.stepDown(nowNanos);
    }
    roles.onGranted(nowNanos);
    settling.then(() -> answer.accept(report));
  }

  void onPull(Pull pull, Consumer<@Nullable SnapshotChunk> answer) {
    SnapshotChunk chunk = roles.leader() == null ? pulls.answer(pull) : null;
    settling.then(() -> answer.accept(chunk));
  }

  void onInvite(Leadership from, Consumer<Report> answer, long nowNanos) {
    boolean follows = roles.leader() == null && from.equals(state.reign().leadership());
    answer.accept(
        report(follows ? Report.Verdict.ACCEPTED : Report.Verdict.OTHER_LEADERSHIP, nowNanos));
    if (follows) {
      roles.onInvited(nowNanos);
    }
  }

  private Report report(Report.Verdict verdict, long nowNanos) {
    Report report = follower.report(verdict, nowNanos);
    Leader leader = roles.leader();
    return leader != null && leader.isWon() ? report.ofLeader() : report;
  }
}
