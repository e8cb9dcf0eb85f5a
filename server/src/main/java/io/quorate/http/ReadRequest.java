package io.quorate.http;

import io.quorate.core.Key;
import io.quorate.http.Parameters.Consistency;

/** What a GET or HEAD of a key asks for. */
record ReadRequest(Key key, Consistency consistency) {

  static Parsed<ReadRequest> of(Exchange exchange, Consistency whenLeftOut) {
    Parsed<Key> key = exchange.key();
    if (!(key instanceof Parsed.Value<Key> named)) {
      return ((Parsed.Fault<Key>) key).as();
    }
    Query query = exchange.query();
    if (query.isEmpty()) {
      return Parsed.value(new ReadRequest(named.value(), whenLeftOut));
    }
    Parsed<Consistency> consistency = Parameters.consistency(query, whenLeftOut);
    if (!(consistency instanceof Parsed.Value<Consistency> wanted)) {
      return ((Parsed.Fault<Consistency>) consistency).as();
    }
    if (Parameters.timeoutNanos(query, 0) instanceof Parsed.Fault<Long> fault) {
      return fault.as();
    }
    Parsed.Fault<ReadRequest> unsupported = Parameters.unsupported(exchange);
    return unsupported == null
        ? Parsed.value(new ReadRequest(named.value(), wanted.value()))
        : unsupported;
  }
}
