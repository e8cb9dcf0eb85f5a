package io.quorate.http;

import io.netty.buffer.ByteBuf;
import io.quorate.replication.BodyParts;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** For who asks for the head alone. */
enum NoParts implements BodyParts {
  INSTANCE;

  @Override
  public CompletionStage<@Nullable ByteBuf> next() {
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public void close() {}
}
