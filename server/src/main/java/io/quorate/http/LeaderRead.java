package io.quorate.http;

import io.quorate.core.Entry;
import io.quorate.core.Key;
import io.quorate.http.Parameters.Consistency;
import io.quorate.replication.LeaderReplica;

/** GET and HEAD of a key on the leader. Reads the store where it stands: it never hops. */
final class LeaderRead implements Action {

  private final LeaderReplica leader;

  LeaderRead(LeaderReplica leader) {
    this.leader = leader;
  }

  @Override
  public void answer(Exchange exchange) {
    Parsed<ReadRequest> parsed =
        ReadRequest.of(exchange, Consistency.CONFIRMED, leader.defaultTimeoutNanos());
    if (parsed instanceof Parsed.Value<ReadRequest> read) {
      MinVersion.answer(exchange, leader, read.value(), () -> read(exchange, read.value()));
    } else {
      exchange.refuse(((Parsed.Fault<ReadRequest>) parsed).problem());
    }
  }

  private Answer read(Exchange exchange, ReadRequest read) {
    Key key = read.key();
    boolean local = read.consistency() == Consistency.LOCAL;
    Entry entry = local ? leader.store().newest(key) : leader.store().confirmed(key);
    // In this order: where it leads now, and the lease holds, that was so when the value was read,
    // so no other leader can have confirmed a newer one by then, and the read is linearizable. What
    // is checked first may end, and another leader confirm a write, before the value is read.
    String obstacle = local ? leader.obstacle().orElse(null) : leader.confirmedReadObstacle();
    return obstacle == null ? KeyAnswers.of(exchange, read, entry) : refused(leader, obstacle);
  }

  /** What is read is not to be shown. */
  static Answer refused(LeaderReplica leader, String obstacle) {
    return Problem.unavailable(obstacle)
        .counted(leader.obstacle().isPresent() ? Ending.NOT_LEADING : Ending.NO_LEASE)
        .answer();
  }
}
