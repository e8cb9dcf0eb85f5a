package io.quorate.http;

import io.quorate.core.Entry;
import io.quorate.http.Parameters.Consistency;
import io.quorate.replication.FollowerReplica;
import org.jspecify.annotations.Nullable;

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
    Parsed<ReadRequest> parsed =
        ReadRequest.of(exchange, Consistency.LOCAL, follower.defaultTimeoutNanos());
    if (!(parsed instanceof Parsed.Value<ReadRequest> read)) {
      exchange.refuse(((Parsed.Fault<ReadRequest>) parsed).problem());
    } else if (read.value().consistency() == Consistency.CONFIRMED) {
      exchange.answer(toLeader.refusal(exchange));
    } else {
      MinVersion.answer(exchange, follower, read.value(), () -> read(exchange, read.value()));
    }
  }

  private Answer read(Exchange exchange, ReadRequest read) {
    @Nullable Entry newest = follower.store().newest(read.key());
    return follower.isLevel() ? KeyAnswers.of(exchange, read, newest) : notLevel();
  }

  static Answer notLevel() {
    return Problem.unavailable(
            "this follower has not caught up with its leader since it started or was last sent"
                + " all that the leader holds")
        .counted(Ending.NOT_LEVEL)
        .answer();
  }
}
