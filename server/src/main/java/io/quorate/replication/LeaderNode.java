package io.quorate.replication;

import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import io.quorate.core.HandoverOutcome;
import io.quorate.core.Key;
import io.quorate.core.Leader;
import io.quorate.core.Reached;
import io.quorate.core.Store;
import io.quorate.core.Token;
import io.quorate.core.WriteRequest;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What a node shows to clients while it leads: takes writes to the core's loop. */
final class LeaderNode implements LeaderReplica {

  private final LiveNode live;
  private final EventLoop loop;
  private final Leader leader;

  /** To its followers. There may be none any more, or others, once the leadership has ended. */
  private final List<FollowerLink> links;

  private final LeaderReports reports;
  private final Background comparisons = new Background("convergence");

  private volatile Settings settings;

  /** How many followers are connected. */
  private volatile int connected;

  /** Why it does not lead, or does not serve yet; null when it does. */
  private volatile @Nullable String obstacle = "starting";

  /** Until when confirmed reads may be served; {@link Long#MAX_VALUE} when they need no lease. */
  private volatile long readableUntilNanos = Long.MIN_VALUE;

  /**
   * Shows one leadership.
   *
   * @param leader of the core, as long as this is shown
   */
  LeaderNode(LiveNode live, Leader leader, Settings settings) {
    this.live = live;
    this.loop = live.loop();
    this.leader = leader;
    this.settings = settings;
    this.links = live.links().present();
    this.reports = new LeaderReports(live, leader, links);
  }

  /** Whether it is this leadership that is shown. */
  boolean shows(Leader other) {
    return leader == other;
  }

  /**
   * Nothing that is read of this leadership from now on is answered. To be called, on the loop,
   * before the store ceases to show what was confirmed and before any other node hears that the
   * leadership is over.
   *
   * <p>Other threads read the store first and {@link #obstacle} then, both volatile. One that saw
   * the store after that, or read it after another leader had confirmed something newer, therefore
   * sees this obstacle; one that does not see it read the store while this node led.
   */
  void end(String why) {
    obstacle = why;
    readableUntilNanos = Long.MIN_VALUE;
  }

  /** Brings up what other threads read, while the leadership lasts. On the loop. */
  void note(long nowNanos) {
    obstacle = leader.obstacle().orElse(null);
    connected = leader.connected(nowNanos);
    readableUntilNanos = leader.readableUntilNanos();
  }

  /** To be called every few milliseconds to tens of milliseconds, on the loop. */
  void tick(long nowNanos) {
    reports.noteGiven(nowNanos);
  }

  @Override
  public void write(WriteRequest asked) {
    if (loop.inEventLoop()) {
      live.core().put(asked, System.nanoTime());
    } else {
      loop.execute(() -> live.core().put(asked, System.nanoTime()));
    }
  }

  @Override
  public Store store() {
    return leader.store();
  }

  @Override
  public <T> CompletionStage<T> still(Function<Store, T> read) {
    return live.onLoop(() -> read.apply(store()));
  }

  @Override
  public int followers() {
    return links.size();
  }

  @Override
  public int minWriteQuorum() {
    return live.leastQuorum();
  }

  @Override
  public Optional<String> obstacle() {
    return Optional.ofNullable(obstacle);
  }

