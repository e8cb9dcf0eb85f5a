package io.quorate.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One node of a cluster, whichever role it has: it follows, asks to lead, or leads, over the same
 * state. Owned by one thread; only its {@link Store} is read by others.
 *
 * <p>Time is whatever the caller's monotonic clock says, nanoseconds. What is answered is answered
 * once the disk has settled what it rests on.
 */
public final class Node {

  /**
   * What a node is told at its start.
   *
   * @param configured the nodes of the cluster, where this node was told them: it is meant to lead,
   *     unless its state says that it followed last; null for others
   * @param startQuorum without disks: followers that must have answered before it leads
   * @param durable whether the nodes have disks
   * @param leastQuorum the least write quorum that writes may ask for
   * @param leaseNanos how long a heartbeat's answer counts for confirmed reads
   * @param ids random numbers
   */
  public record Terms(
      Life life,
      @Nullable Membership configured,
      int startQuorum,
      boolean durable,
      int leastQuorum,
      long leaseNanos,
      LeaderLimits limits,
      LongSupplier ids) {}

  /** So many link timeouts after it gave way it asks to lead again, if nobody leads by then. */
  private static final int RETURN_TIMEOUTS = 12;

  private final Terms terms;
  private final NodeState state;
  private final Outbox outbox;
  private final Runnable roleChanged;
  private final Settling settling;
  private final Follower follower;
  private final HeldWrites held;
  private final PullServer pulls;
  private @Nullable Leader leader;
  private @Nullable Candidacy candidacy;
  private @Nullable Promotion promotion;
  private @Nullable Handover handover;
  private final Numbers numbers = new Numbers();

  /** When to ask again to lead, of one that comes back by itself. */
  private long nextCandidacyNanos;

  /** Since when it has led. */
  private long leadsSinceNanos;

  private boolean comesBack;
  private boolean stopped;

  /** Where the leader that it follows wants its clients; null before it follows one. */
  private @Nullable String leaderUrl;

  /**
   * Does nothing before {@link #start}.
   *
   * @param state all that was kept of it, or nothing
   * @param roleChanged told whenever it began or ceased to lead, or to ask to
   */
  public Node(
      Terms terms, NodeState state, Outbox outbox, Runnable roleChanged, long nowNanos) {
    this.terms = terms;
    this.state = state;
    this.outbox = outbox;
    this.roleChanged = roleChanged;
    this.settling = new Settling(state.disk());
    this.follower =
        new Follower(terms.life(), state, terms.leastQuorum(), terms.leaseNanos(), nowNanos);
    this.held = new HeldWrites(terms.limits().waitingWrites());
    this.pulls = new PullServer(state, terms.life(), terms.limits().chunkBytes());
  }

  /** Begins to lead, to ask to, or to follow. */
  public void start(long nowNanos) {
    Membership configured = terms.configured();
    boolean roleIsKept = !state.isBlank() && state.membership() != null;
    boolean led = roleIsKept ? state.reign().own() : configured != null;
    if (configured != null && !terms.durable()) {
      leadInMemory(configured);
    } else if (led) {
      if (configured != null) {
        state.member(configured);
      }
      comesBack = state.membership() != null;
      nextCandidacyNanos = nowNanos;
    }
  }

  private void leadInMemory(Membership configured) {
    state.member(configured);
    outbox.open(others(configured));
    leader =
        Leader.inMemory(
            state,
            names(configured),
            terms.ids().getAsLong(),
            terms.startQuorum(),
            terms.leastQuorum(),
            terms.limits(),
            outbox,
            numbers);
    roleChanged.run();
  }

  private static List<String> others(Membership membership) {
    List<String> others = new ArrayList<>(membership.urls());
    others.remove(membership.self());
    return others;
  }

  private static List<String> names(Membership membership) {
    return others(membership).stream().map(Node::nameOf).toList();
  }

  private static String nameOf(String url) {
    return url.substring(url.indexOf("://") + 3);
  }

