package io.quorate.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.quorate.core.Cores;
import io.quorate.core.GrantRequest;
import io.quorate.core.Hello;
import io.quorate.core.Key;
import io.quorate.core.Leader;
import io.quorate.core.LeaderLimits;
import io.quorate.core.Leadership;
import io.quorate.core.Life;
import io.quorate.core.Mutation;
import io.quorate.core.Node;
import io.quorate.core.Outbox;
import io.quorate.core.Pull;
import io.quorate.core.Reached;
import io.quorate.core.Refusal;
import io.quorate.core.SnapshotChunk;
import io.quorate.core.Store;
import io.quorate.core.TestDoor;
import io.quorate.core.Token;
import io.quorate.core.WriteRequest;
import io.quorate.core.WriteView;
import io.quorate.metrics.Durations;
import io.quorate.replication.Convergence;
import io.quorate.replication.EventTexts;
import io.quorate.replication.LeaderReplica;
import io.quorate.replication.Measures;
import io.quorate.replication.NodeStatus;
import io.quorate.replication.Role;
import io.quorate.replication.Settings;
import io.quorate.replication.SnapshotStream;
import io.quorate.replication.StoreDigest;
import io.quorate.replication.Transition;
import io.quorate.replication.WatchStart;
import io.quorate.replication.WriteReport;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A real leader of the core with real followers, whose mutations arrive when the test says so.
 * Calls from several threads take turns.
 */
final class TestLeader implements LeaderReplica, Outbox {

  static final LeaderLimits LIMITS =
      new LeaderLimits(
          1 << 24, 1 << 20, 100, 1 << 24, 10, 1000, 1 << 24, 1 << 16, 100, 100, 600_000, 1L << 60,
          1000, 1000);

  /** It asks around, begins to lead, and then each follower has to follow it. */
  private static final int ROUNDS_TO_CONNECT = 4;

  private record Undelivered(int follower, Life life, List<Mutation> write) {}

  private final List<Node> followers;
  private final List<Undelivered> undelivered = new ArrayList<>();
  private final ArrayDeque<Runnable> calls = new ArrayDeque<>();
  private final Node core;
  private final Leader leader;
  private final Map<Integer, Long> sessions = new TreeMap<>();
  private final Set<Integer> lost = new TreeSet<>();
  private long nowNanos;
  private boolean delivers = true;
  private Settings settings;
  private @Nullable Settings rivalSettings;

  /** Whether its leadership is over, which {@link #change} finds. */
  boolean ended;

  /** What {@link #switchOver} was asked, and what it answers with. */
  final List<String> switchovers = new ArrayList<>();

  CompletionStage<Transition> switchover = new CompletableFuture<>();

  /** What {@link #confirmedReadObstacle} says, and what it does before that. */
  @Nullable String leaseObstacle;

  Runnable beforeLeaseIsRead = () -> {};

  /** What {@link #obstacle} does before it answers. */
  Runnable beforeObstacleIsRead = () -> {};

  int minWriteQuorum = 1;

  /** What {@link #watch} was asked, and what it opens. */
  final List<String> watches = new ArrayList<>();

  final TestWatch watch = new TestWatch();

  /** Said of the next write; null for none. */
  @Nullable Refusal refusal;

  /** Thrown by the next write; null for none. */
  @Nullable RuntimeException failure;

  /** Said by {@link #unready}. */
  Optional<String> unready = Optional.empty();

  /** What {@link #convergence} says. */
  Convergence convergence = new Convergence(true, 7, 1, 3, "ab", List.of(), List.of(), null);

  long convergenceTimeoutNanos;

  TestLeader(int followers) {
    this(followers, LIMITS);
  }

  TestLeader(int followers, LeaderLimits limits) {
    this.followers =
        IntStream.range(0, followers)
            .mapToObj(i -> Cores.follower(new Life(i + 1, i + 1)))
            .toList();
    List<String> names = IntStream.range(0, followers).mapToObj(i -> "f" + i).toList();
    int majority = new QuorumRange(followers, 1).majority();
    core = Cores.leader(names, majority, limits, this);
    leader = Cores.leading(core);
    settings = new Settings(majority, 0, 0, 5_000_000_000L);
    for (int round = 0; round < ROUNDS_TO_CONNECT; round++) {
      passTime(LIMITS.helloNanos());
    }
  }

  /** From now on mutations stay undelivered until {@link #deliver}. */
  TestLeader holding() {
    delivers = false;
    return this;
  }

  /** Has this follower receive what it has not of this version. */
  synchronized void deliver(int follower, long version) {
    for (Undelivered one : List.copyOf(undelivered)) {
      if (one.follower() == follower && one.write().get(0).version() == version) {
        undelivered.remove(one);
        arrive(one);
      }
    }
    run();
  }

