package io.quorate.replication;

import io.netty.buffer.ByteBuf;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A question to a follower whose answer is not the core's; the answer is copied. */
record AskExchange(CompletableFuture<byte[]> asked) implements LinkConnection.Exchange {

  /** A digest reads every stored byte. */
  private static final long TIMEOUT_NANOS = TimeUnit.SECONDS.toNanos(60);

  @Override
  public long timeoutNanos() {
    return TIMEOUT_NANOS;
  }

  @Override
  public void sent() {}

  @Override
  public void answered(int status, ByteBuf answer) {
    if (status == 200) {
      asked.complete(Bytes.readBytes(answer, answer.readableBytes()));
    } else {
      asked.completeExceptionally(new IllegalStateException("answered " + status));
    }
  }

  @Override
  public void failed(Throwable cause) {
    asked.completeExceptionally(cause);
  }
}
