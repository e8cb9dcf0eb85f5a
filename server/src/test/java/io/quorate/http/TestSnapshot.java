package io.quorate.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.quorate.replication.SnapshotStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A snapshot whose parts are planned by the test, and that holds its reader to the rules: calls do
 * not overlap, and it is closed once.
 */
final class TestSnapshot implements SnapshotStream {

  private final Queue<CompletableFuture<@Nullable ByteBuf>> planned = new ArrayDeque<>();
  private @Nullable CompletableFuture<@Nullable ByteBuf> outstanding;

  /** Parts that were asked for. */
  final AtomicInteger asked = new AtomicInteger();

  final AtomicInteger closed = new AtomicInteger();

  /** What {@link #begin} answers with. */
  CompletableFuture<Boolean> beginning = CompletableFuture.completedFuture(true);

  private volatile boolean begun;

  /** What the reader did against the rules. */
  private volatile String breach = "";

  synchronized TestSnapshot part(String text) {
    planned.add(CompletableFuture.completedFuture(bytes(text)));
    return this;
  }

  /** A part that comes when the test completes it. */
  synchronized CompletableFuture<@Nullable ByteBuf> later() {
    CompletableFuture<@Nullable ByteBuf> part = new CompletableFuture<>();
    planned.add(part);
    return part;
  }

  /** A part that never comes. */
  TestSnapshot pending() {
    later();
    return this;
  }

  static ByteBuf bytes(String text) {
    return Unpooled.wrappedBuffer(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  String breach() {
    return breach;
  }

  @Override
  public CompletionStage<Boolean> begin(long timeoutNanos) {
    if (begun) {
      breach = "begun twice";
    }
    begun = true;
    return beginning;
  }

  /** After the planned parts comes the end. */
  @Override
  public synchronized CompletionStage<@Nullable ByteBuf> next() {
    check("next");
    if (!begun) {
      breach = "next before it began";
    }
    asked.incrementAndGet();
    CompletableFuture<@Nullable ByteBuf> part = planned.poll();
    outstanding = part == null ? CompletableFuture.completedFuture(null) : part;
    return outstanding;
  }

  @Override
  public synchronized void close() {
    check("close");
    if (!beginning.isDone()) {
      breach = "close while it begins";
    }
    closed.incrementAndGet();
  }

  private void check(String call) {
    if (outstanding != null && !outstanding.isDone()) {
      breach = call + " while a part is outstanding";
    }
    if (closed.get() > 0) {
      breach = call + " after close";
    }
  }
}
