package io.quorate.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.quorate.replication.BodyParts;
import io.quorate.replication.BrokenOffException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends a body of many parts in chunks (RFC 9112, section 7.1), each asked for when the connection
 * can take it, so that no more than one and what the socket's buffer holds is in memory. Where the
 * parts fail the last chunk is never sent, and the connection is closed: nobody takes half of it
 * for the whole. Owned by the connection's loop.
 */
final class PartsUnderWay {

  private static final Logger LOG = LoggerFactory.getLogger(PartsUnderWay.class);

  private final ChannelHandlerContext ctx;
  private final BodyParts parts;
  private final Outgoing outgoing;
  private final Traffic traffic;

  /** Whether a part was asked for and has not come. */
  private boolean asking;

  /** Nothing more is asked for. */
  private boolean ended;

  PartsUnderWay(ChannelHandlerContext ctx, BodyParts parts, Outgoing outgoing, Traffic traffic) {
    this.ctx = ctx;
    this.parts = parts;
    this.outgoing = outgoing;
    this.traffic = traffic;
  }

  /** Whether this node, and not the client, is waited for. */
  boolean isAsking() {
    return asking;
  }

  /** Asks for the next part if the connection can take it. */
  void goOn() {
    if (asking || ended || !ctx.channel().isWritable()) {
      return;
    }
    asking = true;
    try {
      parts.next().whenComplete(this::hop);
    } catch (RuntimeException bug) {
      hop(null, bug);
    }
  }

  /** A turn of the loop for each part, so that other connections have theirs in between. */
  private void hop(@Nullable ByteBuf part, @Nullable Throwable failure) {
    try {
      ctx.executor().execute(() -> take(part, failure));
    } catch (RejectedExecutionException stopped) {
      if (part != null) {
        part.release();
      }
    }
  }

  private void take(@Nullable ByteBuf part, @Nullable Throwable failure) {
    asking = false;
    if (failure != null) {
      log(failure);
    }
    if (ended) {
      if (part != null) {
        part.release();
      }
      parts.close();
    } else if (failure != null) {
      end();
      ctx.channel().close();
    } else if (part == null) {
      end();
      outgoing.lastChunk(ctx);
    } else {
      traffic.notePart();
      outgoing.chunk(ctx, part);
      outgoing.flush(ctx);
      goOn();
    }
  }

  private static void log(Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    if (cause instanceof BrokenOffException) {
      LOG.warn("an answer in parts broke off: {}", cause.getMessage());
    } else {
      LOG.error("an answer in parts broke off", failure);
    }
  }

  /** The node stops, and what has no end is to come to one. */
  void finish() {
    parts.finish();
  }

  /** The connection is gone. */
  void drop() {
    if (!ended) {
      end();
      parts.giveUp();
    }
  }

  private void end() {
    ended = true;
    if (!asking) {
      parts.close();
    }
  }
}
