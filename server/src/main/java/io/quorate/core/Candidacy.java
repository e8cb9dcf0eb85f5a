package io.quorate.core;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How a node comes to lead: it asks all nodes how they stand, has enough of them grant it a new
 * epoch, takes over the state of the one that is furthest, and enters its epoch.
 *
 * <pre>
 *  ASKING ----------> GRANTING ----------> TAKING ------> SETTLING ------> WON
 *     |  enough stand     |  enough granted    |  merged      its disk has the epoch
 *     +------ LOST -------+--------------------+
 * </pre>
 */
final class Candidacy {

  enum Stage {
    ASKING,
    GRANTING,
    TAKING,
    SETTLING,
    WON,
    LOST
  }

  /**
   * What it is to be like.
   *
   * @param automatic whether this node led last and comes back by itself: then it keeps asking, and
   *     gives way to whoever leads now
   * @param force whether too few grants are enough, and leases are ignored
   * @param leadershipId random
   * @param durable whether the nodes have disks; without, what was confirmed may always be lost
   * @param leaseNanos how long a grant counts, from the moment at which it was asked for: one that
   *     loses its data after it has granted is let into an older epoch again only later than that
   */
  record Terms(
      boolean automatic,
      boolean force,
      long leadershipId,
      boolean durable,
      int leastQuorum,
      long leaseNanos) {}

  /** So many link timeouts without getting further are too long. */
  private static final int STUCK_TIMEOUTS = 10;

  private final Terms terms;
  private final NodeState state;
  private final Follower self;
  private final Settling settling;
  private final Outbox outbox;
  private final LeaderLimits limits;
  private final List<Peer> peers = new ArrayList<>();
  private final int needed;

  private Stage stage = Stage.ASKING;
  private long stageSinceNanos;

  /** When it came further last. */
  private long progressNanos;

  private Leadership leadership = Leadership.NONE;

  /** A leadership whose leader has granted this one's epoch. */
  private Leadership released = Leadership.NONE;

  private boolean selfGranted;
  private boolean selfSettled;
  private boolean brandNew;
  private boolean leaseIgnored;
  private boolean tooFew;
  private int grants;
  private @Nullable StateTaking taking;
  private String reason = "";

  Candidacy(
      Terms terms,
      NodeState state,
      Follower self,
      Settling settling,
      List<String> names,
      LeaderLimits limits,
      Outbox outbox,
      Numbers numbers,
      long nowNanos) {
    this.terms = terms;
    this.state = state;
    this.self = self;
    this.settling = settling;
    this.outbox = outbox;
    this.limits = limits;
    this.stageSinceNanos = nowNanos;
    this.needed = Grants.needed(names.size(), terms.leastQuorum());
    for (String name : names) {
      peers.add(new Peer(peers.size(), name, numbers));
    }
  }

  Stage stage() {
    return stage;
  }

  boolean isAutomatic() {
    return terms.automatic();
  }

  int grants() {
    return grants;
  }

  int needed() {
    return needed;
  }

  /** Why it has not come to lead, or not yet. */
  String reason() {
    return reason;
  }

  void tick(long nowNanos) {
    switch (stage) {
      case ASKING -> {
        ask(nowNanos);
        decideAsked(nowNanos);
      }
      case GRANTING -> {
        requestGrants(nowNanos);
        decideGranted(nowNanos);
        giveUpWhenStuck(nowNanos);
      }
      case TAKING -> {
        take(nowNanos);
        giveUpWhenStuck(nowNanos);
      }
      case SETTLING, WON, LOST -> {}
    }
  }

  /** So that whoever led before, or this node, can begin anew. */
  private void giveUpWhenStuck(long nowNanos) {
    boolean stuck = nowNanos - progressNanos > STUCK_TIMEOUTS * limits.linkTimeoutNanos();
    if (stuck && (stage == Stage.GRANTING || stage == Stage.TAKING)) {
      lose(reason);
    }
  }

  private void enter(Stage next, long nowNanos) {
    stage = next;
    stageSinceNanos = nowNanos;
    progressNanos = nowNanos;
  }

  private void lose(String why) {
    reason = why;
    stage = Stage.LOST;
  }

  /** Something else has decided, such as a leader of a later epoch. */
  void giveUp(String why) {
    if (stage != Stage.WON) {
      lose(why);
    }
  }

  private boolean hasWaited(long nowNanos) {
    return nowNanos - stageSinceNanos >= limits.linkTimeoutNanos();
  }

  private void ask(long nowNanos) {
    for (Peer peer : peers) {
      if (peer.isIdle(nowNanos)) {
        peer.asks(nowNanos, limits.helloNanos());
        outbox.hello(peer.follower, peer.number, Hello.asking(terms.leastQuorum()));
      }
    }
  }

  /** A node has answered how it stands. */
  void onHelloReport(int peer, long number, Report report, long nowNanos) {
    Peer from = peers.get(peer);
    boolean heard = from.hears(number);
    if (heard && stage == Stage.ASKING) {
      from.standing = report;
      decideAsked(nowNanos);
    } else if (stage == Stage.GRANTING) {
      requestGrants(nowNanos);
    }
  }

