package io.quorate.core.sim;

import io.quorate.core.Feed;
import io.quorate.core.FeedPart;
import io.quorate.core.FeedWaits;
import io.quorate.core.Key;
import io.quorate.core.Mutation;
import io.quorate.core.Token;
import io.quorate.core.sim.PromiseBroken.Promise;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A client that watches, now at this node, now at another, and goes on everywhere where it was: it
 * is told every confirmed write of its keys once, in order, and nothing else.
 */
final class WatchClient {

  private final SimWorld world;

  /** Of which key it wants the writes; of all where it is negative. */
  private final int only;

  private final Key prefix;
  private final WatchCheck check;
  private SimNode node;
  private int boot;

  /** All that it wants through it was told. */
  private Token after = Token.NONE;

  /** Null while it does not wait for the node to tell it that there is more. */
  private FeedWaits.@Nullable Waiting waiting;

  WatchClient(SimWorld world, WatchCheck check, int only) {
    this.world = world;
    this.check = check;
    this.only = only;
    this.prefix = only < 0 ? Key.of("key") : world.oracle.keys.get(only);
    this.node = world.anyNode();
    later();
  }

  private void later() {
    world.timeline.after(1 + world.random.nextLong(3 * Plan.MILLI), this::step);
  }

  private void step() {
    if (!isConnected() || world.random.nextInt(30) == 0) {
      connect(world.anyNode());
    }
    SimNode at = node;
    at.run(
        () -> {
          if (node == at && isConnected() && waiting == null) {
            ask();
          }
        });
    later();
  }

  private boolean isConnected() {
    return node.isRunning() && node.boot() == boot;
  }

  private void connect(SimNode to) {
    FeedWaits.Waiting was = waiting;
    if (was != null && isConnected()) {
      was.cancel();
    }
    waiting = null;
    node = to;
    boot = to.boot();
  }

  private void ask() {
    Feed feed = node.node().feed();
    FeedPart part = feed.next(after, prefix, 1 + world.random.nextInt(600));
    switch (part.kind()) {
      case LOST -> {
        world.tally.note(Happening.WATCH_LOST);
        after = feed.now();
      }
      case MORE -> take(part);
      case LEVEL -> {
        pass(part.reached());
        SimNode at = node;
        waiting = feed.await(after, prefix, reached -> told(at, reached));
      }
    }
  }

  private void told(SimNode at, Token reached) {
    if (node == at && isConnected()) {
      waiting = null;
      pass(reached);
    }
  }

  private void take(FeedPart part) {
    for (Token token : part.events()) {
      Mutation event = Objects.requireNonNull(node.node().feed().read(token));
      check.told(node + ", to " + this, node.node().state().reign().leadership(), event, after);
      if (!event.key().toString().startsWith(prefix.toString())) {
        throw new PromiseBroken(Promise.WATCHED, this + " was told of " + event);
      }
      skip(event.token());
      after = event.token();
      world.tally.note(
          node.node().leader() != null
              ? Happening.WATCHED_AT_LEADER
              : Happening.WATCHED_AT_FOLLOWER);
    }
    pass(part.reached());
  }

  private void pass(Token reached) {
    if (reached.compareTo(after) > 0) {
      skip(new Token(reached.epoch(), reached.version() + 1));
      after = reached;
    }
  }

  /** What stands between where it is and this it does not want. */
  private void skip(Token next) {
    ClientWrite missed = check.missedBetween(after, next, only);
    if (missed != null) {
      throw new PromiseBroken(
          Promise.WATCHED, this + " at " + node + " came to " + next + " without " + missed);
    }
    if (next.epoch() > after.epoch() && after.epoch() > 0) {
      world.tally.note(Happening.WATCHED_IN_LATER_EPOCH);
    }
  }

  /** Whether it was told all through this; if it waits, there is nothing that it waits for. */
  boolean hasReached(long newest) {
    FeedWaits.Waiting present = waiting;
    if (present != null && isConnected()) {
      Feed feed = node.node().feed();
      pass(feed.reached(present));
      FeedPart part = feed.next(after, prefix, 1);
      if (!part.events().isEmpty()) {
        throw new PromiseBroken(
            Promise.WATCHED, this + " waits at " + node + " for " + part.events());
      }
    }
    return after.version() >= newest || !world.plan.durable();
  }

  @Override
  public String toString() {
    return "the watch of " + prefix + " after " + after;
  }
}
