package io.quorate.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.quorate.core.Token;
import io.quorate.replication.BodyParts;
import io.quorate.replication.WatchPart;
import io.quorate.replication.WatchStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** A watch as the body of an answer: a comment at once, then what is told, to the end. */
final class WatchEvents implements BodyParts {

  private final WatchStream stream;
  private final Executor loop;
  private final Runnable onClose;
  private final AtomicBoolean closed = new AtomicBoolean();

  /** What is sent before anything is asked for; null once it was. */
  private @Nullable ByteBuf opening;

  /** Whether the last part was made. */
  private boolean ended;

  /**
   * @param loop makes the bytes
   * @param onClose run once
   */
  WatchEvents(WatchStream stream, Token after, Executor loop, Runnable onClose) {
    this.stream = stream;
    this.loop = loop;
    this.onClose = onClose;
    this.opening = Unpooled.wrappedBuffer(EventText.comment("watching after " + after, after));
  }

  @Override
  public CompletionStage<@Nullable ByteBuf> next() {
    ByteBuf first = opening;
    if (first != null) {
      opening = null;
      return CompletableFuture.completedFuture(first);
    }
    return ended
        ? CompletableFuture.completedFuture(null)
        : stream.next().thenApplyAsync(this::bytes, loop);
  }

  private ByteBuf bytes(WatchPart part) {
    if (part instanceof WatchPart.Events events) {
      return events.text();
    }
    if (part instanceof WatchPart.Alive alive) {
      return Unpooled.wrappedBuffer(EventText.of(alive));
    }
    ended = true;
    return Unpooled.wrappedBuffer(EventText.of((WatchPart.Cut) part));
  }

  /** What it holds is bounded by how many watches there may be. */
  @Override
  public boolean isEndless() {
    return true;
  }

  @Override
  public void finish() {
    stream.end("this node is stopping");
  }

  @Override
  public void giveUp() {
    stream.end("nobody reads it");
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      stream.close();
      onClose.run();
    }
  }
}
