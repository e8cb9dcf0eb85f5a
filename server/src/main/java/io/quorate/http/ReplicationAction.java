package io.quorate.http;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.quorate.replication.Replica;
import io.quorate.replication.Replica.ReplicationAnswer;

/** Hands the requests of other nodes to this one's replica. */
final class ReplicationAction implements Action {

  private final Replica replica;

  ReplicationAction(Replica replica) {
    this.replica = replica;
  }

  @Override
  public void answer(Exchange exchange) {
    exchange.traffic().noteLeader();
    String path = exchange.target().path().substring(Served.REPLICATION.length());
    Later.answer(
        exchange,
        replica.onReplication(path, Unpooled.wrappedBuffer(exchange.body())),
        given -> shown(exchange, path, given));
  }

  /** Refusals that say nothing in the format of the nodes are told as everywhere else. */
  private static Answer shown(Exchange exchange, String path, ReplicationAnswer given) {
    HttpResponseStatus status = HttpResponseStatus.valueOf(given.status());
    if (status.equals(HttpResponseStatus.NOT_FOUND)) {
      given.body().release();
      return exchange.refusal(
          Problem.notFound("there is nothing at " + PercentCode.shown(Served.REPLICATION + path)));
    }
    if (status.equals(HttpResponseStatus.BAD_REQUEST)) {
      given.body().release();
      return exchange.refusal(
          Problem.badRequest(
              "the body cannot be read as a request of a node to " + Served.REPLICATION + path));
    }
    return Answer.of(status, Answer.OCTETS, given.body());
  }
}
