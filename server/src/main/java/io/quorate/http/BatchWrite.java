package io.quorate.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.quorate.core.Change;
import io.quorate.core.Key;
import io.quorate.replication.LeaderReplica;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** POST of several puts and deletes, all carried out or none, on the leader. */
final class BatchWrite implements Action {

  private final LeaderReplica leader;
  private final HttpCounts counts;
  private final int maxValueBytes;

  /**
   * @param maxValueBytes longest body
   */
  BatchWrite(LeaderReplica leader, HttpCounts counts, int maxValueBytes) {
    this.leader = leader;
    this.counts = counts;
    this.maxValueBytes = maxValueBytes;
  }

  @Override
  public void answer(Exchange exchange) {
    Parsed<WriteTerms> terms = parse(exchange);
    if (!(terms instanceof Parsed.Value<WriteTerms> agreed)) {
      exchange.refuse(((Parsed.Fault<WriteTerms>) terms).problem());
      return;
    }
    Parsed<List<Change>> body = BatchBody.parse(exchange.body(), maxValueBytes);
    if (!(body instanceof Parsed.Value<List<Change>> changes)) {
      exchange.refuse(((Parsed.Fault<List<Change>>) body).problem());
      return;
    }
    List<Key> keys = changes.value().stream().map(Change::key).toList();
    long now = System.nanoTime();
    WritingClient client = new WritingClient(exchange, new BatchWords(keys), counts, now);
    leader.write(agreed.value().request(changes.value(), now, client));
  }

  @Override
  public @Nullable Answer refusedWithoutBody(Exchange exchange) {
    return parse(exchange) instanceof Parsed.Fault<WriteTerms> fault
        ? exchange.refusal(fault.problem())
        : null;
  }

  private Parsed<WriteTerms> parse(Exchange exchange) {
    boolean conditional =
        exchange.headers().contains(HttpHeaderNames.IF_MATCH)
            || exchange.headers().contains(HttpHeaderNames.IF_NONE_MATCH);
    return conditional
        ? Parsed.badRequest(
            "If-Match and If-None-Match are of one key; the items of a batch take if_match and"
                + " if_none_match")
        : WriteTerms.of(exchange, leader);
  }
}
