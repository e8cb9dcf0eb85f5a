package io.quorate.replication;

import io.netty.channel.EventLoop;
import io.quorate.core.Feed;
import io.quorate.core.Key;
import io.quorate.core.Leader;
import io.quorate.core.Node;
import io.quorate.core.Token;
import io.quorate.core.Write;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The watches that are open on a node, whichever role it has. Owned by the node's loop. */
final class Watches {

  /** A write that waits for its quorum is none of a watch's business before. */
  private static final long HELD_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** Of all watches together in one turn of the loop, and one step more. */
  private static final long TURN_NANOS = TimeUnit.MICROSECONDS.toNanos(250);

  private final EventLoop loop;
  private final Node core;
  private final Set<Watch> open = new LinkedHashSet<>();

  /** Those whose turn comes, in its order. */
  private final Set<Watch> ready = new LinkedHashSet<>();

  /** Whether they are given it in the next turn of the loop. */
  private boolean turnDue;

  /** Of all that watch here; null before the first does. */
  private @Nullable EventTexts texts;

  /** How far the feed was at the last tick. */
  private Token shown = Token.NONE;

  /** Since when it has stood there while there was something behind. */
  private long heldSinceNanos;

  private boolean stopped;

  Watches(EventLoop loop, Node core) {
    this.loop = loop;
    this.core = core;
  }

  /**
   * Opens a watch.
   *
   * @param after what is newer is told; null for what is not told to anybody yet
   * @param prefix of the keys
   * @param heartbeatNanos it is told that the node is there after so much silence
   * @param shared what all watches of this node are told
   */
  CompletionStage<WatchStart> begin(
      @Nullable Token after, Key prefix, long heartbeatNanos, EventTexts shared) {
    return CompletableFuture.supplyAsync(
        () -> beginNow(after, prefix, heartbeatNanos, shared), loop);
  }

  private WatchStart beginNow(
      @Nullable Token asked, Key prefix, long heartbeatNanos, EventTexts shared) {
    Feed feed = core.feed();
    Token after = asked == null ? feed.now() : asked;
    if (!feed.reachesBackTo(after)) {
      return new WatchStart.Gone(feed.oldest());
    }
    texts = shared;
    Watch watch = new Watch(loop, this, feed, shared, after, prefix, heartbeatNanos);
    open.add(watch);
    if (stopped) {
      watch.end("this node is stopping");
    }
    return new WatchStart.Begun(watch, after);
  }

  void closed(Watch watch) {
    open.remove(watch);
    ready.remove(watch);
    EventTexts shared = texts;
    if (open.isEmpty() && shared != null) {
      shared.clear();
    }
  }

  /**
   * It is given a turn, after all that are ready. A task that is due at once runs in the next turn
   * of the loop, behind what clients and nodes have sent by then; one that is merely queued would
   * run in this one.
   */
  void ready(Watch watch) {
    ready.add(watch);
    if (!turnDue) {
      scheduleTurn();
    }
  }

  private void scheduleTurn() {
    turnDue = true;
    loop.schedule(this::turn, 0, TimeUnit.NANOSECONDS);
  }

  /** A step for one after the other, while there is time. */
  private void turn() {
    long begunNanos = System.nanoTime();
    while (!ready.isEmpty() && System.nanoTime() - begunNanos < TURN_NANOS) {
      Watch watch = ready.iterator().next();
      ready.remove(watch);
      step(watch);
    }
    turnDue = false;
    if (!ready.isEmpty()) {
      scheduleTurn();
    }
  }

  /**
   * One that fails may have missed something: it ends, and its client goes on by its last id.
   * Others have their turn. Who asked it logs why.
   */
  private static void step(Watch watch) {
    try {
      watch.step();
    } catch (Throwable bug) {
      Fatal.check(bug);
      watch.fail(bug);
    }
  }

  int size() {
    return open.size();
  }

  void tick(long nowNanos) {
    Token now = core.feed().now();
    if (!now.equals(shown) || core.lastVersion() <= now.version()) {
      shown = now;
      heldSinceNanos = nowNanos;
    }
    if (!open.isEmpty()) {
      String held = nowNanos - heldSinceNanos < HELD_NANOS ? null : heldBack();
      List.copyOf(open).forEach(watch -> watch.tick(held, nowNanos));
    }
  }

  private String heldBack() {
    Leader leader = core.leader();
    Write write = leader == null || leader.obstacle().isPresent() ? null : leader.heldBackBy();
    return write == null
        ? "held back: confirmed through "
            + shown
            + " as far as this node knows, applied through "
            + core.appliedVersion()
        : "held back by "
            + write.last().token()
            + ", "
            + write.acknowledgements()
            + " of "
            + write.required()
            + " followers";
  }

  void stop() {
    stopped = true;
    List.copyOf(open).forEach(watch -> watch.end("this node is stopping"));
  }
}
