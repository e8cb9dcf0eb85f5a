package io.quorate.http;

import io.netty.handler.codec.http.HttpMethod;
import io.quorate.core.Change;
import io.quorate.core.Condition;
import io.quorate.core.Key;
import io.quorate.replication.LeaderReplica;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** PUT and DELETE of a key on the leader. */
final class LeaderWrite implements Action {

  /** What the head of a write asks for. */
  private record Wanted(Key key, Condition condition, long ttlMillis, WriteTerms terms) {}

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
    Change change = new Change(asked.key(), value, asked.condition(), asked.ttlMillis());
    long now = System.nanoTime();
    WritingClient client = new WritingClient(exchange, WriteAnswers.OF_KEY, counts, now);
    leader.write(asked.terms().request(List.of(change), now, client));
  }

  @Override
  public @Nullable Answer refusedWithoutBody(Exchange exchange) {
    return parse(exchange) instanceof Parsed.Fault<Wanted> fault
        ? exchange.refusal(fault.problem())
        : null;
  }

  private Parsed<Wanted> parse(Exchange exchange) {
    Parsed<Key> key = exchange.key();
    if (!(key instanceof Parsed.Value<Key> named)) {
      return ((Parsed.Fault<Key>) key).as();
    }
    Parsed<WriteTerms> terms = WriteTerms.of(exchange, leader);
    if (!(terms instanceof Parsed.Value<WriteTerms> agreed)) {
      return ((Parsed.Fault<WriteTerms>) terms).as();
    }
    Parsed<Condition> condition = Conditions.of(exchange);
    if (!(condition instanceof Parsed.Value<Condition> holding)) {
      return ((Parsed.Fault<Condition>) condition).as();
    }
    Parsed<Long> ttl = ttlMillis(exchange);
    if (!(ttl instanceof Parsed.Value<Long> lasting)) {
      return ((Parsed.Fault<Long>) ttl).as();
    }
    return Parsed.value(
        new Wanted(named.value(), holding.value(), lasting.value(), agreed.value()));
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
