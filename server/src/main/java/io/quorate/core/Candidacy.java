package io.quorate.core;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How a node comes to lead: it asks all nodes how they stand, has enough of them grant it a new
 * epoch, takes over the state of the one that is furthest, and enters its epoch. Owned by {@link
 * Roles}.
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

  /** So many link timeouts, and a lease, without getting further are too long. */
  private static final int STUCK_TIMEOUTS = 10;

  private final CandidacyTerms terms;
  private final NodeState state;
  private final Follower self;
  private final Settling settling;
  private final Outbox outbox;
  private final LeaderLimits limits;
  private final Electorate electorate;

  private Stage stage = Stage.ASKING;
  private long stageSinceNanos;

  /** When it came further last. */
  private long progressNanos;

  private Leadership leadership = Leadership.NONE;
  private boolean brandNew;
  private boolean tooFew;
  private int grants;
  private @Nullable Granting granting;
  private @Nullable StateTaking taking;
  private String reason = "the others are asked how they stand";

  Candidacy(
      CandidacyTerms terms,
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
    this.progressNanos = nowNanos;
    this.electorate = new Electorate(state, self.life(), names, terms.leastQuorum(), numbers);
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
    return electorate.needed();
  }

  /** Why it has not come to lead, or not yet. */
  String reason() {
    return reason;
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
    return electorate.replacing() != null;
  }

  void tick(long nowNanos) {
    switch (stage) {
      case ASKING -> {
        ask(nowNanos);
        decideAsked(nowNanos);
        if (!terms.automatic()) {
          giveUpWhenStuck(nowNanos);
        }
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
    long patienceNanos =
        STUCK_TIMEOUTS * limits.linkTimeoutNanos() + Lease.withMargin(terms.leaseNanos());
    boolean open = stage == Stage.ASKING || stage == Stage.GRANTING || stage == Stage.TAKING;
    if (open && nowNanos - progressNanos > patienceNanos) {
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
    for (Peer peer : electorate.peers()) {
      if (peer.isIdle(nowNanos)) {
        peer.asks(nowNanos, limits.helloNanos());
        outbox.hello(
            peer.follower, peer.number, Hello.asking(terms.leastQuorum(), terms.leaseNanos()));
      }
    }
  }

  /** A node has answered how it stands. */
  void onHelloReport(int peer, long number, Report report, long nowNanos) {
    Peer from = electorate.peer(peer);
    boolean heard = from.hears(number);
    if (heard && stage == Stage.ASKING) {
      from.standing = report;
      from.isLeased(report, nowNanos);
      decideAsked(nowNanos);
    } else if (stage == Stage.GRANTING) {
      requestGrants(nowNanos);
    }
  }

  private void decideAsked(long nowNanos) {
    if (stage != Stage.ASKING) {
      return;
    }
    Peer replacing = electorate.replacing();
    if (terms.automatic() && replacing != null && replacing.standing != null) {
      lose(
          "another leadership has begun: "
              + replacing.name
              + " is at epoch "
              + replacing.standing.granted().epoch());
      return;
    }
    brandNew = electorate.isBrandNew();
    int standing = electorate.standing();
    reason = electorate.tooFew(standing, "can be reached", peer -> peer.standing);
    boolean waited = hasWaited(nowNanos);
    if (!electorate.allTried() && !waited) {
      return;
    }
    boolean certain = electorate.allAnswered() || waited;
    boolean enough = standing >= electorate.needed();
    int free = electorate.free(self.leaseLeftNanos(nowNanos));
    if (brandNew || (enough && free >= electorate.needed()) || (terms.force() && certain)) {
      beginGranting(nowNanos);
    } else if (enough) {
      // An epoch that this node grants itself deposes whoever leads: not before the others can.
      grants = free;
      reason = leased();
    } else if (!terms.automatic() && certain) {
      grants = standing;
      lose(reason);
    }
  }

  private String leased() {
    String others = electorate.leased();
    String leased = others.isEmpty() ? "this node" : others;
    return terms.automatic()
        ? "the leases that " + leased + " gave are not over"
        : "a leader that does not answer still counts on " + leased;
  }

  private void beginGranting(long nowNanos) {
    electorate.peers().forEach(Peer::restart);
    leadership = new Leadership(electorate.latestEpoch() + 1 + leap(), terms.leadershipId());
    granting =
        new Granting(terms, leadership, electorate, self, settling, outbox, limits.helloNanos());
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

  private void requestGrants(long nowNanos) {
    Granting present = granting;
    if (present != null) {
      present.request(nowNanos);
      if (present.isLeased()) {
        reason = "a leader still counts on this node";
      }
      loseWithGrants(present);
    }
  }

  private void loseWithGrants(Granting present) {
    String failure = present.failure();
    if (failure != null) {
      lose(failure);
    }
  }

  /** A node has answered a request for its grant. */
  void onGrantReport(int peer, long number, Report report, long nowNanos) {
    Peer from = electorate.peer(peer);
    boolean heard = from.hears(number);
    Granting present = granting;
    if (stage != Stage.GRANTING || present == null || !heard) {
      return;
    }
    present.onReport(from, report, nowNanos);
    loseWithGrants(present);
    decideGranted(nowNanos);
  }

  private void decideGranted(long nowNanos) {
    Granting present = granting;
    if (stage != Stage.GRANTING || present == null || !present.isSelfSettled()) {
      return;
    }
    List<Peer> counted = present.counted(nowNanos);
    grants = counted.size() + (electorate.selfCounts() ? 1 : 0);
    reason = electorate.tooFew(grants, "have granted", peer -> peer.grant);
    boolean waited = hasWaited(nowNanos);
    boolean enough = brandNew ? present.allGranted(nowNanos) : grants >= electorate.needed();
    if (enough ? (present.allReachedGranted(nowNanos) || waited) : (terms.force() && waited)) {
      tooFew = !enough;
      taking = new StateTaking(state, self, leadership, counted, outbox);
      enter(Stage.TAKING, nowNanos);
      take(nowNanos);
    }
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
    state.enter(new Reign(leadership, base(present), true, isUnclean(), present.ancestors()));
    enter(Stage.SETTLING, nowNanos);
    settling.then(() -> stage = stage == Stage.SETTLING ? Stage.WON : stage);
  }

  /**
   * Only the first leadership of all begins at 0, and only its followers may begin with nothing.
   */
  private long base(StateTaking taken) {
    return brandNew ? 0 : Math.max(1, Math.max(electorate.newestVersion(), taken.highest()));
  }

  private boolean isUnclean() {
    boolean ignoredLease = granting != null && granting.ignoredLease();
    return tooFew || ignoredLease || !terms.durable() || (state.reign().unclean() && !brandNew);
  }

  /** A node has sent a part of what it holds; null when it does not. */
  void onPulled(int peer, long number, @Nullable SnapshotChunk chunk, long nowNanos) {
    Peer from = electorate.peer(peer);
    StateTaking present = taking;
    boolean heard = from.hears(number);
    if (stage != Stage.TAKING || present == null || !heard) {
      return;
    }
    if (chunk == null || !present.awaits(chunk)) {
      lose(from.name + " does not send what it holds");
      return;
    }
    if (!self.hasRoom(chunk)) {
      lose("this node's disk has no room for what " + from.name + " holds");
      return;
    }
    present.take(chunk);
    from.nextNanos = nowNanos;
    progressNanos = nowNanos;
    take(nowNanos);
  }

  /** A request failed, or was not answered in time. */
  void onLost(int peer) {
    Peer silent = electorate.peer(peer);
    silent.lost();
    if (stage == Stage.ASKING) {
      silent.standing = null;
    }
  }

  /** What the leadership, once won, stands on. */
  LeaderTerms won() {
    StateTaking taken = taking;
    return new LeaderTerms(
        self.life(),
        state.reign().base(),
        true,
        state.reign().unclean(),
        terms.leastQuorum(),
        terms.leaseNanos(),
        brandNew ? electorate.granted() : taken == null ? Set.of() : taken.merged());
  }
}