  /**
   * A put, or a delete where {@code value} is null. The waiter is told how it ends, possibly before
   * this returns. While the leadership is being taken or handed over, the write waits.
   */
  public void put(
      Key key,
      byte @Nullable [] value,
      int required,
      long deadlineNanos,
      Waiter waiter,
      long nowNanos) {
    Leader leading = leader;
    if (handover == null && (leading == null || !isTaking(leading, required, nowNanos))) {
      give(leading, key, value, required, deadlineNanos, waiter, nowNanos);
    } else {
      held.hold(key, value, required, deadlineNanos, waiter);
    }
  }

  /**
   * Whether the leadership is won and not served yet, or so new that the followers which the write
   * asks for may still be on their way to it.
   */
  private boolean isTaking(Leader leading, int required, long nowNanos) {
    if (stopped || !leading.isWon()) {
      return false;
    }
    boolean isNew =
        leading.terms().granted()
            && nowNanos - leadsSinceNanos < terms.limits().linkTimeoutNanos();
    return leading.obstacle().isPresent()
        || (isNew && leading.connected(nowNanos) < Math.min(required, leading.size()));
  }

  private void give(
      @Nullable Leader leading,
      Key key,
      byte @Nullable [] value,
      int required,
      long deadlineNanos,
      Waiter waiter,
      long nowNanos) {
    if (leading == null) {
      waiter.refused(new Refusal(Refusal.Kind.NOT_LEADING, obstacle().orElse("not leading")));
    } else {
      leading.put(key, value, required, deadlineNanos, waiter, nowNanos);
    }
  }

  /** Does what has come due. To be called every few milliseconds to tens of milliseconds. */
  public void tick(long nowNanos) {
    if (stopped) {
      return;
    }
    Leader leading = leader;
    if (leading != null) {
      leading.tick(nowNanos);
      afterLeading(nowNanos);
    } else if (candidacy != null) {
      candidacy.tick(nowNanos);
      afterCandidacy(nowNanos);
    } else if (comesBack && nowNanos >= nextCandidacyNanos) {
      stand(true, false, nowNanos);
    }
    tickHandover(nowNanos);
    held.expire(nowNanos, obstacle().orElse("the leadership is being handed over"));
    Promotion asked = promotion;
    if (asked != null && nowNanos >= asked.deadlineNanos()) {
      endPromotion(asked, nowNanos);
    }
  }

  /** Something was done as leader: it may begin to serve, or have to give way. */
  private void afterLeading(long nowNanos) {
    Leader leading = leader;
    if (leading == null) {
      return;
    }
    if (leading.terms().granted() && leading.newer() != null) {
      stepDown(nowNanos);
      return;
    }
    if (leading.obstacle().isEmpty() && handover == null) {
      held.release(
          write ->
              put(
                  write.key(),
                  write.value(),
                  write.required(),
                  write.deadlineNanos(),
                  write.waiter(),
                  nowNanos));
      Promotion asked = promotion;
      if (asked != null) {
        promotion = null;
        asked.answer().accept(PromotionOutcome.done(state.reign()));
      }
    }
  }

  /** Asks to lead. */
  private void stand(boolean automatic, boolean force, long nowNanos) {
    Membership members = state.membership();
    if (members == null) {
      return;
    }
    outbox.open(others(members));
    candidacy =
        new Candidacy(
            new Candidacy.Terms(
                automatic,
                force,
                terms.ids().getAsLong(),
                terms.durable(),
                terms.leastQuorum(),
                terms.durable() ? terms.leaseNanos() : 0),
            state,
            follower,
            settling,
            names(members),
            terms.limits(),
            outbox,
            numbers,
            nowNanos);
    roleChanged.run();
    candidacy.tick(nowNanos);
    afterCandidacy(nowNanos);
  }

  private void afterCandidacy(long nowNanos) {
    Candidacy standing = candidacy;
    if (standing == null) {
      return;
    }
    switch (standing.stage()) {
      case ASKING, GRANTING, TAKING, SETTLING -> {}
      case WON -> lead(standing, nowNanos);
      case LOST -> {
        candidacy = null;
        outbox.close();
        comesBack = (standing.isAutomatic() || comesBack) && !standing.isReplaced();
        nextCandidacyNanos =
            Math.max(nextCandidacyNanos, nowNanos + terms.limits().linkTimeoutNanos());
        Promotion asked = promotion;
        if (asked != null) {
          promotion = null;
          asked
              .answer()
              .accept(
                  PromotionOutcome.refused(
                      standing.reason(), standing.grants(), standing.needed()));
        }
        roleChanged.run();
      }
    }
  }

