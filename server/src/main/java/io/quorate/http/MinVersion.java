package io.quorate.http;

import io.netty.handler.codec.http.HttpResponseStatus;
import io.quorate.core.Reached;
import io.quorate.core.Token;
import io.quorate.replication.Replica;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** Has a read wait for what it says that this node must have. */
final class MinVersion {

  private MinVersion() {}

  /** Answers with what is read, once the node has the version that was asked for, if one was. */
  static void answer(
      Exchange exchange, Replica replica, ReadRequest read, Supplier<Answer> reading) {
    if (read.minVersion().isEmpty()) {
      exchange.answer(reading.get());
      return;
    }
    Token token = read.minVersion().get();
    CompletableFuture<Reached> awaited = replica.awaitVersion(token, read.timeoutNanos());
    exchange.whenDropped(() -> awaited.cancel(false));
    Later.answer(
        exchange,
        awaited,
        reached -> reached == Reached.YES ? reading.get() : missing(reached, token).answer());
  }

  private static Problem missing(Reached reached, Token token) {
    return reached == Reached.TOO_MANY_WAIT
        ? Problem.unavailable("as many reads wait for a min_version as may")
        : Problem.of(
                HttpResponseStatus.GATEWAY_TIMEOUT,
                "this node did not come to have all through min_version=" + token + " in time")
            .counted(Ending.NOT_REACHED);
  }
}
