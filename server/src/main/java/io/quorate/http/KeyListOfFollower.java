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
    exchange.answer(read(exchange));
  }

  private Answer read(Exchange exchange) {
    Parsed<KeyListRequest> parsed = KeyListRequest.of(exchange.query(), Consistency.LOCAL);
    if (!(parsed instanceof Parsed.Value<KeyListRequest> read)) {
      return exchange.refusal(((Parsed.Fault<KeyListRequest>) parsed).problem());
    }
    if (read.value().consistency() == Consistency.CONFIRMED) {
      return toLeader.refusal(exchange);
    }
    KeyPage page = read.value().page(follower.store());
    // After the page: one that began to be sent everything meanwhile may have dropped keys.
    return follower.isLevel() ? KeyListAnswer.of(page) : FollowerRead.notLevel();
  }
}
