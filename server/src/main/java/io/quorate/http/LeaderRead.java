package io.quorate.http;

import io.quorate.core.Entry;
import io.quorate.core.Key;
import io.quorate.http.Parameters.Consistency;
import io.quorate.replication.LeaderReplica;
import java.util.Optional;

/** GET and HEAD of a key on the leader. Reads the store where it stands: it never hops. */
final class LeaderRead implements Action {

  private final LeaderReplica leader;

  LeaderRead(LeaderReplica leader) {
    this.leader = leader;
  }

  @Override
  public void answer(Exchange exchange) {
    exchange.answer(read(exchange));
  }

  private Answer read(Exchange exchange) {
    Parsed<ReadRequest> parsed = ReadRequest.of(exchange, Consistency.CONFIRMED);
    if (!(parsed instanceof Parsed.Value<ReadRequest> read)) {
      return exchange.refusal(((Parsed.Fault<ReadRequest>) parsed).problem());
    }
    Optional<String> obstacle = leader.obstacle();
    if (obstacle.isPresent()) {
      return Problem.unavailable(obstacle.get()).answer();
    }
    Key key = read.value().key();
    if (read.value().consistency() == Consistency.LOCAL) {
      return KeyAnswers.of(exchange, key, leader.store().newest(key));
    }
    Entry entry = leader.store().confirmed(key);
    // In this order: where the lease holds now it held when the value was read, so no other leader
    // can have confirmed a newer one by then, and the read is linearizable. A lease that is checked
    // first may end, and another leader confirm a write, before the value is read.
    String expired = leader.confirmedReadObstacle();
    if (expired != null) {
      return Problem.unavailable(expired).answer();
    }
    return KeyAnswers.of(exchange, key, entry);
  }
}
