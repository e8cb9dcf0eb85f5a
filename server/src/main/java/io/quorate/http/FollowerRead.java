package io.quorate.http;

import io.quorate.core.Key;
import io.quorate.http.Parameters.Consistency;
import io.quorate.replication.FollowerReplica;

/** GET and HEAD of a key on a follower: what it holds, once it is level. */
final class FollowerRead implements Action {

  private final FollowerReplica follower;
  private final ToLeader toLeader;

  FollowerRead(FollowerReplica follower, ToLeader toLeader) {
    this.follower = follower;
    this.toLeader = toLeader;
  }

  @Override
  public void answer(Exchange exchange) {
    exchange.answer(read(exchange));
  }

  private Answer read(Exchange exchange) {
    Parsed<ReadRequest> parsed = ReadRequest.of(exchange, Consistency.LOCAL);
    if (!(parsed instanceof Parsed.Value<ReadRequest> read)) {
      return exchange.refusal(((Parsed.Fault<ReadRequest>) parsed).problem());
    }
    if (read.value().consistency() == Consistency.CONFIRMED) {
      return toLeader.refusal(exchange);
    }
    if (!follower.isLevel()) {
      return Problem.unavailable(
              "this follower has not caught up with its leader since it started or was last sent"
                  + " all that the leader holds")
          .counted(Ending.NOT_LEVEL)
          .answer();
    }
    Key key = read.value().key();
    return KeyAnswers.of(exchange, key, follower.store().newest(key));
  }
}
