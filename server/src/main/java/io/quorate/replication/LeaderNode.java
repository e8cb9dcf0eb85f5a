package io.quorate.replication;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.quorate.core.Key;
import io.quorate.core.Leader;
import io.quorate.core.LeaderLimits;
import io.quorate.core.Store;
import io.quorate.core.TestDoor;
import io.quorate.core.Token;
import io.quorate.core.Waiter;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A leader around its core: takes writes to the core's loop, and gives the core its time and its
 * links.
 *
 * <pre>
 *  owned by the loop        core, links, pools, injected delays
 *  read by any thread       the store; settings, obstacle, connected (volatile, written by the loop)
 *  on threads of their own  digests, comparisons, name look-ups
 * </pre>
 */
public final class LeaderNode implements LeaderReplica {

  private static final Logger LOG = LoggerFactory.getLogger(LeaderNode.class);

  private static final long TICK_MILLIS = 20;

  private final Identity identity;
  private final EventLoop loop;
  private final Leader leader;
  private final Links links;
  private final LeaderReports reports;
  private final Background digests = new Background("digest");
  private final Background comparisons = new Background("convergence");

  private @Nullable Future<?> ticking;

  private volatile Settings settings;

  /** How many followers are connected. */
  private volatile int connected;

  /** Why it does not lead; null when it does. */
  private volatile @Nullable String obstacle = "starting";

  /**
   * Does nothing before {@link #start}.
   *
   * @param loop owns the leader's state
   * @param leadershipId random
   * @param seed of the injected delays
   */
  public LeaderNode(
      Identity identity,
      EventLoop loop,
      Class<? extends Channel> channelType,
      List<URI> followerUrls,
      Settings settings,
      LeaderLimits limits,
      int linkConnections,
      long leadershipId,
      long seed) {
    this.identity = identity;
    this.loop = loop;
    this.settings = settings;
    this.links = new Links(loop, channelType, followerUrls, linkConnections, limits, seed);
    List<String> names = new ArrayList<>();
    followerUrls.forEach(url -> names.add(url.getAuthority()));
    this.leader = new Leader(names, leadershipId, settings.writeQuorum(), limits, links);
    links.open(leader, settings, this::card);
    this.reports = new LeaderReports(identity, leader, links);
  }

