package io.quorate.core;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes the leader or the candidate that a node is to be, and opens its links. */
final class RoleMaker {

  private final Node.Terms terms;
  private final NodeState state;
  private final Follower follower;
  private final Settling settling;
  private final Outbox outbox;
  private final VersionWaits waits;
  private final Numbers numbers = new Numbers();

  RoleMaker(
      Node.Terms terms,
      NodeState state,
      Follower follower,
      Settling settling,
      Outbox outbox,
      VersionWaits waits) {
    this.terms = terms;
    this.state = state;
    this.follower = follower;
    this.settling = settling;
    this.outbox = outbox;
    this.waits = waits;
  }

  /** A leader of nodes without disks, which begins without a leadership. */
  Leader inMemory(Membership members, long nowNanos) {
    state.member(members);
    outbox.open(others(members));
    Leader leader =
        Leader.inMemory(
            state,
            terms.life(),
            names(members),
            terms.ids().getAsLong(),
            terms.startQuorum(),
            terms.leastQuorum(),
            terms.limits(),
            clock(nowNanos),
            outbox,
            numbers);
    leader.tellConfirmed(waits::confirmed);
    leader.lead(nowNanos); // at once where there is nobody to ask
    return leader;
  }

  /** One that asks to lead; null where no leader has told this node who is in its cluster. */
  @Nullable Candidacy candidacy(boolean automatic, boolean force, long nowNanos) {
    Membership members = state.membership();
    if (members == null) {
      return null;
    }
    outbox.open(others(members));
    return new Candidacy(
        new CandidacyTerms(
            automatic,
            force,
            terms.ids().getAsLong(),
            terms.durable(),
            terms.leastQuorum(),
            terms.leaseNanos()),
        state,
        follower,
        settling,
        names(members),
        terms.limits(),
        outbox,
        numbers,
        nowNanos);
  }

  /** The leader that the candidate has become. */
  Leader leader(Candidacy won, long nowNanos) {
    Membership members = state.membership();
    if (members == null) {
      throw new IllegalStateException("leads a cluster that it does not know");
    }
    follower.leave();
    Leader leader =
        Leader.granted(
            state,
            names(members),
            won.won(),
            terms.limits(),
            clock(nowNanos),
            outbox,
            numbers,
            nowNanos);
    leader.onSettled(settling.settled());
    leader.tellConfirmed(waits::confirmed);
    return leader;
  }

  private LeaderClock clock(long nowNanos) {
    return new LeaderClock(terms.wallMillis().getAsLong(), nowNanos);
  }

  private static List<String> others(Membership membership) {
    List<String> others = new ArrayList<>(membership.urls());
    others.remove(membership.self());
    return others;
  }

  private static List<String> names(Membership membership) {
    return others(membership).stream().map(url -> url.substring(url.indexOf("://") + 3)).toList();
  }
}
