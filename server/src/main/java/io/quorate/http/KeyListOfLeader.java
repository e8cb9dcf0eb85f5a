package io.quorate.http;

import io.quorate.core.KeyPage;
import io.quorate.http.Parameters.Consistency;
import io.quorate.replication.LeaderReplica;

/** GET and HEAD of a page of keys on the leader. Reads the store where it stands. */
final class KeyListOfLeader implements Action {

  private final LeaderReplica leader;

  KeyListOfLeader(LeaderReplica leader) {
    this.leader = leader;
  }

  @Override
  public void answer(Exchange exchange) {
    exchange.answer(read(exchange));
  }

  private Answer read(Exchange exchange) {
    Parsed<KeyListRequest> parsed = KeyListRequest.of(exchange.query(), Consistency.CONFIRMED);
    if (!(parsed instanceof Parsed.Value<KeyListRequest> read)) {
      return exchange.refusal(((Parsed.Fault<KeyListRequest>) parsed).problem());
    }
    KeyPage page = read.value().page(leader.store());
    // After the page, as LeaderRead does after its value: whatever is said to be so now, was so
    // when each of the keys was read.
    String obstacle =
        read.value().consistency() == Consistency.LOCAL
            ? leader.obstacle().orElse(null)
            : leader.confirmedReadObstacle();
    return obstacle == null ? KeyListAnswer.of(page) : LeaderRead.refused(leader, obstacle);
  }
}