  private void arrive(Undelivered one) {
    calls.add(
        () ->
            core.onAppendReport(
                one.follower(),
                Cores.answer(
                    followers.get(one.follower()),
                    leader.append(one.life(), one.write()),
                    nowNanos),
                nowNanos));
  }

  synchronized void passTime(long nanos) {
    nowNanos += nanos;
    core.tick(nowNanos);
    run();
  }

  synchronized void stopLeading() {
    core.stop();
  }

  /** Has a request to this follower fail, and its later ones stay unanswered. */
  synchronized void lose(int follower) {
    lost.add(follower);
    core.onLost(follower, sessions.getOrDefault(follower, 0L), nowNanos);
  }

  long lastVersion() {
    return leader.lastVersion();
  }

  private void run() {
    for (Runnable call = calls.poll(); call != null; call = calls.poll()) {
      call.run();
    }
  }

  @Override
  public void openSession(int follower, long session) {
    sessions.put(follower, session);
    undelivered.removeIf(one -> one.follower() == follower);
  }

  @Override
  public void hello(int follower, long helloNumber, Hello hello) {
    if (lost.contains(follower)) {
      return;
    }
    calls.add(
        () ->
            core.onHelloReport(
                follower,
                helloNumber,
                Cores.answer(followers.get(follower), hello, nowNanos),
                nowNanos));
  }

  @Override
  public void append(int follower, Life life, List<Mutation> write) {
    Undelivered one = new Undelivered(follower, life, write);
    if (delivers) {
      arrive(one);
    } else {
      undelivered.add(one);
    }
  }

  @Override
  public void snapshot(int follower, SnapshotChunk chunk) {
    calls.add(
        () ->
            core.onSnapshotReport(
                follower, chunk, Cores.answer(followers.get(follower), chunk, nowNanos), nowNanos));
  }

  @Override
  public void open(List<String> urls) {}

  @Override
  public void close() {}

  @Override
  public void grant(int follower, long number, GrantRequest request) {}

  @Override
  public void pull(int follower, long number, Pull pull) {}

  @Override
  public void invite(int follower, Leadership leadership) {}

  @Override
  public int followers() {
    return followers.size();
  }

  @Override
  public Optional<String> obstacle() {
    beforeObstacleIsRead.run();
    return leader.obstacle();
  }

  @Override
  public synchronized void write(WriteRequest asked) {
    RuntimeException thrown = failure;
    if (thrown != null) {
      throw thrown;
    }
    Refusal refused = refusal;
    if (refused != null) {
      asked.waiter().refused(refused);
      return;
    }
    long timeoutNanos = asked.deadlineNanos() - System.nanoTime();
    core.put(
        new WriteRequest(
            asked.changes(),
            asked.once(),
            asked.required(),
            nowNanos + timeoutNanos,
            asked.waiter()),
        nowNanos);
    run();
  }

  @Override
  public synchronized CompletionStage<Optional<WriteReport>> find(Token token) {
    WriteView write = leader.write(token);
    if (write == null) {
      return CompletableFuture.completedFuture(Optional.empty());
    }
    List<WriteReport.Holder> holders =
        IntStream.range(0, followers.size())
            .mapToObj(
                i -> new WriteReport.Holder("f" + i, leader.hasAcknowledged(i, token.version())))
            .toList();
    return CompletableFuture.completedFuture(
        Optional.of(
            new WriteReport(
                token.epoch(),
                token.version(),
                write.mutation().key(),
                write.required(),
                write.confirmed(),
                holders)));
  }

  @Override
  public Settings settings() {
    return settings;
  }

  /** Has these come into force just before the next change. */
  void changeBeforehand(Settings rival) {
    rivalSettings = rival;
  }

  @Override
  public CompletionStage<Change> change(Settings from, Settings to) {
    if (ended) {
      return CompletableFuture.completedFuture(Change.NOT_LEADING);
    }
    Settings rival = rivalSettings;
    rivalSettings = null;
    if (rival != null) {
      settings = rival;
    }
    boolean current = settings.equals(from);
    settings = current ? to : settings;
    return CompletableFuture.completedFuture(current ? Change.MADE : Change.OTHERS_IN_FORCE);
  }

  @Override
  public CompletionStage<Convergence> convergence(long timeoutNanos) {
    convergenceTimeoutNanos = timeoutNanos;
    return CompletableFuture.completedFuture(convergence);
  }

  @Override
  public Store store() {
    return leader.store();
  }

