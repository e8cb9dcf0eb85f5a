package io.quorate.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The leader's side of replication: gives each write its version, keeps it on its way to the
 * followers, and confirms it when its quorum has acknowledged it. Owned by one thread; only its
 * {@link Store} is read by others.
 *
 * <p>Time is whatever the caller's monotonic clock says, nanoseconds.
 */
public final class Leader {

  /** The most followers that a leader counts. */
  public static final int MAX_FOLLOWERS = 63;

  /** So many values that have ended are looked at before others have their turn. */
  private static final int MOST_ENDED_LOOKED_AT = 1_000;

  private final LeaderTerms terms;
  private final LeaderLimits limits;
  private final LeaderClock clock;
  private final NodeState state;
  private final GivenWrites writes;
  private final Election election;
  private final Followers followers;
  private final Replicator replicator;
  private final Admission admission;
  private boolean stopped;
  private boolean serving;

  /**
   * Begins without a leadership and with nothing, over followers that it has still to ask.
   *
   * @param life of this node
   * @param names one for each follower, at most {@link #MAX_FOLLOWERS}
   * @param leadershipId random
   * @param startQuorum followers that must have answered before it leads, if there are any
   * @param leastQuorum the least write quorum that writes may ask for
   */
  static Leader inMemory(
      NodeState state,
      Life life,
      List<String> names,
      long leadershipId,
      int startQuorum,
      int leastQuorum,
      LeaderLimits limits,
      LeaderClock clock,
      Outbox outbox,
      Numbers numbers) {
    List<FollowerProgress> progress = progress(names, limits);
    return new Leader(
        state,
        progress,
        new Election(progress, leadershipId, startQuorum),
        LeaderTerms.inMemory(life, leastQuorum),
        limits,
        clock,
        outbox,
        numbers);
  }

  /** Begins with a leadership that was granted, whose epoch this node's state has entered. */
  static Leader granted(
      NodeState state,
      List<String> names,
      LeaderTerms terms,
      LeaderLimits limits,
      LeaderClock clock,
      Outbox outbox,
      Numbers numbers,
      long nowNanos) {
    Leader leader =
        new Leader(
            state,
            progress(names, limits),
            new Election(state.reign().leadership()),
            terms,
            limits,
            clock,
            outbox,
            numbers);
    leader.replicator.helloAll(nowNanos);
    return leader;
  }

  private Leader(
      NodeState state,
      List<FollowerProgress> progress,
      Election election,
      LeaderTerms terms,
      LeaderLimits limits,
      LeaderClock clock,
      Outbox outbox,
      Numbers numbers) {
    this.state = state;
    this.terms = terms;
    this.limits = limits;
    this.clock = clock;
    this.writes = new GivenWrites(state, limits, clock, progress.size());
    this.election = election;
    this.followers = new Followers(progress, writes, limits.linkTimeoutNanos());
    this.replicator = new Replicator(election, terms, writes, followers, outbox, limits, numbers);
    this.admission = new Admission(state.disk(), limits, terms.leastQuorum(), writes, followers);
  }

  private static List<FollowerProgress> progress(List<String> names, LeaderLimits limits) {
    List<FollowerProgress> progress = new ArrayList<>();
    for (String name : names) {
      progress.add(new FollowerProgress(progress.size(), name, limits.helloNanos()));
    }
    return progress;
  }

  /** Puts and deletes. The waiter is told how it ends, possibly before this returns. */
  public void put(WriteRequest asked, long nowNanos) {
    Optional<String> obstacle = obstacle();
    if (obstacle.isPresent()) {
      asked.waiter().refused(new Refusal(Refusal.Kind.NOT_LEADING, obstacle.get()));
      return;
    }
    if (writes.repeats(asked, followers::holding)) {
      return;
    }
    Refusal refusal = admission.refusal(asked, nowNanos);
    if (refusal != null) {
      asked.waiter().refused(refusal);
    } else if (writes.meets(asked)) {
      replicate(writes.give(asked, clock.millis(nowNanos)));
    }
  }

  private void replicate(Write given) {
    replicator.replicate(given);
    writes.settle(given);
  }

