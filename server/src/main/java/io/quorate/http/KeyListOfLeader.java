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
    Parsed<KeyListRequest> parsed = KeyListRequest.of(exchange.query(), Consistency.CONFIRMED);
    if (parsed instanceof Parsed.Value<KeyListRequest> read) {
      KeyListAnswer.read(exchange, leader, read.value(), page -> shown(read.value(), page));
    } else {
      exchange.refuse(((Parsed.Fault<KeyListRequest>) parsed).problem());
    }
  }

  private Answer shown(KeyListRequest read, KeyPage page) {
    // After the page, as LeaderRead does after its value: whatever is said to be so now, was so
    // when each of the keys was read.
    String obstacle =
        read.consistency() == Consistency.LOCAL
            ? leader.obstacle().orElse(null)
            : leader.confirmedReadObstacle();
    return obstacle == null ? KeyListAnswer.of(page) : LeaderRead.refused(leader, obstacle);
  }
}