  private void decideAsked(long nowNanos) {
    if (stage != Stage.ASKING) {
      return;
    }
    boolean allHeard = peers.stream().allMatch(peer -> peer.standing != null);
    boolean allTried = peers.stream().allMatch(peer -> peer.standing != null || peer.failed);
    if (terms.automatic() && isReplaced()) {
      lose("another leadership has begun: " + reason);
      return;
    }
    brandNew = allHeard && state.isBlank() && peers.stream().allMatch(Peer::standsBlank);
    int standing = countStanding();
    reason = tooFew(standing, "can be reached");
    if (!allTried && !hasWaited(nowNanos)) {
      return;
    }
    if (brandNew || standing >= needed || (terms.force() && hasWaitedOrHeard(allHeard, nowNanos))) {
      beginGranting(nowNanos);
    } else if (!terms.automatic() && hasWaitedOrHeard(allHeard, nowNanos)) {
      grants = standing;
      lose(reason);
    }
  }

  private boolean hasWaitedOrHeard(boolean allHeard, long nowNanos) {
    return allHeard || hasWaited(nowNanos);
  }

  boolean is(Leadership other) {
    return leadership.equals(other);
  }

  /** Whether the leadership is of an epoch at or beyond the one that is asked for. */
  boolean isBehind(Leadership other) {
    return other.epoch() >= leadership.epoch() && leadership.epoch() > 0;
  }

  /** Whether somebody leads, or led, since this node did. */
  boolean isReplaced() {
    for (Peer peer : peers) {
      Report report = peer.standing;
      if (report == null) {
        continue;
      }
      boolean later = report.leadership().epoch() > state.reign().leadership().epoch();
      if (report.leading() || (!state.isBlank() && later)) {
        reason = peer.name + " is at epoch " + report.granted().epoch();
        return true;
      }
    }
    return false;
  }

  private int countStanding() {
    Set<Life> lives = new HashSet<>();
    for (Peer peer : peers) {
      if (peer.standing != null && peer.standing.counts()) {
        lives.add(peer.standing.life());
      }
    }
    return lives.size() + (selfCounts() ? 1 : 0);
  }

  private boolean selfCounts() {
    return state.isWhole() && !state.isBlank();
  }

  /** What stands in the way, and what could be lost if it did not. */
  private String tooFew(int nodes, String which) {
    List<String> missing = new ArrayList<>();
    for (Peer peer : peers) {
      Report report = stage == Stage.GRANTING ? peer.grant : peer.standing;
      if (report == null) {
        missing.add(peer.name + " does not answer");
      } else if (report.verdict() != Report.Verdict.ACCEPTED) {
        missing.add(peer.name + " " + peer.refusal());
      } else if (!report.counts()) {
        missing.add(peer.name + " has lost what it held, or never held anything");
      }
    }
    if (!selfCounts()) {
      missing.add("this node has lost what it held, or never held anything");
    }
    return nodes
        + " nodes "
        + which
        + " and hold what they acknowledged, and "
        + needed
        + " are needed"
        + (state.isBlank() ? " (all " + (peers.size() + 1) + " where none holds anything)" : "")
        + (missing.isEmpty() ? "" : ": " + String.join(", ", missing))
        + "; without them, confirmed writes that only they hold could be lost";
  }

  private void beginGranting(long nowNanos) {
    long highest = state.granted().epoch();
    for (Peer peer : peers) {
      if (peer.standing != null) {
        highest = Math.max(highest, peer.standing.granted().epoch());
      }
      peer.restart();
    }
    leadership = new Leadership(highest + 1 + leap(), terms.leadershipId());
    enter(Stage.GRANTING, nowNanos);
    requestGrants(nowNanos);
  }

  /**
   * Without enough grants somebody else may get the next epoch as well: most likely not one that is
   * a random number further on.
   */
  private long leap() {
    return terms.force() ? 1 + (terms.leadershipId() & 1023) : 0;
  }

  /** Who leads now is asked first: once it has granted, nobody counts on a lease any more. */
  private void requestGrants(long nowNanos) {
    Peer leader = presentLeader();
    if (leader != null && leader.grant == null && !leader.failed) {
      request(leader, nowNanos);
      return;
    }
    if (!selfGranted) {
      grantSelf(nowNanos);
    }
    if (selfSettled) {
      peers.forEach(peer -> request(peer, nowNanos));
    }
  }

  private @Nullable Peer presentLeader() {
    for (Peer peer : peers) {
      if (peer.standing != null && peer.standing.leading()) {
        return peer;
      }
    }
    return null;
  }

  private GrantRequest request() {
    return new GrantRequest(leadership, released, terms.force(), terms.leastQuorum());
  }

  private void request(Peer peer, long nowNanos) {
    if (peer.standing != null && !isFresh(peer, nowNanos, 2) && peer.isIdle(nowNanos)) {
      peer.asks(nowNanos, limits.helloNanos());
      outbox.grant(peer.follower, peer.number, request());
    }
  }