  @Override
  public <T> CompletionStage<T> still(Function<Store, T> read) {
    return CompletableFuture.completedFuture(read.apply(store()));
  }

  @Override
  public CompletionStage<NodeStatus> status() {
    return CompletableFuture.completedFuture(STATUS);
  }

  @Override
  public synchronized CompletionStage<Measures> measures() {
    Durations roundTrips = new Durations();
    roundTrips.add(40_500);
    Measures.OfFollower follower =
        new Measures.OfFollower("f0:8080", false, 3_000_000_000L, roundTrips.counts());
    return CompletableFuture.completedFuture(
        new Measures(
            STATUS, null, new Measures.OfLeader(leader.load(), 2_000_000_000L, List.of(follower))));
  }

  @Override
  public CompletionStage<StoreDigest> digest() {
    return CompletableFuture.completedFuture(new StoreDigest("n0", 6, 7, 3, "abcd"));
  }

  @Override
  public Optional<String> unready() {
    return unready;
  }

  /** Answers with the path and the length of the body. */
  @Override
  public CompletionStage<ReplicationAnswer> onReplication(String path, ByteBuf body) {
    String said = "leader " + path + " " + body.readableBytes();
    body.release();
    return CompletableFuture.completedFuture(
        new ReplicationAnswer(200, Unpooled.copiedBuffer(said, StandardCharsets.UTF_8)));
  }

  @Override
  public CompletionStage<Transition> promote(boolean force, long timeoutNanos) {
    return CompletableFuture.completedFuture(new Transition.Refused("this node leads already"));
  }

  @Override
  public CompletionStage<Transition> switchOver(String to, long timeoutNanos) {
    switchovers.add(to + " " + timeoutNanos);
    return switchover;
  }

  @Override
  public @Nullable String confirmedReadObstacle() {
    beforeLeaseIsRead.run();
    return leaseObstacle == null ? obstacle().orElse(null) : leaseObstacle;
  }

  @Override
  public int minWriteQuorum() {
    return minWriteQuorum;
  }

  @Override
  public long defaultTimeoutNanos() {
    return settings.writeTimeoutNanos();
  }

  @Override
  public synchronized CompletableFuture<Reached> awaitVersion(Token token, long timeoutNanos) {
    CompletableFuture<Reached> ended = new CompletableFuture<>();
    core.awaitVersion(token, nowNanos + timeoutNanos, ended::complete, nowNanos);
    return ended;
  }

  @Override
  public CompletionStage<WatchStart> watch(
      @Nullable Token after, Key prefix, long heartbeatNanos, EventTexts texts) {
    watches.add(after + " " + prefix + " " + heartbeatNanos);
    return CompletableFuture.completedFuture(new WatchStart.Begun(watch, new Token(3, 16)));
  }

  @Override
  public SnapshotStream snapshot() {
    return new TestSnapshot();
  }

  @Override
  public CompletionStage<Boolean> alter(Key key, Alteration alteration) {
    return CompletableFuture.completedFuture(
        alteration == Alteration.BYTE
            ? TestDoor.flipByte(store(), key)
            : TestDoor.raiseVersion(store(), key));
  }

  static final NodeStatus STATUS =
      new NodeStatus(
          "n0",
          Role.LEADER,
          2,
          "n0",
          "http://n0:8080",
          "00ff",
          "nio",
          9,
          9,
          7,
          new NodeStatus.HeldBack(2, 8, 3, 1),
          3,
          100_000L,
          1_000_000L,
          5,
          1,
          1234,
          2,
          List.of(
              new NodeStatus.QuorumCompletions(
                  2,
                  List.of(
                      new NodeStatus.QuorumCompletions.Completed("f0", 4),
                      new NodeStatus.QuorumCompletions.Completed("f1", 3)))),
          List.of(
              new NodeStatus.FollowerStatus(
                  "f0",
                  "http://f0:8080",
                  "streaming",
                  8,
                  1,
                  1,
                  null,
                  "is out of reach",
                  new NodeStatus.DelayError(2, 10.5, 20.0, 30.0),
                  new NodeStatus.RoundTrip(3, 40.5, 50.0, 60.0, 70.0),
                  4321)),
          new NodeStatus.Durability(true, "always", "nothing that was acknowledged", 77, 8),
          new NodeStatus.Standing(true, 3, 2, 2_000_000_000L, 1_500_000L, true));

  /** Node ids to tokens, null where a node has none. */
  static Map<String, @Nullable String> versions(String leader, @Nullable String follower) {
    Map<String, @Nullable String> versions = new TreeMap<>();
    versions.put("n0", leader);
    versions.put("f0", follower);
    return versions;
  }
}
