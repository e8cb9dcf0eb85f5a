package io.quorate.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.util.AsciiString;
import io.quorate.core.Token;
import io.quorate.replication.BodyParts;
import io.quorate.replication.EventTexts;
import io.quorate.replication.Replica;
import io.quorate.replication.WatchStart;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;

/**
 * Sends confirmed writes as server-sent events, as they come. The connection serves nothing else
 * from then on.
 */
final class WatchAction implements Action {

  private static final AsciiString NO_STORE =
      Answer.field(HttpHeaderNames.CACHE_CONTROL, HttpHeaderValues.NO_STORE);

  private final Replica replica;
  private final HttpOptions.Watching options;
  private final Semaphore places;
  private final EventTexts texts;

  WatchAction(Replica replica, HttpOptions.Watching options, Budgets budgets) {
    this.replica = replica;
    this.options = options;
    this.places = budgets.watches();
    this.texts = budgets.events();
  }

  @Override
  public void answer(Exchange exchange) {
    Parsed<WatchRequest> parsed = WatchRequest.of(exchange);
    if (!exchange.keepAliveIsDefault()) {
      exchange.refuse(
          Problem.of(
              HttpResponseStatus.HTTP_VERSION_NOT_SUPPORTED,
              "a watch is sent in chunks, which HTTP/1.0 has not; it takes HTTP/1.1"));
    } else if (!(parsed instanceof Parsed.Value<WatchRequest> asked)) {
      exchange.refuse(((Parsed.Fault<WatchRequest>) parsed).problem());
    } else if (exchange.isHead()) {
      exchange.answer(events(NoParts.INSTANCE));
    } else if (places.tryAcquire()) {
      begin(exchange, asked.value());
    } else {
      exchange.refuse(Problem.unavailable(options.most() + " watches are open, as many as may be"));
    }
  }

  private void begin(Exchange exchange, WatchRequest asked) {
    CompletionStage<WatchStart> starting =
        replica.watch(asked.after().orElse(null), asked.prefix(), options.heartbeatNanos(), texts);
    starting.whenComplete(
        (start, failure) -> {
          if (!(start instanceof WatchStart.Begun)) {
            places.release();
          }
        });
    Later.answer(exchange, starting, start -> answer(exchange, start));
  }

  private Answer answer(Exchange exchange, WatchStart start) {
    if (start instanceof WatchStart.Begun begun) {
      return events(
          new WatchEvents(begun.stream(), begun.after(), exchange.loop(), places::release));
    }
    return gone(((WatchStart.Gone) start).oldest()).answer();
  }

  /** Whatever follows on its connection would wait for good. */
  private static Answer events(BodyParts parts) {
    return Answer.ofParts(Answer.EVENTS, parts).with(NO_STORE).closing();
  }

  private static Problem gone(Token oldest) {
    return Problem.of(
            HttpResponseStatus.GONE,
            "this node does not hold every write since then any more: another may; else read the"
                + " keys, and watch on from="
                + oldest
                + ", the oldest that is held, or without from= and Last-Event-ID, from now on")
        .token("oldest", oldest);
  }
}
