package io.quorate.replication;

import io.netty.buffer.ByteBuf;
import io.netty.channel.embedded.EmbeddedChannel;
import io.quorate.core.Key;
import io.quorate.core.Life;
import io.quorate.core.MetLeader;
import io.quorate.core.Mutation;
import io.quorate.core.Reached;
import io.quorate.core.Report;
import io.quorate.core.Store;
import io.quorate.core.Token;
import io.quorate.core.VersionRanges;
import io.quorate.core.WriteRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The leader's own core and batches, and followers that answer from prepared bytes: a batch is
 * encoded as ever and thrown away, and its report is decoded as ever. Between the two stands no
 * HTTP and no socket.
 */
public final class LoopbackLeader implements LeaderReplica {

  /** Most writes between two calls of {@link #turn}. */
  public static final int MAX_BATCH = 16;

  private static final Settings SETTINGS = new Settings(1, 0, 0, 5_000_000_000L);

  private final EmbeddedChannel loop = new EmbeddedChannel();
  private final List<Peer> peers = new ArrayList<>();
  private final MetLeader met;

  public LoopbackLeader(int followers) {
    met =
        new MetLeader(
            followers, (follower, life, write) -> peers.get(follower).append(life, write));
    BatchEncoder encoder = new BatchEncoder(met::leader);
    for (int follower = 0; follower < followers; follower++) {
      peers.add(new Peer(follower, encoder));
    }
  }

  /**
   * A turn of the leader's loop: what was given leaves, one batch for each follower, then the
   * reports of all come in, one after the other.
   */
  public void turn() {
    loop.runPendingTasks();
    for (int follower = 0; follower < peers.size(); follower++) {
      peers.get(follower).report();
    }
    loop.runPendingTasks();
  }

  /** All that was given is confirmed, and acknowledged by everyone: nothing piles up. */
  public void expectNothingPending() {
    met.expectNothingPending();
  }

  /** A follower's end of its link. */
  private final class Peer {
    private final int follower;
    private final BatchLane lane;

    /** By the number of mutations, less one. */
    private final List<VersionedBytes> reports = new ArrayList<>();

    private long handedOver;
    private long acknowledged;
    private BatchLane.@Nullable Progress underWay;

    Peer(int follower, BatchEncoder encoder) {
      this.follower = follower;
      lane =
          new BatchLane(
              loop.eventLoop(),
              met::leader,
              encoder,
              new InjectedDelay(new SplittableRandom(follower), SETTINGS),
              1,
              this::send,
              failure -> {
                throw new IllegalStateException(failure);
              });
      for (int mutations = 1; mutations <= MAX_BATCH; mutations++) {
        reports.add(PeerMessages.report(met.report(follower, 0, new VersionRanges()), mutations));
      }
    }

    void append(Life life, List<Mutation> write) {
      handedOver = write.get(write.size() - 1).version();
      lane.append(life, write);
    }

    private void send(ByteBuf body, BatchLane.Progress progress) {
      body.release();
      progress.sent();
      underWay = progress;
    }

    void report() {
      BatchLane.Progress answered = underWay;
      if (answered == null) {
        return;
      }
      underWay = null;
      ByteBuf body = reports.get((int) (handedOver - acknowledged) - 1).from(acknowledged + 1);
      acknowledged = handedOver;
      Report report = ReportFormat.read(body).report();
      long now = System.nanoTime();
      met.leader().onAppendReport(follower, report, now);
      answered.answered(now);
    }
  }

  @Override
  public void write(WriteRequest asked) {
    met.leader().put(asked, System.nanoTime());
  }

  @Override
  public long defaultTimeoutNanos() {
    return settings().writeTimeoutNanos();
  }

  @Override
  public CompletableFuture<Reached> awaitVersion(Token token, long timeoutNanos) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Store store() {
    return met.leader().store();
  }

  @Override
  public CompletionStage<WatchStart> watch(
      @Nullable Token after, Key prefix, long heartbeatNanos, EventTexts texts) {
    throw new UnsupportedOperationException("nobody watches");
  }

  @Override
  public <T> CompletionStage<T> still(Function<Store, T> read) {
    return CompletableFuture.completedFuture(read.apply(store()));
  }

  @Override
  public int followers() {
    return peers.size();
  }

  @Override
  public Optional<String> obstacle() {
    return Optional.empty();
  }

  @Override
  public Optional<String> unready() {
    return Optional.empty();
  }

  @Override
  public Settings settings() {
    return SETTINGS;
  }

  @Override
  public CompletionStage<LeaderReplica.Change> change(Settings from, Settings to) {
    throw new UnsupportedOperationException();
  }

  @Override
  public CompletionStage<Optional<WriteReport>> find(Token token) {
    throw new UnsupportedOperationException();
  }

  @Override
  public CompletionStage<NodeStatus> status() {
    throw new UnsupportedOperationException();
  }

  @Override
  public CompletionStage<Measures> measures() {
    throw new UnsupportedOperationException();
  }

  @Override
  public CompletionStage<StoreDigest> digest() {
    throw new UnsupportedOperationException();
  }

  @Override
  public CompletionStage<Convergence> convergence(long timeoutNanos) {
    throw new UnsupportedOperationException();
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
  public CompletionStage<ReplicationAnswer> onReplication(String path, ByteBuf body) {
    throw new UnsupportedOperationException();
  }

  @Override
  public CompletionStage<Transition> promote(boolean force, long timeoutNanos) {
    throw new UnsupportedOperationException();
  }

  @Override
  public CompletionStage<Transition> switchOver(String to, long timeoutNanos) {
    throw new UnsupportedOperationException();
  }

  @Override
  public SnapshotStream snapshot() {
    throw new UnsupportedOperationException();
  }

  @Override
  public CompletionStage<Boolean> alter(Key key, Alteration alteration) {
    throw new UnsupportedOperationException();
  }
}
