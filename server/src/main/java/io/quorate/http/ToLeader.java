package io.quorate.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.quorate.replication.FollowerReplica;
import java.util.Optional;

/** A follower's answer to what only the leader can answer: where the leader is. */
final class ToLeader implements Action.Refusing {

  private final FollowerReplica follower;

  ToLeader(FollowerReplica follower) {
    this.follower = follower;
  }

  @Override
  public Answer refusal(Exchange exchange) {
    Optional<String> leaderUrl = follower.leaderUrl();
    if (leaderUrl.isEmpty()) {
      return exchange.refusal(
          Problem.unavailable(
                  "this node does not lead, and knows nobody who does: "
                      + follower.unready().orElse("it looks for one"))
              .counted(Ending.NOT_LEADING));
    }
    return exchange.refusal(
        Problem.of(
                HttpResponseStatus.TEMPORARY_REDIRECT,
                "this node is a follower; the leader is at " + leaderUrl.get())
            .header(HttpHeaderNames.LOCATION, exchange.target().at(leaderUrl.get())));
  }
}
