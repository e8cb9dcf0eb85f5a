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

  private final ArrayDeque<WatchPart> parts = new ArrayDeque<>();
  private @Nullable CompletableFuture<WatchPart> asked;

  /** How often it was asked. */
  int asks;

  int closes;

  void tell(WatchPart part) {
    CompletableFuture<WatchPart> waiting = asked;
    asked = null;
    if (waiting == null) {
      parts.add(part);
    } else {
      waiting.complete(part);
    }
  }

  @Override
  public CompletionStage<WatchPart> next() {
    asks++;
    WatchPart ready = parts.poll();
    CompletableFuture<WatchPart> part = new CompletableFuture<>();
    if (ready == null) {
      asked = part;
    } else {
      part.complete(ready);
    }
    return part;
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
