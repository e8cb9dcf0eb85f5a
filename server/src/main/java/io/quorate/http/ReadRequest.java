package io.quorate.http;

import io.quorate.core.Condition;
import io.quorate.core.Key;
import io.quorate.core.Token;
import io.quorate.http.Parameters.Consistency;
import java.util.Optional;

/**
 * What a GET or HEAD of a key asks for.
 *
 * @param minVersion what the node has to have before it answers
 * @param timeoutNanos how long to wait for that
 */
record ReadRequest(
    Key key,
    Consistency consistency,
    Condition condition,
    Optional<Token> minVersion,
    long timeoutNanos) {

  /**
   * @param whenLeftOut the consistency that is meant where none is given
   * @param defaultTimeoutNanos the timeout, likewise
   */
  static Parsed<ReadRequest> of(
      Exchange exchange, Consistency whenLeftOut, long defaultTimeoutNanos) {
    Parsed<Key> key = exchange.key();
    if (!(key instanceof Parsed.Value<Key> named)) {
      return ((Parsed.Fault<Key>) key).as();
    }
    Parsed<Condition> condition = Conditions.of(exchange);
    if (!(condition instanceof Parsed.Value<Condition> holding)) {
      return ((Parsed.Fault<Condition>) condition).as();
    }
    Query query = exchange.query();
    if (query.isEmpty()) {
      return Parsed.value(
          new ReadRequest(named.value(), whenLeftOut, holding.value(), Optional.empty(), 0));
    }
    Parsed<Consistency> consistency = Parameters.consistency(query, whenLeftOut);
    if (!(consistency instanceof Parsed.Value<Consistency> wanted)) {
      return ((Parsed.Fault<Consistency>) consistency).as();
    }
    Parsed<Long> timeout = Parameters.timeoutNanos(query, defaultTimeoutNanos);
    if (!(timeout instanceof Parsed.Value<Long> nanos)) {
      return ((Parsed.Fault<Long>) timeout).as();
    }
    Parsed<Optional<Token>> minVersion = Parameters.minVersion(query);
    if (!(minVersion instanceof Parsed.Value<Optional<Token>> reached)) {
      return ((Parsed.Fault<Optional<Token>>) minVersion).as();
    }
    return Parsed.value(
        new ReadRequest(
            named.value(), wanted.value(), holding.value(), reached.value(), nanos.value()));
  }
}
