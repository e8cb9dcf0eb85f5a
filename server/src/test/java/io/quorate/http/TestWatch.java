package io.quorate.http;

import io.quorate.core.Token;
import io.quorate.replication.WatchPart;
import io.quorate.replication.WatchStream;
import java.util.ArrayDeque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A watch that is told what the test says, when it asks. */
final class TestWatch implements WatchStream {

  private final ArrayDeque<CompletableFuture<WatchPart>> told = new ArrayDeque<>();
  private @Nullable CompletableFuture<WatchPart> asked;

  /** How often it was asked. */
  int asks;

  int closes;

  void tell(WatchPart part) {
    untold().complete(part);
  }

  void fail(Throwable cause) {
    untold().completeExceptionally(cause);
  }

  /** What was asked for, or will be. */
  private CompletableFuture<WatchPart> untold() {
    CompletableFuture<WatchPart> waiting = asked;
    asked = null;
    if (waiting == null) {
      waiting = new CompletableFuture<>();
      told.add(waiting);
    }
    return waiting;
  }

  @Override
  public CompletionStage<WatchPart> next() {
    asks++;
    CompletableFuture<WatchPart> ready = told.poll();
    if (ready == null) {
      ready = new CompletableFuture<>();
      asked = ready;
    }
    return ready;
  }

  @Override
  public void end(String reason) {
    tell(new WatchPart.Cut(new Token(3, 17), reason));
  }

  @Override
  public void close() {
    closes++;
  }
}