  /** Whether it has granted, having been asked within a part of the time for which that counts. */
  private boolean isFresh(Peer peer, long nowNanos, int part) {
    return peer.hasGranted(leadership)
        && (terms.leaseNanos() == 0 || nowNanos - peer.grantSentNanos <= terms.leaseNanos() / part);
  }

  private void grantSelf(long nowNanos) {
    Report report = self.onGrant(request(), nowNanos);
    if (report.verdict() == Report.Verdict.OTHER_LEADERSHIP) {
      lose("this node has granted epoch " + report.granted().epoch() + " to another");
    } else if (report.verdict() == Report.Verdict.ACCEPTED) {
      selfGranted = true;
      leaseIgnored |= isIgnoring(report);
      settling.then(() -> selfSettled = true);
    } else {
      reason = "a leader still counts on this node";
    }
  }

  private boolean isIgnoring(Report report) {
    return terms.force() && released.equals(Leadership.NONE) && report.leaseLeftNanos() > 0;
  }

  /** A node has answered a request for its grant. */
  void onGrantReport(int peer, long number, Report report, long nowNanos) {
    Peer from = peers.get(peer);
    boolean heard = from.hears(number);
    if (stage != Stage.GRANTING || !heard) {
      return;
    }
    from.grant = report;
    from.grantSentNanos = from.sentNanos;
    if (report.verdict() == Report.Verdict.ACCEPTED) {
      leaseIgnored |= isIgnoring(report);
      if (from.standing != null && from.standing.leading()) {
        released = from.standing.leadership();
      }
    } else if (report.verdict() == Report.Verdict.OTHER_LEADERSHIP
        && report.granted().epoch() >= leadership.epoch()) {
      lose(from.name + " has granted epoch " + report.granted().epoch() + " to another");
      return;
    }
    requestGrants(nowNanos);
    decideGranted(nowNanos);
  }

  private void decideGranted(long nowNanos) {
    if (stage != Stage.GRANTING || !selfSettled) {
      return;
    }
    List<Peer> counted = counted(nowNanos);
    grants = counted.size() + (selfCounts() ? 1 : 0);
    reason = tooFew(grants, "have granted");
    boolean all =
        peers.stream().allMatch(peer -> isFresh(peer, nowNanos, 1) || peer.standing == null);
    boolean waited = hasWaited(nowNanos);
    boolean enough =
        brandNew ? peers.stream().allMatch(peer -> isFresh(peer, nowNanos, 1)) : grants >= needed;
    if (enough ? (all || waited) : (terms.force() && waited)) {
      tooFew = !enough;
      taking = new StateTaking(state, leadership, counted, outbox);
      enter(Stage.TAKING, nowNanos);
      take(nowNanos);
    }
  }

  /** Those whose grants count, each life once. */
  private List<Peer> counted(long nowNanos) {
    List<Peer> counted = new ArrayList<>();
    Set<Life> lives = new HashSet<>();
    for (Peer peer : peers) {
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

  private void take(long nowNanos) {
    StateTaking present = taking;
    if (present == null) {
      return;
    }
    if (!present.isDone()) {
      present.tick(nowNanos, limits.helloNanos());
      reason = present.reason();
      return;
    }
    // Only the first leadership of all begins at 0, and only its followers may begin with nothing.
    long base = brandNew ? 0 : Math.max(1, present.highest());
    for (Peer peer : peers) {
      if (peer.standing != null) {
        base = Math.max(base, peer.standing.lastVersion());
      }
    }
    boolean unclean =
        tooFew || leaseIgnored || !terms.durable() || (state.reign().unclean() && !brandNew);
    state.enter(new Reign(leadership, base, true, unclean, present.ancestors()));
    enter(Stage.SETTLING, nowNanos);
    settling.then(() -> stage = stage == Stage.SETTLING ? Stage.WON : stage);
  }

  /** A node has sent a part of what it holds; null when it does not. */
  void onPulled(int peer, long number, @Nullable SnapshotChunk chunk, long nowNanos) {
    Peer from = peers.get(peer);
    StateTaking present = taking;
    boolean heard = from.hears(number);
    if (stage != Stage.TAKING || present == null || !heard) {
      return;
    }
    if (chunk == null || !present.take(chunk)) {
      lose(from.name + " does not send what it holds");
      return;
    }
    from.nextNanos = nowNanos;
    progressNanos = nowNanos;
    take(nowNanos);
  }

  /** A request failed, or was not answered in time. */
  void onLost(int peer) {
    peers.get(peer).lost();
  }

  /** What the leadership, once won, stands on. */
  LeaderTerms won(long leaseNanos) {
    StateTaking taken = taking;
    return new LeaderTerms(
        state.reign().base(),
        true,
        state.reign().unclean(),
        terms.leastQuorum(),
        terms.durable() ? leaseNanos : 0,
        brandNew ? granted() : taken == null ? Set.of() : taken.merged());
  }

  private Set<Long> granted() {
    Set<Long> incarnations = new HashSet<>();
    for (Peer peer : peers) {
      if (peer.grant != null) {
        incarnations.add(peer.grant.life().incarnation());
      }
    }
    return incarnations;
  }
}