  /**
   * Deletes what has ended, each with the quorum that its own write asked for, as far as this
   * cluster has so many followers, and as many as may be given; the rest is for later. To be called
   * every few milliseconds to tens of milliseconds while writes may be given.
   */
  void deleteEnded(long nowNanos) {
    if (obstacle().isPresent()) {
      return;
    }
    for (Key ended : state.store().expiries().due(clock.millis(nowNanos), MOST_ENDED_LOOKED_AT)) {
      int required = requiredToEnd(ended);
      if (admission.refusal(required, nowNanos) == null) {
        replicate(writes.giveExpiry(ended, required, nowNanos + limits.linkTimeoutNanos()));
      }
    }
  }

  private int requiredToEnd(Key ended) {
    int required =
        state.store().newest(ended) instanceof Entry.Ending ending ? ending.required() : 0;
    return required == 0 ? 0 : Math.min(Math.max(required, terms.leastQuorum()), followers.size());
  }

  /**
   * Does what has come due: expires deadlines, says hello, counts silent followers as lost,
   * collects tombstones. To be called every few milliseconds to tens of milliseconds.
   */
  public void tick(long nowNanos) {
    if (stopped) {
      return;
    }
    writes.expire(nowNanos);
    writes.forgetReceipts(clock.millis(nowNanos));
    lead(nowNanos);
    replicator.tick(nowNanos);
    writes.collectTombstones(followers.leastAcknowledged(), followers::isNeededBySnapshot);
  }

  /** Begins to lead if nothing stands in the way any more. */
  void lead(long nowNanos) {
    if (!election.isWon() && election.tryWin()) {
      state.enter(new Reign(election.leadership(), 0, true, false, List.of()));
      replicator.helloAll(nowNanos);
    }
    if (!serving
        && election.isWon()
        && followers.entered() >= terms.servingFollowers(followers.size())) {
      serving = true;
      writes.serve(election.leadership().epoch());
    }
    writes.takenOverBy(followers.holding(terms.base()));
  }

  /** A follower answered a hello. */
  public void onHelloReport(int follower, long helloNumber, Report report, long nowNanos) {
    replicator.onHelloReport(follower, helloNumber, report, nowNanos);
    lead(nowNanos);
  }

  /** What this node's disk was told through this position is settled there. */
  void onSettled(long position) {
    writes.onSettled(position);
  }

  /** Tells, from now on, each mutation that is confirmed. */
  void tellConfirmed(Consumer<Mutation> told) {
    writes.tellConfirmed(told);
  }

  /** A leadership of a later epoch that a follower has granted; null when none is known. */
  @Nullable Leadership newer() {
    return replicator.newer();
  }

  /**
   * Until when confirmed reads may be served, as far as leases are asked for: nobody else is
   * granted an epoch before. {@link Long#MAX_VALUE} when none is needed.
   */
  public long readableUntilNanos() {
    int needed = terms.leaseFollowers(followers.size());
    if (needed == 0) {
      return Long.MAX_VALUE;
    }
    Long sentNanos = followers.heartbeatAnsweredBy(needed);
    return sentNanos == null ? Long.MIN_VALUE : sentNanos + terms.leaseNanos();
  }

  /** A follower answered an append. */
  public void onAppendReport(int follower, Report report, long nowNanos) {
    replicator.onAppendReport(follower, report, nowNanos);
  }

  /** A follower answered a chunk of a snapshot. */
  public void onSnapshotReport(int follower, SnapshotChunk chunk, Report report, long nowNanos) {
    replicator.onSnapshotReport(follower, chunk, report, nowNanos);
    lead(nowNanos);
  }

  /** A request of this session failed, or was not answered in time. */
  public void onLost(int follower, long session, long nowNanos) {
    replicator.onLost(follower, session, nowNanos);
  }

  /** Stops leading: whoever waits is told that the outcome is unknown; later writes are refused. */
  public void stop() {
    stopped = true;
    writes.store().serve(0);
    writes.abandon();
  }

  /** Whether no write is given and waited for any more. */
  boolean isQuiet() {
    return writes.pending().waiting() == 0;
  }

