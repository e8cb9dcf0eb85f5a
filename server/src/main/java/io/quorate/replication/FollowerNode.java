package io.quorate.replication;

import io.netty.buffer.ByteBuf;
import io.quorate.core.Key;
import io.quorate.core.Membership;
import io.quorate.core.Node;
import io.quorate.core.Reached;
import io.quorate.core.Store;
import io.quorate.core.Token;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What a node shows to clients while it does not lead. */
final class FollowerNode implements FollowerReplica {

  private final LiveNode live;

  private volatile boolean level;

  /** Why no leader can be named; null when one can. */
  private volatile @Nullable String leaderless = "no leader has made contact";

  /** Where the leader wants its clients; null when it is not known. */
  private volatile @Nullable String leaderUrl;

  FollowerNode(LiveNode live) {
    this.live = live;
  }

  /** Brings up what other threads read. On the loop. */
  void note() {
    Node core = live.core();
    level = core.isLevel();
    leaderUrl = core.leaderUrl().orElse(null);
    leaderless =
        leaderUrl != null
            ? null
            : core.standsToLead()
                ? core.obstacle().orElse("this node asks to lead")
                : "no leader has made contact";
  }

  /** The one of these that a reader must not see late. On the loop. */
  void noteLevel() {
    boolean now = live.core().isLevel();
    if (now != level) {
      level = now;
    }
  }

  @Override
  public CompletionStage<ReplicationAnswer> onReplication(String path, ByteBuf body) {
    return live.onReplication(path, body);
  }

  @Override
  public Store store() {
    return live.store();
  }

  @Override
  public <T> CompletionStage<T> still(Function<Store, T> read) {
    return live.onLoop(() -> read.apply(store()));
  }

  @Override
  public boolean isLevel() {
    return !store().isPartial() && level;
  }

  @Override
  public Optional<String> leaderUrl() {
    return Optional.ofNullable(leaderUrl);
  }

  @Override
  public Optional<String> unready() {
    String inTheWay = leaderless;
    if (inTheWay != null) {
      return Optional.of(inTheWay);
    }
    return isLevel() ? Optional.empty() : Optional.of("catching up with the leader");
  }

  @Override
  public CompletionStage<NodeStatus> status() {
    return live.onLoop(this::statusNow);
  }

  @Override
  public CompletionStage<Measures> measures() {
    return live.onLoop(() -> new Measures(statusNow(), live.keeping().measures(), null));
  }

  private NodeStatus statusNow() {
    Node core = live.core();
    Identity identity = live.identity();
    LeaderCard leader = leaderUrl == null ? null : live.requests().leader();
    Membership members = leader == null ? null : leader.members();
    return new NodeStatus(
        identity.id(),
        Role.FOLLOWER,
        core.state().reign().leadership().epoch(),
        leader == null ? null : leader.id(),
        leader == null ? null : leader.url(),
        identity.incarnationHex(),
        identity.transport(),
        core.lastVersion(),
        core.appliedVersion(),
        core.confirmedVersion(),
        null,
        members == null ? null : (Integer) members.writeQuorum(),
        members == null ? null : (Long) members.minDelayNanos(),
        members == null ? null : (Long) members.maxDelayNanos(),
        core.store().keys(),
        core.store().tombstones(),
        identity.uptimeMillis(),
        live.watches().size(),
        null,
        null,
        live.keeping().status(),
        live.standing(null, null));
  }

  @Override
  public CompletionStage<StoreDigest> digest() {
    return live.digests().digest(live.identity().id());
  }

  @Override
  public CompletionStage<Transition> promote(boolean force, long timeoutNanos) {
    return live.promote(force, timeoutNanos);
  }

  @Override
  public long defaultTimeoutNanos() {
    return live.writeTimeoutNanos();
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
