package io.quorate.http;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.quorate.replication.FollowerReplica;
import io.quorate.replication.Replica;
import io.quorate.replication.SnapshotStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Sends all that this node holds as a snapshot file, part by part. */
final class SnapshotAction implements Action {

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
    if (!exchange.keepAliveIsDefault()) {
      exchange.refuse(
          Problem.of(
              HttpResponseStatus.HTTP_VERSION_NOT_SUPPORTED,
              "a snapshot is sent in chunks, which HTTP/1.0 has not; it takes HTTP/1.1"));
    } else if (replica instanceof FollowerReplica follower && !follower.isLevel()) {
      exchange.refuse(
          Problem.unavailable("this follower is not level with its leader: what it holds is part"));
    } else if (exchange.isHead()) {
      exchange.answer(Answer.ofParts(Answer.OCTETS, Nothing.INSTANCE));
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
      snapshot = replica.snapshot();
    } catch (RuntimeException | Error bug) {
      places.release();
      throw bug;
    }
    exchange.answer(Answer.ofParts(Answer.OCTETS, new Placed(snapshot, places)));
  }

  /** Gives its place back when it is closed, once however often that is. */
  private record Placed(SnapshotStream snapshot, Semaphore places, AtomicBoolean closed)
      implements SnapshotStream {

    Placed(SnapshotStream snapshot, Semaphore places) {
      this(snapshot, places, new AtomicBoolean());
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

  /** For who asks for the head alone. */
  private enum Nothing implements SnapshotStream {
    INSTANCE;

    @Override
    public CompletionStage<@Nullable ByteBuf> next() {
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public void close() {}
  }
}