  boolean isConnected(int follower, long nowNanos) {
    return followers.isConnected(followers.get(follower), nowNanos);
  }

  /** Whether the follower can be reached and has acknowledged all that was given. */
  boolean isLevel(int follower, long nowNanos) {
    FollowerProgress progress = followers.get(follower);
    return progress.entered
        && progress.acknowledged.through() >= writes.lastVersion()
        && isConnected(follower, nowNanos);
  }

  /**
   * An append of these mutations to {@code life}, with what the leader has to say beside them now.
   */
  public Append append(Life life, List<Mutation> mutations) {
    return new Append(
        leadership(), life, writes.toldConfirmedVersion(), writes.tombstoneFloor(), mutations);
  }

  /**
   * Hands over the mutations from version {@code first} to {@code last} as {@link MutationBytes};
   * false, and nothing, when the backlog does not hold them all any more.
   */
  public boolean encoded(long first, long last, MutationBytes.Sink sink) {
    return writes.backlog().encoded(first, last, sink);
  }

  /** Any thread may read it. */
  public Store store() {
    return writes.store();
  }

  /** {@link Leadership#NONE} until it leads. */
  public Leadership leadership() {
    return election.leadership();
  }

  /** Why it does not lead; empty when it does. */
  public Optional<String> obstacle() {
    if (stopped) {
      return Optional.of("this node is stopping");
    }
    if (!election.isWon()) {
      return Optional.of(election.obstacle());
    }
    return serving
        ? Optional.empty()
        : Optional.of(
            followers.entered()
                + " followers have entered epoch "
                + election.leadership().epoch()
                + ", and "
                + terms.servingFollowers(followers.size())
                + " must before it serves");
  }

  /** Whether a leadership that was granted still lacks followers in its epoch. */
  boolean lacksFollowers() {
    return terms.granted() && followers.entered() < followers.size();
  }

  /** Whether it has a leadership, serving or not. */
  boolean isWon() {
    return election.isWon();
  }

  LeaderTerms terms() {
    return terms;
  }

  /** Newest version given. */
  public long lastVersion() {
    return writes.lastVersion();
  }

  /** All through it confirmed. */
  public long confirmedVersion() {
    return writes.confirmedVersion();
  }

  /** Whether this version is confirmed, or all through it; what was taken over is. */
  boolean hasConfirmed(Token token) {
    long epoch = leadership().epoch();
    return token.epoch() < epoch
        || (token.epoch() == epoch && writes.hasConfirmed(token.version()));
  }

  /** The pending write that holds the confirmed version back; null when none does. */
  public @Nullable Write heldBackBy() {
    return writes.pending().oldest();
  }

  /** All followers have acknowledged all through it, whether they are in reach or not. */
  public long leastAcknowledged() {
    return followers.leastAcknowledged();
  }

  /** How much it carries now. */
  public LeaderLoad load() {
    PendingWrites pending = writes.pending();
    return new LeaderLoad(
        pending.waiting(), pending.overdue(), pending.sizeBytes(), writes.backlog().sizeBytes());
  }

  /**
   * The write of this version, as long as it is remembered: while it is pending, or in the backlog.
   */
  public @Nullable WriteView write(Token token) {
    return token.epoch() == leadership().epoch() ? writes.find(token.version()) : null;
  }

  /** Whether this follower, in its present life, has acknowledged the version. */
  public boolean hasAcknowledged(int follower, long version) {
    return followers.get(follower).acknowledged.contains(version);
  }

  /** How many followers there are. */
  int size() {
    return followers.size();
  }

  /** How many followers are connected. */
  public int connected(long nowNanos) {
    return followers.connected(nowNanos);
  }

  /** What is known of each follower, in the order of the configuration. */
  public List<FollowerView> followers(long nowNanos) {
    return followers.views(nowNanos);
  }

  /**
   * How many writes of this leadership that ask for {@code required} followers, 1 and up, were
   * confirmed by this follower's acknowledgement. Over all followers that is every such write that
   * is confirmed, those confirmed after their deadline included.
   */
  public long completions(int required, int follower) {
    return writes.completions().of(required, follower);
  }
}
