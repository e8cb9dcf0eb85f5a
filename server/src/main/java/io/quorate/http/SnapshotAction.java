package io.quorate.http;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.quorate.replication.FollowerReplica;
import io.quorate.replication.LeaderReplica;
import io.quorate.replication.Replica;
import io.quorate.replication.SnapshotStream;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Sends all that this node holds as a snapshot file, part by part. A follower waits for a moment at
 * which that is a state at one version, and refuses when none comes.
 */
final class SnapshotAction implements Action {

  private static final long WAIT_SECONDS = 5;
  private static final long WAIT_NANOS = TimeUnit.SECONDS.toNanos(WAIT_SECONDS);
  private static final String NO_MOMENT =
      "for "
          + WAIT_SECONDS
          + " s this node held no state at one version: newer writes reach it before older ones, or"
          + " a snapshot does";

  private final Replica replica;
  private final Semaphore places;

  /**
   * @param places one for each snapshot that may be under way
   */
  SnapshotAction(Replica replica, Semaphore places) {
    this.replica = replica;
    this.places = places;
  }

  @Override
  public void answer(Exchange exchange) {
    String obstacle =
        replica instanceof LeaderReplica leader ? leader.obstacle().orElse(null) : null;
    if (!exchange.keepAliveIsDefault()) {
      exchange.refuse(
          Problem.of(
              HttpResponseStatus.HTTP_VERSION_NOT_SUPPORTED,
              "a snapshot is sent in chunks, which HTTP/1.0 has not; it takes HTTP/1.1"));
    } else if (obstacle != null) {
      exchange.refuse(Problem.unavailable("this node does not serve: " + obstacle));
    } else if (replica instanceof FollowerReplica follower && !follower.isLevel()) {
      refuse(exchange, "this follower is not level with its leader: what it holds is part");
    } else if (exchange.isHead()) {
      exchange.answer(Answer.ofParts(Answer.OCTETS, NoParts.INSTANCE));
    } else if (places.tryAcquire()) {
      begin(exchange);
    } else {
      exchange.refuse(
          Problem.unavailable(
              Budgets.SNAPSHOTS_AT_A_TIME + " snapshots are being sent, as many as may be"));
    }
  }

  private void begin(Exchange exchange) {
    SnapshotStream snapshot;
    try {
      snapshot = new Placed(replica.snapshot(), places);
    } catch (RuntimeException | Error bug) {
      places.release();
      throw bug;
    }
    CompletionStage<Boolean> beginning =
        snapshot
            .begin(WAIT_NANOS)
            .whenComplete(
                (began, failure) -> {
                  if (!Boolean.TRUE.equals(began)) {
                    snapshot.close();
                  }
                });
    Later.then(
        exchange,
        beginning,
        began -> {
          if (began) {
            exchange.answer(Answer.ofParts(Answer.OCTETS, snapshot));
          } else {
            refuse(exchange, NO_MOMENT);
          }
        });
  }

  /** What a leader holds has no gaps. */
  private void refuse(Exchange exchange, String why) {
    Optional<String> leader =
        replica instanceof FollowerReplica follower ? follower.leaderUrl() : Optional.empty();
    exchange.refuse(
        Problem.unavailable(
            why + "; ask the leader" + leader.map(url -> ", which is at " + url).orElse("")));
  }

  /** Gives its place back when it is closed, once however often that is. */
  private record Placed(SnapshotStream snapshot, Semaphore places, AtomicBoolean closed)
      implements SnapshotStream {

    Placed(SnapshotStream snapshot, Semaphore places) {
      this(snapshot, places, new AtomicBoolean());
    }

    @Override
    public CompletionStage<Boolean> begin(long timeoutNanos) {
      return snapshot.begin(timeoutNanos);
    }

    @Override
    public CompletionStage<@Nullable ByteBuf> next() {
      return snapshot.next();
    }

    @Override
    public void close() {
      if (closed.compareAndSet(false, true)) {
        places.release();
        snapshot.close();
      }
    }
  }
}