  private void lead(Candidacy won, long nowNanos) {
    Membership members = state.membership();
    if (members == null) {
      throw new IllegalStateException("leads a cluster that it does not know");
    }
    candidacy = null;
    comesBack = true;
    leaderUrl = null;
    leadsSinceNanos = nowNanos;
    follower.leave();
    leader =
        Leader.granted(
            state,
            names(members),
            won.won(terms.leaseNanos()),
            terms.limits(),
            outbox,
            numbers,
            nowNanos);
    leader.onSettled(settling.settled());
    roleChanged.run();
    leader.tick(nowNanos);
    afterLeading(nowNanos);
  }

  /** Ceases to lead: whoever waits for a write is told that its outcome is unknown. */
  private void stepDown(long nowNanos) {
    Leader leading = leader;
    if (leading != null) {
      leader = null;
      comesBack = true;
      nextCandidacyNanos = nowNanos + RETURN_TIMEOUTS * terms.limits().linkTimeoutNanos();
      outbox.close();
      leading.stop();
      roleChanged.run();
    }
  }

  /**
   * Asks to lead, on an operator's word.
   *
   * @param force whether too few grants are enough; then one that leads begins anew, too
   * @param answer told once how it ended
   */
  public void promote(
      boolean force, long deadlineNanos, Consumer<PromotionOutcome> answer, long nowNanos) {
    String obstacle =
        leader != null && leader.isWon() && (!force || leader.obstacle().isEmpty())
            ? "this node leads already"
            : promotion != null || (candidacy != null && !candidacy.isAutomatic())
                ? "a promotion of this node is under way"
                : state.membership() == null
                    ? "no leader has told this node which nodes its cluster has"
                    : null;
    if (obstacle != null) {
      answer.accept(PromotionOutcome.refused(obstacle, 0, 0));
      return;
    }
    stepDown(nowNanos);
    promotion = new Promotion(deadlineNanos, answer);
    stand(false, force, nowNanos);
  }

  private void endPromotion(Promotion asked, long nowNanos) {
    promotion = null;
    Candidacy standing = candidacy;
    String reason = obstacle().orElse("");
    if (standing != null) {
      reason = standing.reason();
      standing.giveUp(reason);
      afterCandidacy(nowNanos);
    }
    asked.answer().accept(PromotionOutcome.timedOut(reason));
  }

  /**
   * Hands the leadership to a follower that is level, on an operator's word. Writes wait meanwhile.
   *
   * @param to which follower, by its place among the followers
   * @param answer told once how it ended
   */
  public void switchOver(
      int to, long deadlineNanos, Consumer<HandoverOutcome> answer, long nowNanos) {
    if (leader == null || leader.obstacle().isPresent() || handover != null) {
      answer.accept(HandoverOutcome.refused(obstacle().orElse("a switchover is under way")));
      return;
    }
    handover = new Handover(to, state.reign().leadership(), nowNanos, deadlineNanos, answer);
    tickHandover(nowNanos);
  }

  private void tickHandover(long nowNanos) {
    Handover present = handover;
    if (present == null) {
      return;
    }
    Leader leading = leader;
    if (leading != null && !present.invited && leading.isQuiet() && leading.isLevel(present.to)) {
      present.invited = true;
      outbox.invite(present.to, present.from);
    }
    if (nowNanos >= present.deadlineNanos) {
      endHandover(
          HandoverOutcome.refused(
              present.invited
                  ? "the follower did not take over in time"
                  : "the follower could not be brought level in time"),
          nowNanos);
    }
  }

  /** The follower that was invited to take over will not: this node goes on. */
  public void onInviteRefused(long nowNanos) {
    if (handover != null && leader != null) {
      endHandover(HandoverOutcome.refused("the follower did not take over"), nowNanos);
    }
  }

