package io.quorate.http;

import io.netty.handler.codec.http.HttpMethod;
import io.quorate.core.Change;
import io.quorate.core.Condition;
import io.quorate.core.Key;
import io.quorate.core.Refusal;
import io.quorate.core.Waiter;
import io.quorate.core.Write;
import io.quorate.core.WriteRequest;
import io.quorate.replication.LeaderReplica;
import io.quorate.replication.Settings;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** PUT and DELETE of a key on the leader. */
final class LeaderWrite implements Action {

  /** What the head of a write asks for. */
  private record Wanted(
      Key key,
      Condition condition,
      long ttlMillis,
      Optional<String> idempotencyKey,
      int required,
      long timeoutNanos) {}

  /** Answers when the leader knows how the write ended. */
  private record Waiting(Exchange exchange, long takenNanos, HttpCounts counts) implements Waiter {
    @Override
    public void answered(Write write, Waiter.Answer answer) {
      counts.written(write.required(), System.nanoTime() - takenNanos);
      exchange.answer(WriteAnswers.answered(write, answer));
    }

    @Override
    public void refused(Refusal refusal) {
      exchange.refuse(WriteAnswers.refused(refusal, exchange.target()));
    }
  }

  private final LeaderReplica leader;
  private final HttpCounts counts;

  LeaderWrite(LeaderReplica leader, HttpCounts counts) {
    this.leader = leader;
    this.counts = counts;
  }

  @Override
  public void answer(Exchange exchange) {
    Parsed<Wanted> parsed = parse(exchange);
    if (parsed instanceof Parsed.Value<Wanted> asked) {
      write(exchange, asked.value());
    } else {
      exchange.refuse(((Parsed.Fault<Wanted>) parsed).problem());
    }
  }

  private void write(Exchange exchange, Wanted asked) {
    boolean delete = exchange.method().equals(HttpMethod.DELETE);
    byte[] value = delete ? null : exchange.body();
    List<Change> changes =
        List.of(new Change(asked.key(), value, asked.condition(), asked.ttlMillis()));
    long now = System.nanoTime();
    leader.write(
        new WriteRequest(
            changes,
            IdempotencyKey.mark(asked.idempotencyKey(), changes),
            asked.required(),
            now + asked.timeoutNanos(),
            new Waiting(exchange, now, counts)));
  }

  @Override
  public @Nullable Answer refusedWithoutBody(Exchange exchange) {
    return parse(exchange) instanceof Parsed.Fault<Wanted> fault
        ? exchange.refusal(fault.problem())
        : null;
  }

  private Parsed<Wanted> parse(Exchange exchange) {
    Settings settings = leader.settings();
    Parsed<Key> key = exchange.key();
    if (!(key instanceof Parsed.Value<Key> named)) {
      return ((Parsed.Fault<Key>) key).as();
    }
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
    Parsed<Condition> condition = Conditions.of(exchange);
    if (!(condition instanceof Parsed.Value<Condition> holding)) {
      return ((Parsed.Fault<Condition>) condition).as();
    }
    Parsed<Long> ttl = ttlMillis(exchange);
    if (!(ttl instanceof Parsed.Value<Long> lasting)) {
      return ((Parsed.Fault<Long>) ttl).as();
    }
    Parsed<Optional<String>> idempotencyKey = IdempotencyKey.of(exchange);
    if (!(idempotencyKey instanceof Parsed.Value<Optional<String>> marked)) {
      return ((Parsed.Fault<Optional<String>>) idempotencyKey).as();
    }
    return Parsed.value(
        new Wanted(
            named.value(),
            holding.value(),
            lasting.value(),
            marked.value(),
            required.value(),
            nanos.value()));
  }

  /** A delete has none: what is not there does not end. */
  private static Parsed<Long> ttlMillis(Exchange exchange) {
    boolean delete = exchange.method().equals(HttpMethod.DELETE);
    Parsed<Long> ttl = Parameters.ttlMillis(exchange.query());
    return delete && ttl instanceof Parsed.Value<Long> given && given.value() > 0
        ? Parsed.badRequest("ttl: a delete takes none")
        : ttl;
  }
}
