package io.quorate.http;

import io.quorate.core.Key;
import io.quorate.core.Token;
import java.util.List;
import java.util.Optional;

/**
 * What a GET of the watch asks for.
 *
 * @param prefix of the keys; empty where it is left out
 * @param after what is newer is told; empty where it is what nobody was told yet
 */
record WatchRequest(Key prefix, Optional<Token> after) {

  private static final String LAST_EVENT_ID = "Last-Event-ID";

  static Parsed<WatchRequest> of(Exchange exchange) {
    Parsed<Key> prefix = Parameters.bound(exchange.query(), "prefix");
    if (!(prefix instanceof Parsed.Value<Key> begins)) {
      return ((Parsed.Fault<Key>) prefix).as();
    }
    Parsed<Optional<Token>> from = Parameters.token(exchange.query(), "from");
    if (!(from instanceof Parsed.Value<Optional<Token>> first)) {
      return ((Parsed.Fault<Optional<Token>>) from).as();
    }
    Parsed<Optional<Token>> last = lastEventId(exchange);
    if (!(last instanceof Parsed.Value<Optional<Token>> told)) {
      return ((Parsed.Fault<Optional<Token>>) last).as();
    }
    return Parsed.value(
        new WatchRequest(
            begins.value(), told.value().or(() -> first.value().map(WatchRequest::before))));
  }

  /** It wins over where the URL begins, which is the same at each reconnection. */
  private static Parsed<Optional<Token>> lastEventId(Exchange exchange) {
    List<String> sent = exchange.headers().getAll(LAST_EVENT_ID);
    if (sent.isEmpty()) {
      return Parsed.value(Optional.empty());
    }
    return sent.size() > 1
        ? Parsed.badRequest(LAST_EVENT_ID + " stands more than once; it is taken once")
        : Parameters.token(LAST_EVENT_ID, LAST_EVENT_ID + ": ", sent.get(0));
  }

  /** No version is 0, so that nothing is newer than this and older than the first of its epoch. */
  private static Token before(Token first) {
    return new Token(first.epoch(), Math.max(0, first.version() - 1));
  }
}
