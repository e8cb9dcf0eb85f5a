package io.quorate.replication;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.quorate.core.Key;
import io.quorate.core.Leader;
import io.quorate.core.Membership;
import io.quorate.core.Node;
import io.quorate.core.NodeState;
import io.quorate.core.PromotionOutcome;
import io.quorate.core.Reached;
import io.quorate.core.Store;
import io.quorate.core.TestDoor;
import io.quorate.core.Token;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A node around its core, whichever role it has: gives the core its time, its links and its disk,
 * takes requests of other nodes to the core's loop, and shows the role that it has to its clients.
 *
 * <pre>
 *  owned by the loop        core, links, pools, injected delays
 *  read by any thread       the store; what each role shows (volatile, written by the loop)
 *  on threads of their own  the log, digests, comparisons, snapshots, name look-ups
 * </pre>
 */
public final class LiveNode {

  private static final Logger LOG = LoggerFactory.getLogger(LiveNode.class);

  /** A batch for a follower is full with so many bytes of mutations; the last may go beyond. */
  public static final int BATCH_BYTES = 1 << 20;

  private static final long TICK_MILLIS = 20;

  private final Identity identity;
  private final EventLoop loop;
  private final Keeping keeping;
  private final Node.Terms terms;
  private final Links links;
  private final Node core;
  private final Requests requests;
  private final Consumer<Replica> serving;
  private final long writeTimeoutNanos;
  private final Digests digests;
  private final StateExport export;
  private final Watches watches;
  private final RoleLog log = new RoleLog();

  /** That this node has entered; 0 before the first. Read by any thread. */
  private volatile long epoch;

  private @Nullable Future<?> ticking;
  private @Nullable LeaderNode leader;
  private @Nullable FollowerNode follower;

  /**
   * Does nothing before {@link #start}.
   *
   * @param loop owns the core
   * @param state what was kept of the node, or nothing
   * @param settings in force where the node is configured to lead, and for links before it leads
   * @param seed of the injected delays
   * @param serving told which role is to be shown to clients, at the start and at every change
   */
  public LiveNode(
      Identity identity,
      EventLoop loop,
      Class<? extends Channel> channelType,
      Node.Terms terms,
      NodeState state,
      Keeping keeping,
      Settings settings,
      int linkConnections,
      long seed,
      Consumer<Replica> serving) {
    this.identity = identity;
    this.loop = loop;
    this.keeping = keeping;
    this.terms = terms;
    this.serving = serving;
    this.writeTimeoutNanos = settings.writeTimeoutNanos();
    this.links =
        new Links(
            loop,
            channelType,
            identity,
            linkConnections,
            terms.limits().linkTimeoutNanos(),
            settings,
            seed);
    this.core = new Node(terms, state, links, this::showRole, System.nanoTime());
    this.digests = new Digests(loop, core);
    this.export = new StateExport(loop, core, terms.leastQuorum());
    this.watches = new Watches(loop, core);
    this.requests = new Requests(loop, core, identity, digests, this::noteFollowing, this::heard);
    links.serve(core);
  }

  /** Begins to lead, to ask to, or to follow. Completes when it shows what it is. */
  public CompletionStage<Void> start() {
    return CompletableFuture.runAsync(
        () -> {
          warnOfRestored();
          core.start(System.nanoTime());
          if (leader == null) {
            showRole();
          }
          ticking = loop.scheduleWithFixedDelay(this::tick, 0, TICK_MILLIS, TimeUnit.MILLISECONDS);
        },
        loop);
  }

  /**
   * What was restored from a snapshot belongs to no cluster until it leads or follows. In a cluster
   * that lives, it would count for writes that it acknowledged after the snapshot and has not.
   */
  private void warnOfRestored() {
    NodeState state = core.state();
    if (!state.isBlank() && state.membership() == null) {
      LOG.warn(
          "this node's data was restored from a snapshot, of epoch {} through version {}, and counts"
              + " as all that it ever acknowledged: restore every node of its cluster from the same"
              + " file, or start this one empty",
          state.reign().leadership().epoch(),
          state.appliedVersion());
    }
  }

  /** The core began or ceased to lead, or to ask to. */
  private void showRole() {
    assert loop.inEventLoop();
    Leader leading = core.leader();
    LeaderNode before = leader;
    if (before != null && (leading == null || !before.shows(leading))) {
      before.end("this node does not lead any more");
    }
    if (leading == null) {
      leader = null;
      if (follower == null) {
        FollowerNode shown = new FollowerNode(this);
        follower = shown;
        serving.accept(shown);
      }
    } else if (leader == null || !leader.shows(leading)) {
      follower = null;
      Settings settings = settings(core.state().membership());
      links.change(settings);
      LeaderNode shown = new LeaderNode(this, leading, settings);
      leader = shown;
      serving.accept(shown);
    }
    note();
  }

  private Settings settings(@Nullable Membership members) {
    return members == null
        ? new Settings(0, 0, 0, writeTimeoutNanos)
        : new Settings(
            members.writeQuorum(),
            members.minDelayNanos(),
            members.maxDelayNanos(),
            writeTimeoutNanos);
  }

