package io.quorate.replication;

import io.netty.channel.EventLoop;
import io.quorate.core.Feed;
import io.quorate.core.FeedPart;
import io.quorate.core.FeedWaits;
import io.quorate.core.Key;
import io.quorate.core.Token;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One watch: where it is, and whether it is asked for more. All but its being asked happens on the
 * node's loop.
 *
 * <pre>
 *   not asked ---- next() ----> LOOKING ---- nothing yet ----> WAITING
 *       ^                          |  ^                           |
 *       +--- events, heartbeat, ---+  +----- something new -------+
 *            cut
 * </pre>
 */
final class Watch implements WatchStream {

  /** Of the events of one part, as they are counted, but for the last of them. */
  private static final int PART_BYTES = 32 << 10;

  private final EventLoop loop;
  private final Feed feed;
  private final Key prefix;
  private final long heartbeatNanos;
  private final Consumer<Watch> closed;

  /** All that it wants through it was told. */
  private Token after;

  /** The largest margin that it had since the history began anew last. */
  private long bestMargin;

  /** How often that was. */
  private long restarts;

  /** What is asked for; null while nothing is. */
  private @Nullable CompletableFuture<WatchPart> asked;

  /** Null while it does not wait. */
  private FeedWaits.@Nullable Waiting waiting;

  /** Why it is to end; null while it is not. */
  private @Nullable String ending;

  private long toldNanos = System.nanoTime();

  /** Whether it was told that the feed is held back, and has got nothing since. */
  private boolean toldHeldBack;

  Watch(
      EventLoop loop,
      Feed feed,
      Token after,
      Key prefix,
      long heartbeatNanos,
      Consumer<Watch> closed) {
    this.loop = loop;
    this.feed = feed;
    this.after = after;
    this.prefix = prefix;
    this.heartbeatNanos = heartbeatNanos;
    this.closed = closed;
  }

  @Override
  public CompletionStage<WatchPart> next() {
    CompletableFuture<WatchPart> part = new CompletableFuture<>();
    onLoop(
        () -> {
          asked = part;
          look();
        });
    return part;
  }

  @Override
  public void end(String reason) {
    onLoop(
        () -> {
          ending = reason;
          stopWaiting();
          look();
        });
  }

  @Override
  public void close() {
    onLoop(
        () -> {
          stopWaiting();
          asked = null;
          closed.accept(this);
        });
  }

  /** Where the loop has ended, so has the node. */
  private void onLoop(Runnable action) {
    if (loop.inEventLoop()) {
      action.run();
      return;
    }
    try {
      loop.execute(action);
    } catch (RejectedExecutionException stopped) {
      // Nobody is told anything any more.
    }
  }

  /** A step, as short as a feed's: what is left is for another turn of the loop. */
  private void look() {
    if (asked == null || waiting != null) {
      return;
    }
    if (restarts != feed.restarts()) {
      restarts = feed.restarts();
      bestMargin = 0;
    }
    if (ending != null) {
      tell(new WatchPart.Cut(after, ending));
    } else if (feed.isLate(after, bestMargin)) {
      tell(new WatchPart.Cut(after, "its reader is slower than the writes"));
    } else {
      take(feed.next(after, prefix, PART_BYTES));
    }
  }

  private void take(FeedPart found) {
    after = found.reached();
    bestMargin = Math.max(bestMargin, feed.margin(after));
    switch (found.kind()) {
      case LOST ->
          tell(new WatchPart.Cut(after, "this node does not hold all that comes next any more"));
      case LEVEL -> waiting = feed.await(after, prefix, this::goOn);
      case MORE -> {
        if (found.events().isEmpty()) {
          loop.execute(this::look);
        } else {
          toldHeldBack = false;
          tell(new WatchPart.Events(found.events()));
        }
      }
    }
  }

  private void goOn(Token reached) {
    waiting = null;
    after = reached;
    loop.execute(this::look);
  }

  private void stopWaiting() {
    FeedWaits.Waiting was = waiting;
    if (was != null) {
      waiting = null;
      after = feed.reached(was);
      was.cancel();
    }
  }

  private void tell(WatchPart part) {
    CompletableFuture<WatchPart> told = asked;
    asked = null;
    toldNanos = System.nanoTime();
    if (told != null) {
      told.complete(part);
    }
  }

  /**
   * Tells that the node is there, if it is time.
   *
   * @param heldBack what holds the feed back; null where nothing does
   */
  void tick(@Nullable String heldBack, long nowNanos) {
    toldHeldBack &= heldBack != null;
    boolean news = heldBack != null && !toldHeldBack;
    if (asked != null && (news || nowNanos - toldNanos >= heartbeatNanos)) {
      toldHeldBack = heldBack != null;
      stopWaiting();
      tell(new WatchPart.Alive(heldBack));
    }
  }
}
