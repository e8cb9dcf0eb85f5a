package io.quorate.http;

import io.quorate.core.Change;
import io.quorate.core.Waiter;
import io.quorate.core.WriteRequest;
import io.quorate.replication.LeaderReplica;
import io.quorate.replication.Settings;
import java.util.List;
import java.util.Optional;

/**
 * What the head of a write says of it, whatever it writes.
 *
 * @param required the quorum
 * @param timeoutNanos how long its client waits for that
 * @param idempotencyKey empty where there is none
 */
record WriteTerms(int required, long timeoutNanos, Optional<String> idempotencyKey) {

  static Parsed<WriteTerms> of(Exchange exchange, LeaderReplica leader) {
    Settings settings = leader.settings();
    Query query = exchange.query();
    Parsed<Integer> quorum =
        Parameters.quorum(
            query,
            new QuorumRange(leader.followers(), leader.minWriteQuorum()),
            settings.writeQuorum());
    if (!(quorum instanceof Parsed.Value<Integer> required)) {
      return ((Parsed.Fault<Integer>) quorum).as();
    }
    Parsed<Long> timeout = Parameters.timeoutNanos(query, settings.writeTimeoutNanos());
    if (!(timeout instanceof Parsed.Value<Long> nanos)) {
      return ((Parsed.Fault<Long>) timeout).as();
    }
    Parsed<Optional<String>> idempotencyKey = IdempotencyKey.of(exchange);
    if (!(idempotencyKey instanceof Parsed.Value<Optional<String>> marked)) {
      return ((Parsed.Fault<Optional<String>>) idempotencyKey).as();
    }
    return Parsed.value(new WriteTerms(required.value(), nanos.value(), marked.value()));
  }

  /** A write of these changes, taken up at this time. */
  WriteRequest request(List<Change> changes, long takenNanos, Waiter waiter) {
    return new WriteRequest(
        changes,
        IdempotencyKey.mark(idempotencyKey, changes),
        required,
        takenNanos + timeoutNanos,
        waiter);
  }
}