  private void endHandover(HandoverOutcome outcome, long nowNanos) {
    Handover ended = handover;
    handover = null;
    if (ended == null) {
      return;
    }
    ended.answer.accept(outcome);
    if (leader == null && !outcome.isDone() && candidacy == null) {
      stand(true, false, nowNanos);
    }
    afterLeading(nowNanos);
  }

  /** From the leader that this node follows: it is to take over. */
  public void onInvite(Leadership from, Consumer<Report> answer, long nowNanos) {
    boolean follows = leader == null && from.equals(state.reign().leadership());
    answer.accept(
        report(
            follows ? Report.Verdict.ACCEPTED : Report.Verdict.OTHER_LEADERSHIP, nowNanos));
    if (follows && promotion == null && candidacy == null) {
      stand(false, false, nowNanos);
    }
  }

  /**
   * A hello.
   *
   * @param url where its sender wants clients
   * @param members the nodes as its sender knows them; not heeded from one who leads nobody
   */
  public void onHello(
      Hello hello,
      String url,
      @Nullable Membership members,
      Consumer<Report> answer,
      long nowNanos) {
    boolean asks = hello.leadership().equals(Leadership.NONE);
    boolean newer = !asks && hello.leadership().epoch() > state.granted().epoch();
    if (newer && hello.granted() && leader != null) {
      stepDown(nowNanos);
    }
    if (leader != null) {
      answer.accept(
          report(
              asks ? Report.Verdict.ACCEPTED : Report.Verdict.OTHER_LEADERSHIP, nowNanos));
      return;
    }
    Report report = follower.onHello(hello, nowNanos);
    if (!asks && report.granted().equals(hello.leadership())) {
      onFollowing(hello, url, members, nowNanos);
    }
    settling.then(() -> answer.accept(report));
  }

  private void onFollowing(
      Hello hello, String url, @Nullable Membership members, long nowNanos) {
    leaderUrl = url;
    comesBack = false;
    if (members != null) {
      state.member(members);
    }
    Candidacy standing = candidacy;
    if (standing != null && (standing.isAutomatic() || standing.isBehind(hello.leadership()))) {
      standing.giveUp("epoch " + hello.leadership().epoch() + " has begun");
      afterCandidacy(nowNanos);
      comesBack = false;
    }
    Handover present = handover;
    if (present != null && hello.leadership().epoch() > present.from.epoch()) {
      held.redirect(url);
      endHandover(
          HandoverOutcome.done(hello.leadership().epoch(), nowNanos - present.startedNanos),
          nowNanos);
    }
  }

  public void onAppend(Append append, Consumer<Report> answer, long nowNanos) {
    Report report =
        leader != null
            ? report(Report.Verdict.OTHER_LEADERSHIP, nowNanos)
            : follower.onAppend(append, nowNanos);
    settling.then(() -> answer.accept(report));
  }

  public void onSnapshot(SnapshotChunk chunk, Consumer<Report> answer, long nowNanos) {
    Report report =
        leader != null
            ? report(Report.Verdict.OTHER_LEADERSHIP, nowNanos)
            : follower.onSnapshot(chunk, nowNanos);
    settling.then(() -> answer.accept(report));
  }

  /** One that wants to lead asks for this node's grant; a leader that grants leads no more. */
  public void onGrant(GrantRequest request, Consumer<Report> answer, long nowNanos) {
    boolean newer = request.candidate().epoch() > state.granted().epoch();
    Report report = follower.onGrant(request, nowNanos);
    if (newer && report.verdict() == Report.Verdict.ACCEPTED) {
      stepDown(nowNanos);
    }
    Candidacy standing = candidacy;
    if (standing != null && standing.isBehind(state.granted()) && !standing.is(state.granted())) {
      standing.giveUp("this node has granted epoch " + state.granted().epoch() + " to another");
      afterCandidacy(nowNanos);
    }
    settling.then(() -> answer.accept(report));
  }

  /** One that has this node's grant asks for what it holds; null is the answer to others. */
  public void onPull(Pull pull, Consumer<@Nullable SnapshotChunk> answer) {
    SnapshotChunk chunk = leader == null ? pulls.answer(pull) : null;
    settling.then(() -> answer.accept(chunk));
  }

