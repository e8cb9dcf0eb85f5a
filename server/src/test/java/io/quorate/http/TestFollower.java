package io.quorate.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.quorate.core.Append;
import io.quorate.core.Cores;
import io.quorate.core.Key;
import io.quorate.core.Leadership;
import io.quorate.core.Life;
import io.quorate.core.Mutation;
import io.quorate.core.Node;
import io.quorate.core.Reached;
import io.quorate.core.Reign;
import io.quorate.core.SnapshotChunk;
import io.quorate.core.SnapshotHead;
import io.quorate.core.Store;
import io.quorate.core.Token;
import io.quorate.replication.EventTexts;
import io.quorate.replication.FollowerReplica;
import io.quorate.replication.Measures;
import io.quorate.replication.NodeStatus;
import io.quorate.replication.Role;
import io.quorate.replication.SnapshotStream;
import io.quorate.replication.StoreDigest;
import io.quorate.replication.Transition;
import io.quorate.replication.WatchStart;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A follower that is level and holds one key, {@code k} = {@code v} at 1.1. */
final class TestFollower implements FollowerReplica {

  private static final Leadership LEADERSHIP = new Leadership(1, 42);

  private RuntimeException digestFailure = new IllegalStateException("planted");

  private final Node follower = Cores.follower(new Life(1, 1));

  boolean level = true;

  /** What happens on the thread of the store's owner before {@link #still} gets its turn there. */
  Runnable beforeStill = () -> {};

  /** How often that was called. */
  int stills;

  /** What {@link #onReplication} answers with. */
  int replicationStatus = 200;

  /** How often it was called. */
  int replications;

  /** What {@link #promote} was asked. */
  final List<String> promotions = new ArrayList<>();

  /** What it answers with. */
  CompletionStage<Transition> promotion = new CompletableFuture<>();

  SnapshotStream snapshot = new TestSnapshot();

  Optional<String> leaderUrl = Optional.of("http://leader:8080");

  TestFollower() {
    Cores.answer(follower, Cores.hello(LEADERSHIP, follower.life()), 0);
    List<Mutation> write = List.of(put("k", 1));
    Cores.answer(follower, new Append(LEADERSHIP, follower.life(), 0, 0, write), 0);
  }

  private static Mutation put(String key, long version) {
    byte[] value = "v".getBytes(StandardCharsets.UTF_8);
    return new Mutation(Key.of(key), value, LEADERSHIP.epoch(), version);
  }

  /**
   * It is sent a chunk of a snapshot of what was written since its one key, through 1.3; until the
   * last has come, its store is partial.
   */
  void arrives(int number, boolean last, String key) {
    Reign reign = new Reign(LEADERSHIP, 0, false, false, List.of());
    SnapshotHead head = new SnapshotHead(LEADERSHIP, 1, 3, 1, 0, reign);
    List<Mutation> shown = List.of(put(key, 2 + number));
    Cores.answer(follower, new SnapshotChunk(head, follower.life(), number, last, shown), 0);
  }

  /** What {@link #awaitVersion} was asked, and what it answers with. */
  final List<String> awaited = new ArrayList<>();

  CompletableFuture<Reached> reached = new CompletableFuture<>();

  @Override
  public boolean isLevel() {
    return level;
  }

  @Override
  public Optional<String> leaderUrl() {
    return leaderUrl;
  }

  /** Answers with the path and the length of the body. */
  @Override
  public CompletionStage<ReplicationAnswer> onReplication(String path, ByteBuf body) {
    replications++;
    String said = path + " " + body.readableBytes();
    body.release();
    return CompletableFuture.completedFuture(
        new ReplicationAnswer(
            replicationStatus, Unpooled.copiedBuffer(said, StandardCharsets.UTF_8)));
  }

  @Override
  public Store store() {
    return follower.store();
  }

  @Override
  public <T> CompletionStage<T> still(Function<Store, T> read) {
    stills++;
    beforeStill.run();
    return CompletableFuture.completedFuture(read.apply(store()));
  }

  @Override
  public CompletionStage<NodeStatus> status() {
    return CompletableFuture.completedFuture(
        new NodeStatus(
            "f0",
            Role.FOLLOWER,
            0,
            null,
            null,
            "01",
            "nio",
            9,
            4,
            0,
            null,
            null,
            null,
            null,
            1,
            0,
            5,
            0,
            null,
            null,
            NodeStatus.Durability.NONE,
            new NodeStatus.Standing(false, 3, 1, 2_000_000_000L, null, null)));
  }

  @Override
  public CompletionStage<Transition> promote(boolean force, long timeoutNanos) {
    promotions.add(force + " " + timeoutNanos);
    return promotion;
  }

  @Override
  public long defaultTimeoutNanos() {
    return 5_000_000_000L;
  }

  @Override
  public CompletableFuture<Reached> awaitVersion(Token token, long timeoutNanos) {
    awaited.add(token + " " + timeoutNanos);
    return reached;
  }

  @Override
  public CompletionStage<WatchStart> watch(
      @Nullable Token after, Key prefix, long heartbeatNanos, EventTexts texts) {
    return CompletableFuture.completedFuture(new WatchStart.Gone(new Token(2, 7)));
  }

  @Override
  public SnapshotStream snapshot() {
    return snapshot;
  }

  /** What asking for a digest ends with. */
  void failDigestsWith(RuntimeException failure) {
    digestFailure = failure;
  }

  @Override
  public CompletionStage<Measures> measures() {
    return status().thenApply(status -> new Measures(status, null, null));
  }

  @Override
  public CompletionStage<StoreDigest> digest() {
    return CompletableFuture.failedFuture(digestFailure);
  }

  @Override
  public Optional<String> unready() {
    return Optional.empty();
  }

  @Override
  public CompletionStage<Boolean> alter(Key key, Alteration alteration) {
    return CompletableFuture.completedFuture(false);
  }
}