  /** Begins to look for followers. */
  public void start() {
    ticking = loop.scheduleWithFixedDelay(this::tick, 0, TICK_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void tick() {
    try {
      long now = System.nanoTime();
      leader.tick(now);
      links.expire(now);
      noteObstacle();
      connected = leader.connected(now);
    } catch (Throwable bug) {
      // A periodic task that throws is never run again, and with it every deadline would stand
      // still.
      Fatal.check(bug);
      LOG.error("the leader's tick failed", bug);
    }
  }

  private void noteObstacle() {
    String now = leader.obstacle().orElse(null);
    if (now == null && obstacle != null) {
      LOG.info("leading with epoch {}", leader.leadership().epoch());
    } else if (now != null && !now.equals(obstacle)) {
      LOG.warn("not leading: {}", now);
    }
    obstacle = now;
  }

  private LeaderCard card() {
    Settings now = settings;
    return new LeaderCard(
        identity.id(),
        identity.advertiseUrl(),
        now.writeQuorum(),
        now.minDelayNanos(),
        now.maxDelayNanos(),
        links.urls());
  }

  @Override
  public void write(
      Key key, byte @Nullable [] value, int required, long timeoutNanos, Waiter waiter) {
    if (loop.inEventLoop()) {
      put(key, value, required, timeoutNanos, waiter);
    } else {
      loop.execute(() -> put(key, value, required, timeoutNanos, waiter));
    }
  }

  private void put(
      Key key, byte @Nullable [] value, int required, long timeoutNanos, Waiter waiter) {
    assert loop.inEventLoop();
    long now = System.nanoTime();
    leader.put(key, value, required, now + timeoutNanos, waiter, now);
  }

  /**
   * Stops leading: whoever waits hears that the outcome is unknown. Completes when all have been
   * told.
   */
  public CompletionStage<Void> stop() {
    return CompletableFuture.runAsync(
        () -> {
          leader.stop();
          noteObstacle();
          if (ticking != null) {
            ticking.cancel(false);
          }
          links.close();
        },
        loop);
  }

  @Override
  public Store store() {
    return leader.store();
  }

  @Override
  public int followers() {
    return links.size();
  }

  @Override
  public Optional<String> obstacle() {
    return Optional.ofNullable(obstacle);
  }

  /** Not before it leads and could confirm a write with the default quorum. */
  @Override
  public Optional<String> unready() {
    Optional<String> inTheWay = obstacle();
    int quorum = settings.writeQuorum();
    int reached = connected;
    return inTheWay.isPresent() || reached >= quorum
        ? inTheWay
        : Optional.of(
            "the write quorum is " + quorum + ", and " + reached + " followers are connected");
  }

  @Override
  public Settings settings() {
    return settings;
  }

  @Override
  public CompletionStage<Boolean> change(Settings from, Settings to) {
    return onLoop(
        () -> {
          if (!settings.equals(from)) {
            return false;
          }
          settings = to;
          links.change(to);
          return true;
        });
  }

  @Override
  public CompletionStage<Optional<WriteReport>> find(Token token) {
    return onLoop(() -> Optional.ofNullable(leader.write(token)).map(reports::write));
  }

  @Override
  public CompletionStage<NodeStatus> status() {
    return onLoop(() -> reports.status(settings, System.nanoTime()));
  }

  @Override
  public CompletionStage<StoreDigest> digest() {
    return onLoop(leader::lastVersion)
        .thenCompose(
            before ->
                digests
                    .call(() -> StoreDigester.of(leader.store()))
                    .thenCompose(
                        digester ->
                            onLoop(leader::lastVersion)
                                .thenApply(
                                    last ->
                                        new StoreDigest(
                                            identity.id(),
                                            before,
                                            last,
                                            digester.keys(),
                                            digester.hex()))));
  }

  @Override
  public CompletionStage<Convergence> convergence(long timeoutNanos) {
    long deadline = System.nanoTime() + timeoutNanos;
    Supplier<ConvergenceCheck.Standing> standing = () -> reports.standing(System.nanoTime());
    ConvergenceCheck check =
        new ConvergenceCheck(new ComparedNodes(loop, leader, links, standing, deadline));
    return new ConvergenceWait(loop, standing, () -> comparisons.call(check::compare), deadline)
        .start();
  }

  @Override
  public CompletionStage<ReplicationAnswer> onReplication(String path, ByteBuf body) {
    body.release();
    return CompletableFuture.completedStage(new ReplicationAnswer(409, Unpooled.EMPTY_BUFFER));
  }

  @Override
  public CompletionStage<Transition> promote(boolean force, long timeoutNanos) {
    return CompletableFuture.completedStage(new Transition.Refused("this node leads already"));
  }

  @Override
  public CompletionStage<Transition> switchOver(String to, long timeoutNanos) {
    return CompletableFuture.completedStage(new Transition.Refused("not built yet"));
  }

  @Override
  public @Nullable String confirmedReadObstacle() {
    return null;
  }

  @Override
  public int minWriteQuorum() {
    return 1;
  }

  @Override
  public SnapshotStream snapshot() {
    throw new UnsupportedOperationException("not built yet");
  }

  @Override
  public CompletionStage<Boolean> alter(Key key, Alteration alteration) {
    return onLoop(
        () ->
            switch (alteration) {
              case BYTE -> TestDoor.flipByte(leader.store(), key);
              case VERSION -> TestDoor.raiseVersion(leader.store(), key);
            });
  }

  private <T> CompletionStage<T> onLoop(Supplier<T> read) {
    return CompletableFuture.supplyAsync(read, loop);
  }
}
