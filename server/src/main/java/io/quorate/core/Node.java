package io.quorate.core;

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
   * @param leaseNanos how long a heartbeat's answer counts for confirmed reads, the same on all
   *     nodes; 0 without disks
   * @param owedNanos for how long a leader may count on an answer of an earlier process of this
   *     node; at least {@code leaseNanos}
   * @param wallMillis the wall clock, milliseconds since 1970; read when a leadership begins
   * @param ids random numbers
   */
  public record Terms(
      Life life,
      @Nullable Membership configured,
      int startQuorum,
      boolean durable,
      int leastQuorum,
      long leaseNanos,
      long owedNanos,
      LeaderLimits limits,
      LongSupplier wallMillis,
      LongSupplier ids) {}

  private final Terms terms;
  private final NodeState state;
  private final Settling settling;
  private final Follower follower;
  private final Roles roles;
  private final WriteGate gate;
  private final Switchover switchover;
  private final Answers answers;
  private final VersionWaits waits;
  private final Feed feed;

  /**
   * Does nothing before {@link #start}.
   *
   * @param state all that was kept of it, or nothing
   * @param roleChanged told whenever it began or ceased to lead, or to ask to; that it ceased to
   *     lead, before its store ceases to show what was confirmed and before any other node is told
   */
  public Node(Terms terms, NodeState state, Outbox outbox, Runnable roleChanged, long nowNanos) {
    this.terms = terms;
    this.state = state;
    this.settling = new Settling(state.disk());
    this.follower =
        new Follower(
            terms.life(),
            state,
            terms.leastQuorum(),
            terms.leaseNanos(),
            terms.owedNanos(),
            nowNanos);
    this.waits = new VersionWaits(terms.limits().waitingWrites());
    this.feed = new Feed(state.history());
    RoleMaker maker = new RoleMaker(terms, state, follower, settling, outbox, waits);
    this.roles = new Roles(terms, state, maker, outbox, roleChanged);
    this.gate = new WriteGate(roles, follower, terms.limits());
    this.switchover = new Switchover(roles, state, gate, outbox);
    PullServer pulls = new PullServer(state, terms.life(), terms.limits().chunkBytes());
    this.answers = new Answers(state, follower, roles, switchover, settling, pulls);
  }

  /** Begins to lead, to ask to, or to follow. What was kept outranks what is configured. */
  public void start(long nowNanos) {
    roles.start(nowNanos);
  }

  /**
   * A put or a delete. The waiter is told how it ends, possibly before this returns. While the
   * leadership is being taken or handed over, the write waits; it is never overtaken by one that
   * asks for the same.
   */
  public void put(WriteRequest asked, long nowNanos) {
    gate.put(asked, nowNanos);
    showConfirmed();
  }

  /**
   * Tells, once, whether this node came to have all through the version before the deadline: a
   * leader to have it confirmed, or all through it; another to have it applied.
   *
   * @return cancels it, on this node's thread; no effect once it was told
   */
  public Runnable awaitVersion(
      Token token, long deadlineNanos, Consumer<Reached> told, long nowNanos) {
    if (has(token)) {
      told.accept(Reached.YES);
    } else if (roles.isStopped() || deadlineNanos <= nowNanos) {
      told.accept(Reached.NOT_IN_TIME);
    } else if (waits.isFull()) {
      told.accept(Reached.TOO_MANY_WAIT);
    } else {
      return waits.add(token, deadlineNanos, told)::cancel;
    }
    return () -> {};
  }

  /** Whoever waits for a version, or watches, is told how far this node is. */
  private void tellWaits() {
    showConfirmed();
    if (!waits.isEmpty()) {
      Leader serving = roles.serving();
      if (roles.leader() == null) {
        waits.reached(new Token(state.reign().leadership().epoch(), state.applied().through()));
      } else if (serving != null) {
        waits.reached(new Token(serving.leadership().epoch(), serving.confirmedVersion()));
      }
    }
  }

  /** What is new to watches: a leader has taken over nothing before it serves. */
  private void showConfirmed() {
    Leader serving = roles.serving();
    if (serving != null) {
      feed.show(serving.confirmedVersion());
    } else if (roles.leader() == null && follower.hasEntered()) {
      feed.show(Math.min(follower.confirmedVersion(), appliedVersion()));
    }
  }

  private boolean has(Token token) {
    Leader serving = roles.serving();
    return roles.leader() == null
        ? state.has(token)
        : serving != null && serving.hasConfirmed(token);
  }

  /** Does what has come due. To be called every few milliseconds to tens of milliseconds. */
  public void tick(long nowNanos) {
    if (!roles.isStopped()) {
      gate.expire(nowNanos);
      roles.tick(nowNanos);
      switchover.tick(nowNanos);
      gate.release(nowNanos);
      gate.deleteEnded(nowNanos);
      waits.expire(nowNanos);
      tellWaits();
    }
  }

  /**
   * Asks to lead, on an operator's word.
   *
   * @param force whether too few grants are enough; then one that leads begins anew, too, as long
   *     as not all followers have entered its epoch
   * @param answer told once how it ended
   */
  public void promote(
      boolean force, long deadlineNanos, Consumer<PromotionOutcome> answer, long nowNanos) {
    roles.promote(force, deadlineNanos, answer, nowNanos);
  }

  /**
   * Hands the leadership to a follower, on an operator's word. Writes wait meanwhile.
   *
   * @param to which follower, by its place among the followers
   * @param answer told once how it ended
   */
  public void switchOver(
      int to, long deadlineNanos, Consumer<HandoverOutcome> answer, long nowNanos) {
    switchover.begin(to, deadlineNanos, answer, nowNanos);
  }

  /** The follower that was invited to take over will not: this node goes on. */
  public void onInviteRefused(long nowNanos) {
    switchover.onInviteRefused(nowNanos);
    gate.release(nowNanos);
  }

  /** From the leader that this node follows: it is to take over. */
  public void onInvite(Leadership from, Consumer<Report> answer, long nowNanos) {
    answers.onInvite(from, answer, nowNanos);
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
    answers.onHello(hello, url, members, answer, nowNanos);
    tellWaits();
  }

  /** Mutations from the leader; answered once they, or what is newer, are settled on the disk. */
  public void onAppend(Append append, Consumer<Report> answer, long nowNanos) {
    answers.onAppend(append, answer, nowNanos);
    tellWaits();
  }

  /** A part of what the leader holds; answered once it is settled on the disk. */
  public void onSnapshot(SnapshotChunk chunk, Consumer<Report> answer, long nowNanos) {
    answers.onSnapshot(chunk, answer, nowNanos);
    tellWaits();
  }

  /** One that wants to lead asks for this node's grant; a leader that grants leads no more. */
  public void onGrant(GrantRequest request, Consumer<Report> answer, long nowNanos) {
    answers.onGrant(request, answer, nowNanos);
  }

  /** One that has this node's grant asks for what it holds; null is the answer to others. */
  public void onPull(Pull pull, Consumer<@Nullable SnapshotChunk> answer) {
    answers.onPull(pull, answer);
  }

  /** Another node answered a hello. */
  public void onHelloReport(int peer, long number, Report report, long nowNanos) {
    Leader leading = roles.leader();
    Candidacy standing = roles.candidacy();
    if (leading != null) {
      leading.onHelloReport(peer, number, report, nowNanos);
      afterLeading(nowNanos);
    } else if (standing != null) {
      standing.onHelloReport(peer, number, report, nowNanos);
      afterCandidacy(nowNanos);
    }
  }

  /** Another node answered a request for its grant. */
  public void onGrantReport(int peer, long number, Report report, long nowNanos) {
    Candidacy standing = roles.candidacy();
    if (standing != null) {
      standing.onGrantReport(peer, number, report, nowNanos);
      afterCandidacy(nowNanos);
    }
  }

  /** Another node answered a request for what it holds. */
  public void onPulled(int peer, long number, @Nullable SnapshotChunk chunk, long nowNanos) {
    Candidacy standing = roles.candidacy();
    if (standing != null) {
      standing.onPulled(peer, number, chunk, nowNanos);
      afterCandidacy(nowNanos);
    }
  }

  /** A follower answered an append. */
  public void onAppendReport(int peer, Report report, long nowNanos) {
    Leader leading = roles.leader();
    if (leading != null) {
      leading.onAppendReport(peer, report, nowNanos);
      afterLeading(nowNanos);
    }
  }

  /** A follower answered a chunk of a snapshot. */
  public void onSnapshotReport(int peer, SnapshotChunk chunk, Report report, long nowNanos) {
    Leader leading = roles.leader();
    if (leading != null) {
      leading.onSnapshotReport(peer, chunk, report, nowNanos);
      afterLeading(nowNanos);
    }
  }

  /** A request of this session failed, or was not answered in time. */
  public void onLost(int peer, long session, long nowNanos) {
    Leader leading = roles.leader();
    Candidacy standing = roles.candidacy();
    if (leading != null) {
      leading.onLost(peer, session, nowNanos);
    } else if (standing != null) {
      standing.onLost(peer);
    }
  }

  /** What the disk was told through this position is settled there. */
  public void onSettled(long position, long nowNanos) {
    settling.onSettled(position);
    Leader leading = roles.leader();
    if (leading != null) {
      leading.onSettled(position);
    }
    afterCandidacy(nowNanos);
    tellWaits();
  }

  private void afterLeading(long nowNanos) {
    roles.afterLeading(nowNanos);
    gate.release(nowNanos);
    tellWaits();
  }

  private void afterCandidacy(long nowNanos) {
    roles.afterCandidacy(nowNanos);
    gate.release(nowNanos);
  }

  /** Stops: whoever waits is told that the outcome is unknown; later writes are refused. */
  public void stop() {
    roles.stop();
    gate.expire(Long.MAX_VALUE);
    waits.expire(Long.MAX_VALUE);
  }

  /** The leader that this node is, won or not; null while it is none. */
  public @Nullable Leader leader() {
    return roles.leader();
  }

  /** Why it does not lead, or does not serve yet; empty when it does. */
  public Optional<String> obstacle() {
    return roles.obstacle();
  }

  /** Whether it asks to lead now. */
  public boolean isCandidate() {
    return roles.candidacy() != null;
  }

  /** Whether it means to lead: it does, asks to, or will ask again. */
  public boolean standsToLead() {
    return roles.standsToLead();
  }

  public NodeState state() {
    return state;
  }

  public Life life() {
    return terms.life();
  }

  /** Where the leader that it follows wants its clients; empty when it follows none. */
  public Optional<String> leaderUrl() {
    return Optional.ofNullable(follower.leaderUrl());
  }

  /** Of a follower: whether what it holds may be read. */
  public boolean isLevel() {
    return follower.isLevel();
  }

  /** What is confirmed, for watches. */
  public Feed feed() {
    return feed;
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