  private Report report(Report.Verdict verdict, long nowNanos) {
    Report report = follower.report(verdict, nowNanos);
    return leader != null && leader.isWon() ? report.ofLeader() : report;
  }

  /** Another node answered a hello. */
  public void onHelloReport(int peer, long number, Report report, long nowNanos) {
    if (leader != null) {
      leader.onHelloReport(peer, number, report, nowNanos);
      afterLeading(nowNanos);
    } else if (candidacy != null) {
      candidacy.onHelloReport(peer, number, report, nowNanos);
      afterCandidacy(nowNanos);
    }
  }

  /** Another node answered a request for its grant. */
  public void onGrantReport(int peer, long number, Report report, long nowNanos) {
    if (candidacy != null) {
      candidacy.onGrantReport(peer, number, report, nowNanos);
      afterCandidacy(nowNanos);
    }
  }

  /** Another node answered a request for what it holds. */
  public void onPulled(int peer, long number, @Nullable SnapshotChunk chunk, long nowNanos) {
    if (candidacy != null) {
      candidacy.onPulled(peer, number, chunk, nowNanos);
      afterCandidacy(nowNanos);
    }
  }

  /** A follower answered an append. */
  public void onAppendReport(int peer, Report report, long nowNanos) {
    if (leader != null) {
      leader.onAppendReport(peer, report, nowNanos);
      afterLeading(nowNanos);
    }
  }

  /** A follower answered a chunk of a snapshot. */
  public void onSnapshotReport(int peer, SnapshotChunk chunk, Report report, long nowNanos) {
    if (leader != null) {
      leader.onSnapshotReport(peer, chunk, report, nowNanos);
      afterLeading(nowNanos);
    }
  }

  /** A request of this session failed, or was not answered in time. */
  public void onLost(int peer, long session, long nowNanos) {
    if (leader != null) {
      leader.onLost(peer, session, nowNanos);
    } else if (candidacy != null) {
      candidacy.onLost(peer);
    }
  }

  /** What the disk was told through this position is settled there. */
  public void onSettled(long position, long nowNanos) {
    settling.onSettled(position);
    if (leader != null) {
      leader.onSettled(position);
    }
    afterCandidacy(nowNanos);
  }

  /** Stops: whoever waits is told that the outcome is unknown; later writes are refused. */
  public void stop() {
    stopped = true;
    if (leader != null) {
      leader.stop();
    }
    held.expire(Long.MAX_VALUE, "this node is stopping");
    outbox.close();
  }

  /** The leader that this node is, won or not; null while it is none. */
  public @Nullable Leader leader() {
    return leader;
  }

  /** Why it does not lead, or does not serve yet; empty when it does. */
  public Optional<String> obstacle() {
    if (stopped) {
      return Optional.of("this node is stopping");
    }
    if (leader != null) {
      return leader.obstacle();
    }
    if (candidacy != null) {
      return Optional.of("this node asks to lead: " + candidacy.reason());
    }
    return Optional.of("this node does not lead");
  }

  /** Whether it means to lead: it does, asks to, or will ask again. */
  public boolean standsToLead() {
    return leader != null || (candidacy != null && candidacy.isAutomatic()) || comesBack;
  }

  public NodeState state() {
    return state;
  }

  public Life life() {
    return terms.life();
  }

  /** Where the leader that it follows wants its clients; empty before it follows one. */
  public Optional<String> leaderUrl() {
    return Optional.ofNullable(leaderUrl);
  }

  /** Of a follower: whether what it holds may be read. */
  public boolean isLevel() {
    return follower.isLevel();
  }

  /** Of a follower: all through it confirmed, as far as its leader has said. */
  public long confirmedVersion() {
    return follower.confirmedVersion();
  }

  /** Newest version seen, or given. */
  public long lastVersion() {
    return state.lastVersion();
  }

  /** All through it applied. */
  public long appliedVersion() {
    return state.applied().through();
  }

  /** Any thread may read it. */
  public Store store() {
    return state.store();
  }
}
