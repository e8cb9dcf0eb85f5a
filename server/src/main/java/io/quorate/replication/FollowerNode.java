package io.quorate.replication;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.CorruptedFrameException;
import io.quorate.core.Follower;
import io.quorate.core.Key;
import io.quorate.core.Life;
import io.quorate.core.Report;
import io.quorate.core.Store;
import io.quorate.core.TestDoor;
import io.quorate.replication.DigestFormat.BucketSums;
import io.quorate.replication.ReplicationFormat.HelloMessage;
import io.quorate.replication.ReplicationFormat.NodeReport;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A follower around its core: takes the leader's requests to the core's loop, and answers them. */
public final class FollowerNode implements FollowerReplica {

  private static final Logger LOG = LoggerFactory.getLogger(FollowerNode.class);

  private final Identity identity;
  private final EventLoop loop;
  private final Follower follower;
  private final Background background = new Background("digest");

  /** The leader that was heard from last; null before the first. Written by the loop. */
  private volatile @Nullable LeaderCard leader;

  private volatile boolean level;

  /**
   * Begins empty.
   *
   * @param loop owns the follower's state
   * @param boot random
   */
  public FollowerNode(Identity identity, EventLoop loop, long boot) {
    this.identity = identity;
    this.loop = loop;
    this.follower = new Follower(new Life(identity.incarnation(), boot));
  }

  @Override
  public CompletionStage<ReplicationAnswer> onReplication(String path, ByteBuf body) {
    if (loop.inEventLoop()) {
      return answer(path, body);
    }
    return CompletableFuture.supplyAsync(() -> answer(path, body), loop)
        .thenCompose(answer -> answer);
  }

  private CompletionStage<ReplicationAnswer> answer(String path, ByteBuf body) {
    assert loop.inEventLoop();
    try {
      return switch (path) {
        case ReplicationFormat.HELLO -> now(onHello(ReplicationFormat.readHello(body)));
        case ReplicationFormat.APPEND -> now(follower.onAppend(ReplicationFormat.readAppend(body)));
        case ReplicationFormat.SNAPSHOT ->
            now(follower.onSnapshot(ReplicationFormat.readSnapshot(body)));
        case DigestFormat.DIGESTS -> sums();
        case DigestFormat.BUCKET -> bucket(Bytes.need(body, 1).readUnsignedByte());
        default ->
            CompletableFuture.completedStage(new ReplicationAnswer(404, Unpooled.EMPTY_BUFFER));
      };
    } catch (CorruptedFrameException malformed) {
      LOG.warn("refused a request of a leader: {}", malformed.getMessage());
      return CompletableFuture.completedStage(new ReplicationAnswer(400, Unpooled.EMPTY_BUFFER));
    } finally {
      body.release();
    }
  }

  private Report onHello(HelloMessage message) {
    Report report = follower.onHello(message.hello());
    if (report.verdict() == Report.Verdict.ACCEPTED && message.hello().leadership().epoch() > 0) {
      noteLeader(message.card());
    }
    return report;
  }

  private void noteLeader(LeaderCard card) {
    LeaderCard before = leader;
    leader = card;
    if (before == null || !before.id().equals(card.id())) {
      LOG.info("following {} of epoch {}", card.id(), follower.leadership().epoch());
    }
  }

  private CompletionStage<ReplicationAnswer> now(Report report) {
    level = follower.isLevel();
    ByteBuf body = ByteBufAllocator.DEFAULT.buffer();
    ReplicationFormat.writeReport(body, new NodeReport(report, identity.id()));
    int status = report.verdict() == Report.Verdict.ACCEPTED ? 200 : 409;
    return CompletableFuture.completedStage(new ReplicationAnswer(status, body));
  }

  private CompletionStage<ReplicationAnswer> sums() {
    return computeSums().thenApply(sums -> ok(body -> DigestFormat.writeSums(body, sums)));
  }

  private CompletionStage<ReplicationAnswer> bucket(int bucket) {
    return background.call(
        () -> ok(body -> DigestFormat.writeBucket(body, follower.store(), bucket)));
  }

  private static ReplicationAnswer ok(Consumer<ByteBuf> writer) {
    ByteBuf body = ByteBufAllocator.DEFAULT.buffer();
    writer.accept(body);
    return new ReplicationAnswer(200, body);
  }

  /**
   * The applied version is read before the store and the last version after it, both by their
   * owner.
   */
  private CompletionStage<BucketSums> computeSums() {
    return onLoop(follower::appliedVersion)
        .thenCompose(
            applied ->
                background
                    .call(() -> StoreDigester.of(follower.store()))
                    .thenCompose(
                        digester ->
                            onLoop(follower::lastVersion)
                                .thenApply(last -> BucketSums.of(digester, applied, last))));
  }

  private <T> CompletionStage<T> onLoop(Supplier<T> read) {
    return CompletableFuture.supplyAsync(read, loop);
  }

  @Override
  public Store store() {
    return follower.store();
  }

  @Override
  public boolean isLevel() {
    return level;
  }

  @Override
  public Optional<String> leaderUrl() {
    LeaderCard known = leader;
    return known == null ? Optional.empty() : Optional.of(known.url());
  }

  @Override
  public Optional<String> unready() {
    if (leader == null) {
      return Optional.of("no leader has made contact");
    }
    return level ? Optional.empty() : Optional.of("catching up with the leader");
  }

  @Override
  public CompletionStage<NodeStatus> status() {
    return onLoop(this::statusNow);
  }

  private NodeStatus statusNow() {
    LeaderCard known = leader;
    return new NodeStatus(
        identity.id(),
        Role.FOLLOWER,
        follower.leadership().epoch(),
        known == null ? null : known.id(),
        known == null ? null : known.url(),
        identity.incarnationHex(),
        identity.transport(),
        follower.lastVersion(),
        follower.appliedVersion(),
        follower.confirmedVersion(),
        null,
        known == null ? null : (Integer) known.writeQuorum(),
        known == null ? null : (Long) known.minDelayNanos(),
        known == null ? null : (Long) known.maxDelayNanos(),
        follower.store().keys(),
        follower.store().tombstones(),
        identity.uptimeMillis(),
        null,
        null,
        NodeStatus.Durability.NONE,
        new NodeStatus.Standing(false, follower.leadership().epoch(), 1, 0, null, null));
  }

  @Override
  public CompletionStage<StoreDigest> digest() {
    return computeSums()
        .thenApply(
            sums ->
                new StoreDigest(
                    identity.id(),
                    sums.appliedVersion(),
                    sums.lastVersion(),
                    sums.keys(),
                    sums.digest()));
  }

  @Override
  public CompletionStage<Transition> promote(boolean force, long timeoutNanos) {
    return CompletableFuture.completedStage(new Transition.Refused("not built yet"));
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
              case BYTE -> TestDoor.flipByte(follower.store(), key);
              case VERSION -> TestDoor.raiseVersion(follower.store(), key);
            });
  }
}