  private void tick() {
    try {
      long now = System.nanoTime();
      core.tick(now);
      links.expire(now);
      keeping.tick(core.state());
      watches.tick(now);
      note();
      LeaderNode leading = leader;
      if (leading != null) {
        leading.tick(now);
      }
      export.look(now);
    } catch (Throwable bug) {
      // A periodic task that throws is never run again, and with it every deadline would stand
      // still.
      Fatal.check(bug);
      LOG.error("the node's tick failed", bug);
    }
  }

  /**
   * What other threads read of the core, and what the operator is to know, is brought up. On the
   * loop, and before anybody is told of a change of leaders.
   */
  void note() {
    long now = System.nanoTime();
    LeaderNode leading = leader;
    if (leading != null) {
      leading.note(now);
    }
    FollowerNode following = follower;
    if (following != null) {
      following.note();
    }
    epoch = core.state().reign().leadership().epoch();
    log.note(core, now);
  }

  private void noteFollowing(LeaderCard card) {
    LOG.info("following {} of epoch {}", card.id(), core.state().granted().epoch());
  }

  /** All that the disk was told through this position is settled there. Any thread. */
  public void settled(long position) {
    loop.execute(
        () -> {
          core.onSettled(position, System.nanoTime());
          LeaderNode leading = leader;
          if (leading != null) {
            leading.note(System.nanoTime());
          }
        });
  }

  /** Stops: whoever waits hears that the outcome is unknown. Completes when all have been told. */
  public CompletionStage<Void> stop() {
    return CompletableFuture.runAsync(
        () -> {
          LeaderNode leading = leader;
          if (leading != null) {
            leading.end("this node is stopping");
          }
          core.stop();
          watches.stop();
          note();
          export.stop(System.nanoTime());
          if (ticking != null) {
            ticking.cancel(false);
          }
        },
        loop);
  }

  /** The core has heard another node. */
  private void heard() {
    FollowerNode following = follower;
    if (following != null) {
      following.noteLevel();
    }
    export.look(System.nanoTime());
  }

  CompletionStage<Replica.ReplicationAnswer> onReplication(String path, ByteBuf body) {
    return requests.answer(path, body);
  }

  CompletionStage<Transition> promote(boolean force, long timeoutNanos) {
    CompletableFuture<Transition> ended = new CompletableFuture<>();
    loop.execute(
        () -> {
          long now = System.nanoTime();
          core.promote(
              force,
              now + timeoutNanos,
              outcome -> {
                note();
                ended.complete(transition(outcome));
              },
              now);
          note();
        });
    return ended;
  }

  private Transition transition(PromotionOutcome outcome) {
    return switch (outcome.kind()) {
      case DONE ->
          new Transition.Done(
              identity.id(),
              outcome.reign().leadership().epoch(),
              outcome.reign().base(),
              outcome.reign().unclean());
      case REFUSED -> new Transition.Refused(outcome.reason(), outcome.grants(), outcome.needed());
      case TIMED_OUT -> new Transition.TimedOut(outcome.reason());
    };
  }

  CompletableFuture<Reached> awaitVersion(Token token, long timeoutNanos) {
    CompletableFuture<Reached> ended = new CompletableFuture<>();
    long deadline = System.nanoTime() + timeoutNanos;
    loop.execute(() -> awaitVersion(token, deadline, ended));
    return ended;
  }

  private void awaitVersion(Token token, long deadlineNanos, CompletableFuture<Reached> ended) {
    if (ended.isCancelled()) {
      return;
    }
    Runnable cancel = core.awaitVersion(token, deadlineNanos, ended::complete, System.nanoTime());
    ended.whenComplete(
        (reached, failure) -> {
          if (ended.isCancelled()) {
            loop.execute(cancel);
          }
        });
  }

  long writeTimeoutNanos() {
    return writeTimeoutNanos;
  }

  SnapshotStream snapshot() {
    return export.stream();
  }

  NodeStatus.Standing standing(@Nullable Long leaseLeftNanos, @Nullable Boolean served) {
    NodeState state = core.state();
    return new NodeStatus.Standing(
        state.reign().unclean(),
        state.granted().epoch(),
        terms.leastQuorum(),
        terms.leaseNanos(),
        leaseLeftNanos,
        served);
  }

  CompletionStage<Boolean> alter(Key key, Replica.Alteration alteration) {
    return onLoop(
        () ->
            switch (alteration) {
              case BYTE -> TestDoor.flipByte(store(), key);
              case VERSION -> TestDoor.raiseVersion(store(), key);
            });
  }

  <T> CompletionStage<T> onLoop(Supplier<T> read) {
    return CompletableFuture.supplyAsync(read, loop);
  }

  /** The epoch that this node has entered; 0 before the first. Any thread. */
  public long epoch() {
    return epoch;
  }

  int leastQuorum() {
    return terms.leastQuorum();
  }

  Store store() {
    return core.store();
  }

  Node core() {
    return core;
  }

  EventLoop loop() {
    return loop;
  }

  Links links() {
    return links;
  }

  Identity identity() {
    return identity;
  }

  Keeping keeping() {
    return keeping;
  }

  Requests requests() {
    return requests;
  }

  Watches watches() {
    return watches;
  }

  Digests digests() {
    return digests;
  }
}
