package io.quorate.replication;

import io.quorate.core.FollowerView;
import io.quorate.core.Leader;
import io.quorate.core.Membership;
import io.quorate.core.Mutation;
import io.quorate.core.Write;
import io.quorate.core.WriteView;
import io.quorate.replication.NodeStatus.FollowerStatus;
import io.quorate.replication.NodeStatus.HeldBack;
import io.quorate.replication.NodeStatus.QuorumCompletions;
import io.quorate.replication.NodeStatus.QuorumCompletions.Completed;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What a leader tells of itself, its followers and its writes. Reads the core: the leader's loop
 * calls.
 */
final class LeaderReports {

  private final LiveNode live;
  private final Identity identity;
  private final Leader leader;
  private final List<FollowerLink> links;
  private final GivenTimes given = new GivenTimes();

  /**
   * Reports of one leadership, also once it has ended.
   *
   * @param links of that leadership, in the order of the followers
   */
  LeaderReports(LiveNode live, Leader leader, List<FollowerLink> links) {
    this.live = live;
    this.identity = live.identity();
    this.leader = leader;
    this.links = links;
  }

  NodeStatus status(Settings settings, long nowNanos) {
    return new NodeStatus(
        identity.id(),
        Role.LEADER,
        leader.leadership().epoch(),
        identity.id(),
        identity.advertiseUrl(),
        identity.incarnationHex(),
        identity.transport(),
        leader.lastVersion(),
        leader.lastVersion(),
        leader.confirmedVersion(),
        heldBack(leader.heldBackBy()),
        settings.writeQuorum(),
        settings.minDelayNanos(),
        settings.maxDelayNanos(),
        leader.store().keys(),
        leader.store().tombstones(),
        identity.uptimeMillis(),
        live.watches().size(),
        completions(),
        followers(nowNanos),
        live.keeping().status(),
        live.standing(leaseLeftNanos(nowNanos), leader.obstacle().isEmpty()));
  }

  /** Null when confirmed reads need no lease. */
  private @Nullable Long leaseLeftNanos(long nowNanos) {
    long until = leader.readableUntilNanos();
    if (until == Long.MAX_VALUE) {
      return null;
    }
    return until == Long.MIN_VALUE ? 0 : Math.max(0, until - nowNanos);
  }

  private List<QuorumCompletions> completions() {
    List<QuorumCompletions> completions = new ArrayList<>();
    for (int required = 1; required <= links.size(); required++) {
      List<Completed> followers = new ArrayList<>();
      for (int follower = 0; follower < links.size(); follower++) {
        followers.add(
            new Completed(links.get(follower).nodeId(), leader.completions(required, follower)));
      }
      QuorumCompletions ofQuorum = new QuorumCompletions(required, followers);
      if (ofQuorum.writes() > 0) {
        completions.add(ofQuorum);
      }
    }
    return completions;
  }

  /** To be called at every tick. */
  void noteGiven(long nowNanos) {
    long through = Math.min(leader.confirmedVersion(), leader.leastAcknowledged());
    given.note(leader.lastVersion(), through, nowNanos);
  }

  Measures measures(Settings settings, long nowNanos) {
    List<Measures.OfFollower> followers = new ArrayList<>();
    for (FollowerView view : leader.followers(nowNanos)) {
      FollowerLink link = links.get(followers.size());
      followers.add(
          new Measures.OfFollower(
              link.url().getAuthority(),
              view.connected(),
              given.behindNanos(view.acknowledgedVersion(), nowNanos),
              link.roundTrips()));
    }
    Measures.OfLeader ofLeader =
        new Measures.OfLeader(
            leader.load(), given.behindNanos(leader.confirmedVersion(), nowNanos), followers);
    return new Measures(status(settings, nowNanos), live.keeping().measures(), ofLeader);
  }

  private static @Nullable HeldBack heldBack(@Nullable Write write) {
    return write == null
        ? null
        : new HeldBack(
            write.last().epoch(), write.version(), write.required(), write.acknowledgements());
  }

  private List<FollowerStatus> followers(long nowNanos) {
    List<FollowerStatus> followers = new ArrayList<>();
    for (FollowerView view : leader.followers(nowNanos)) {
      FollowerLink link = links.get(followers.size());
      Long contactNanos = view.lastContactNanos();
      followers.add(
          new FollowerStatus(
              link.nodeId(),
              link.url().toString(),
              view.state().name().toLowerCase(Locale.ROOT),
              view.acknowledgedVersion(),
              view.lag(),
              view.inFlight(),
              contactNanos == null ? null : TimeUnit.NANOSECONDS.toMillis(nowNanos - contactNanos),
              problem(view, link),
              link.delay().error(),
              link.roundTrip(),
              link.sentBytes()));
    }
    return followers;
  }

  private static @Nullable String problem(FollowerView view, FollowerLink link) {
    return view.problem() == null ? link.loss() : view.problem();
  }

  /** Why nobody can be named so to take over, and how the followers are named. */
  String noFollower(String name) {
    Membership members = live.core().state().membership();
    boolean itself =
        name.equals(identity.id())
            || name.equals(identity.advertiseUrl())
            || (members != null && name.equals(members.urls().get(members.self())));
    String reason = itself ? "this node leads already" : "no follower is called so";
    if (links.isEmpty()) {
      return reason + "; this leader has no followers";
    }
    List<String> ids = links.stream().map(FollowerLink::nodeId).toList();
    return reason + "; to takes the id or the URL of " + String.join(" or ", ids);
  }

  /** What keeps a follower from taking over, in words that go behind its name. */
  String condition(int follower, long nowNanos) {
    FollowerView view = leader.followers(nowNanos).get(follower);
    String problem = problem(view, links.get(follower));
    if (!view.connected()) {
      return "is not connected" + (problem == null ? "" : " and " + problem);
    }
    if (view.lag() > 0) {
      return "is " + view.lag() + " versions behind";
    }
    Write waiting = leader.heldBackBy();
    return "is level"
        + (waiting == null
            ? ""
            : ", and write " + waiting.last().token() + " waits for its quorum");
  }

  WriteReport write(WriteView write) {
    Mutation mutation = write.mutation();
    List<WriteReport.Holder> holders = new ArrayList<>();
    for (int follower = 0; follower < links.size(); follower++) {
      holders.add(
          new WriteReport.Holder(
              links.get(follower).nodeId(), leader.hasAcknowledged(follower, mutation.version())));
    }
    return new WriteReport(
        mutation.epoch(),
        mutation.version(),
        mutation.key(),
        write.required(),
        write.confirmed(),
        holders);
  }

  ConvergenceCheck.Standing standing(boolean leading, long nowNanos) {
    List<ConvergenceCheck.Standing.Follower> followers = new ArrayList<>();
    for (FollowerView view : leader.followers(nowNanos)) {
      FollowerLink link = links.get(followers.size());
      followers.add(
          new ConvergenceCheck.Standing.Follower(
              link.nodeId(), view.connected(), view.lag() == 0, problem(view, link)));
    }
    return new ConvergenceCheck.Standing(
        identity.id(), leading, leader.leadership().epoch(), leader.lastVersion(), followers);
  }
}
