package io.quorate.http;

import io.quorate.core.KeyPage;
import io.quorate.http.Parameters.Consistency;
import io.quorate.replication.FollowerReplica;

/** GET and HEAD of a page of keys on a follower: of what it holds, once it is level. */
final class KeyListOfFollower implements Action {

  private final FollowerReplica follower;
  private final ToLeader toLeader;

  KeyListOfFollower(FollowerReplica follower, ToLeader toLeader) {
    this.follower = follower;
    this.toLeader = toLeader;
  }

  @Override
  public void answer(Exchange exchange) {
    Parsed<KeyListRequest> parsed = KeyListRequest.of(exchange.query(), Consistency.LOCAL);
    if (!(parsed instanceof Parsed.Value<KeyListRequest> read)) {
      exchange.refuse(((Parsed.Fault<KeyListRequest>) parsed).problem());
    } else if (read.value().consistency() == Consistency.CONFIRMED) {
      exchange.answer(toLeader.refusal(exchange));
    } else {
      KeyListAnswer.read(exchange, follower, read.value(), this::shown);
    }
  }

  private Answer shown(KeyPage page) {
    // After the page: one that began to be sent everything meanwhile may have dropped keys.
    return follower.isLevel() ? KeyListAnswer.of(page) : FollowerRead.notLevel();
  }
}