  @Override
  public @Nullable String confirmedReadObstacle() {
    String inTheWay = obstacle;
    if (inTheWay != null) {
      return inTheWay;
    }
    long until = readableUntilNanos;
    boolean held =
        until == Long.MAX_VALUE || (until != Long.MIN_VALUE && System.nanoTime() - until < 0);
    return held
        ? null
        : "too few followers have answered within LEASE_MS: another node may lead by now";
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
  public CompletionStage<Change> change(Settings from, Settings to) {
    return live.onLoop(
        () -> {
          if (!isPresent()) {
            return Change.NOT_LEADING;
          }
          if (!settings.equals(from)) {
            return Change.OTHERS_IN_FORCE;
          }
          settings = to;
          live.links().change(to);
          return Change.MADE;
        });
  }

  /** Whether this leadership has not ended. On the loop. */
  private boolean isPresent() {
    return live.core().leader() == leader;
  }

  @Override
  public CompletionStage<Optional<WriteReport>> find(Token token) {
    return live.onLoop(() -> Optional.ofNullable(leader.write(token)).map(reports::write));
  }

  @Override
  public CompletionStage<NodeStatus> status() {
    return live.onLoop(() -> reports.status(settings, System.nanoTime()));
  }

  @Override
  public CompletionStage<Measures> measures() {
    return live.onLoop(() -> reports.measures(settings, System.nanoTime()));
  }

  @Override
  public CompletionStage<StoreDigest> digest() {
    return live.digests().digest(live.identity().id());
  }

  @Override
  public CompletionStage<Convergence> convergence(long timeoutNanos) {
    long deadline = System.nanoTime() + timeoutNanos;
    Supplier<ConvergenceCheck.Standing> standing =
        () -> reports.standing(isPresent(), System.nanoTime());
    ConvergenceCheck check =
        new ConvergenceCheck(new ComparedNodes(loop, leader, links, standing, deadline));
    return new ConvergenceWait(loop, standing, () -> comparisons.call(check::compare), deadline)
        .start();
  }

  @Override
  public CompletionStage<ReplicationAnswer> onReplication(String path, ByteBuf body) {
    return live.onReplication(path, body);
  }

  @Override
  public CompletionStage<Transition> promote(boolean force, long timeoutNanos) {
    return live.promote(force, timeoutNanos);
  }

  @Override
  public CompletionStage<Transition> switchOver(String to, long timeoutNanos) {
    CompletableFuture<Transition> ended = new CompletableFuture<>();
    loop.execute(() -> switchOver(to, timeoutNanos, ended));
    return ended;
  }

  private void switchOver(String to, long timeoutNanos, CompletableFuture<Transition> ended) {
    int follower = followerOf(to);
    if (follower < 0) {
      ended.complete(new Transition.UnknownTarget(reports.noFollower(to)));
      return;
    }
    String id = links.get(follower).nodeId();
    long now = System.nanoTime();
    live.core()
        .switchOver(
            follower,
            now + timeoutNanos,
            outcome -> {
              live.note();
              ended.complete(moved(outcome, follower, id));
            },
            now);
  }

  private Transition moved(HandoverOutcome outcome, int follower, String id) {
    return switch (outcome.kind()) {
      case DONE ->
          new Transition.Moved(live.identity().id(), id, outcome.epoch(), outcome.pausedNanos());
      case REFUSED -> new Transition.Refused(id + ": " + outcome.reason() + condition(follower));
      case UNKNOWN -> new Transition.TimedOut(id + ": " + outcome.reason() + condition(follower));
    };
  }

  /** What is known of a follower; nothing once the leadership has ended. */
  private String condition(int follower) {
    return isPresent() ? "; it " + reports.condition(follower, System.nanoTime()) : "";
  }

  private int followerOf(String to) {
    for (int follower = 0; follower < links.size(); follower++) {
      FollowerLink link = links.get(follower);
      if (to.equals(link.nodeId()) || to.equals(link.url().toString())) {
        return follower;
      }
    }
    return -1;
  }

  @Override
  public long defaultTimeoutNanos() {
    return settings.writeTimeoutNanos();
  }

  @Override
  public CompletableFuture<Reached> awaitVersion(Token token, long timeoutNanos) {
    return live.awaitVersion(token, timeoutNanos);
  }

  @Override
  public CompletionStage<WatchStart> watch(
      @Nullable Token after, Key prefix, long heartbeatNanos, EventTexts texts) {
    return live.watches().begin(after, prefix, heartbeatNanos, texts);
  }

  @Override
  public SnapshotStream snapshot() {
    return live.snapshot();
  }

  @Override
  public CompletionStage<Boolean> alter(Key key, Alteration alteration) {
    return live.alter(key, alteration);
  }
}
