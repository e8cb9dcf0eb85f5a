package io.quorate.replication;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoop;
import io.quorate.core.Feed;
import io.quorate.core.FeedPart;
import io.quorate.core.FeedWaits;
import io.quorate.core.Key;
import io.quorate.core.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * One watch: where it is, and whether it is asked for more. All but its being asked happens on the
 * node's loop.
 *
 * <pre>
 *   not asked ---- next() ----> READY ---- its turn, nothing yet ----> WAITING
 *       ^                        |  ^                                     |
 *       +--- events, heartbeat, -+  +----------- something new -----------+
 *            cut, failure
 * </pre>
 */
final class Watch implements WatchStream {

  /** Of what is told at a time. An event with more is told in pieces. */
  static final int PART_BYTES = 8 << 10;

  private final EventLoop loop;
  private final Watches watches;
  private final Feed feed;
  private final EventTexts texts;
  private final Key prefix;
  private final long heartbeatNanos;

  /** All that it wants through it was told. */
  private Token after;

  /** The event of which a part was told; null between two events. */
  private EventTexts.@Nullable Text begun;

  /** How much of that was told. */
  private int toldBytes;

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
      Watches watches,
      Feed feed,
      EventTexts texts,
      Token after,
      Key prefix,
      long heartbeatNanos) {
    this.loop = loop;
    this.watches = watches;
    this.feed = feed;
    this.texts = texts;
    this.after = after;
    this.prefix = prefix;
    this.heartbeatNanos = heartbeatNanos;
  }

  @Override
  public CompletionStage<WatchPart> next() {
    CompletableFuture<WatchPart> part = new CompletableFuture<>();
    onLoop(
        () -> {
          asked = part;
          watches.ready(this);
        });
    return part;
  }

  @Override
  public void end(String reason) {
    onLoop(
        () -> {
          ending = reason;
          stopWaiting();
          watches.ready(this);
        });
  }

  @Override
  public void close() {
    onLoop(
        () -> {
          stopWaiting();
          leaveBegun();
          asked = null;
          watches.closed(this);
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

  /** Its turn: one part, or one look at a part of the history, or nothing where it is not asked. */
  void step() {
    if (asked == null || waiting != null) {
      return;
    }
    if (restarts != feed.restarts()) {
      restarts = feed.restarts();
      bestMargin = 0;
    }
    if (begun != null) {
      goOn(begun);
    } else if (ending != null) {
      tell(new WatchPart.Cut(after, ending));
    } else if (feed.isLate(after, bestMargin)) {
      tell(new WatchPart.Cut(after, "its reader is slower than the writes"));
    } else {
      look();
    }
  }

  private void look() {
    FeedPart found = feed.next(after, prefix, PART_BYTES);
    if (!found.events().isEmpty()) {
      take(found);
      return;
    }
    moveTo(found.reached());
    switch (found.kind()) {
      case LOST ->
          tell(new WatchPart.Cut(after, "this node does not hold all that comes next any more"));
      case LEVEL -> waiting = feed.await(after, prefix, this::isNew);
      case MORE -> watches.ready(this);
    }
  }

  /** As many events as one part has room for, or a piece of the first. */
  private void take(FeedPart found) {
    List<byte[]> part = new ArrayList<>();
    int room = PART_BYTES;
    Token last = after;
    for (Token event : found.events()) {
      EventTexts.Text text = texts.of(event, feed);
      byte[] bytes = Objects.requireNonNull(text.bytes());
      if (bytes.length > room) {
        if (part.isEmpty()) {
          begin(text);
          goOn(text);
        } else {
          tellEvents(part, last);
        }
        return;
      }
      part.add(bytes);
      room -= bytes.length;
      last = event;
    }
    tellEvents(part, found.reached());
  }

  private void tellEvents(List<byte[]> part, Token reached) {
    moveTo(reached);
    tellEvents(Unpooled.wrappedBuffer(part.toArray(byte[][]::new)));
  }

  private void begin(EventTexts.Text text) {
    texts.begin(text);
    begun = text;
    toldBytes = 0;
  }

  /** The next piece of the event that it is in the middle of. */
  private void goOn(EventTexts.Text text) {
    byte[] bytes = text.bytes();
    if (bytes == null) {
      fail(new BrokenOffException("the rest of an event is not held any more"));
      return;
    }
    int length = Math.min(PART_BYTES, bytes.length - toldBytes);
    // A copy: what waits for its reader must not keep the whole text.
    ByteBuf piece = Unpooled.copiedBuffer(bytes, toldBytes, length);
    toldBytes += length;
    if (toldBytes == bytes.length) {
      leaveBegun();
      moveTo(text.event());
    }
    tellEvents(piece);
  }

  private void leaveBegun() {
    EventTexts.Text left = begun;
    if (left != null) {
      begun = null;
      texts.end(left);
    }
  }

  private void moveTo(Token reached) {
    after = reached;
    bestMargin = Math.max(bestMargin, feed.margin(after));
  }

  private void isNew(Token reached) {
    waiting = null;
    after = reached;
    watches.ready(this);
  }

  private void stopWaiting() {
    FeedWaits.Waiting was = waiting;
    if (was != null) {
      waiting = null;
      after = feed.reached(was);
      was.cancel();
    }
  }

  private void tellEvents(ByteBuf text) {
    toldHeldBack = false;
    tell(new WatchPart.Events(text));
  }

  private void tell(WatchPart part) {
    CompletableFuture<WatchPart> told = asked;
    asked = null;
    toldNanos = System.nanoTime();
    if (told != null) {
      told.complete(part);
    }
  }

  /** It ends where it is: what was told of an event that it is in the middle of is none. */
  void fail(Throwable cause) {
    CompletableFuture<WatchPart> told = asked;
    asked = null;
    if (told != null) {
      told.completeExceptionally(cause);
    }
  }

  /**
   * Tells that the node is there, if it is time and it is not in the middle of an event.
   *
   * @param heldBack what holds the feed back; null where nothing does
   */
  void tick(@Nullable String heldBack, long nowNanos) {
    toldHeldBack &= heldBack != null;
    boolean news = heldBack != null && !toldHeldBack;
    boolean due = news || nowNanos - toldNanos >= heartbeatNanos;
    if (asked != null && begun == null && due) {
      toldHeldBack = heldBack != null;
      stopWaiting();
      tell(new WatchPart.Alive(after, heldBack));
    }
  }
}
