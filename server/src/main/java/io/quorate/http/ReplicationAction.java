package io.quorate.http;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.quorate.replication.FollowerReplica;

/** Hands the leader's requests to the follower. */
final class ReplicationAction implements Action {

  private final FollowerReplica follower;

  ReplicationAction(FollowerReplica follower) {
    this.follower = follower;
  }

  @Override
  public void answer(Exchange exchange) {
    String path = exchange.target().path().substring(Served.REPLICATION.length());
    Later.answer(
        exchange,
        follower.onReplication(path, Unpooled.wrappedBuffer(exchange.body())),
        given ->
            Answer.of(HttpResponseStatus.valueOf(given.status()), Answer.OCTETS, given.body()));
  }
}
