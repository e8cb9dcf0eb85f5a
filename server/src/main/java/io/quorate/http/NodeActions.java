package io.quorate.http;

import io.quorate.core.Key;
import io.quorate.replication.NodeStatus;
import io.quorate.replication.NodeStatus.FollowerStatus;
import io.quorate.replication.Replica;
import io.quorate.replication.Replica.Alteration;
import io.quorate.replication.StoreDigest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a node of either role tells of itself. */
final class NodeActions {

  private final Replica replica;

  NodeActions(Replica replica) {
    this.replica = replica;
  }

  void status(Exchange exchange) {
    Later.answer(exchange, replica.status(), status -> Answer.json(StatusText.of(status)));
  }

  void digest(Exchange exchange) {
    Later.answer(exchange, replica.digest(), digest -> Answer.json(json(digest)));
  }

  private static byte[] json(StoreDigest digest) {
    return JsonText.object(
        json -> {
          json.writeStringField("id", digest.id());
          json.writeNumberField("applied_version", digest.appliedVersion());
          json.writeNumberField("last_version", digest.lastVersion());
          json.writeNumberField("keys", digest.keys());
          json.writeStringField("digest", digest.digest());
        });
  }

  /** The loop runs, or nobody would read this. */
  static void live(Exchange exchange) {
    exchange.answer(ok());
  }

  void ready(Exchange exchange) {
    Parsed<Long> parsed = Parameters.maxLag(exchange.query());
    if (!(parsed instanceof Parsed.Value<Long> maxLag)) {
      exchange.refuse(((Parsed.Fault<Long>) parsed).problem());
      return;
    }
    Optional<String> reason = replica.unready();
    if (reason.isPresent()) {
      exchange.refuse(Problem.unavailable(reason.get()));
    } else {
      Later.answer(exchange, replica.status(), status -> ready(status, maxLag.value()));
    }
  }

  private static Answer ready(NodeStatus status, long maxLag) {
    long lag = status.lastVersion() - status.appliedVersion();
    return lag <= maxLag
        ? Answer.json(readyText(status))
        : Problem.unavailable("this node is " + lag + " versions behind; max_lag=" + maxLag)
            .answer();
  }

  /** Names the followers that a leader does not count, and why. */
  private static byte[] readyText(NodeStatus status) {
    List<FollowerStatus> followers = status.followers();
    return JsonText.object(
        json -> {
          json.writeStringField("status", "ok");
          if (followers != null) {
            json.writeArrayFieldStart("problems");
            for (FollowerStatus follower : followers) {
              if (follower.problem() != null) {
                json.writeString(follower.id() + " " + follower.problem());
              }
            }
            json.writeEndArray();
          }
        });
  }

  private static Answer ok() {
    return Answer.json("{\"status\":\"ok\"}".getBytes(StandardCharsets.US_ASCII));
  }

  /** Behind the test door alone. */
  void alter(Exchange exchange) {
    Parsed<Key> key = PercentCode.key(exchange.query().encodedParameter("key"));
    if (!(key instanceof Parsed.Value<Key> named)) {
      exchange.refuse(((Parsed.Fault<Key>) key).problem());
      return;
    }
    String what = exchange.query().encodedParameter("what");
    for (Alteration alteration : Alteration.values()) {
      if (alteration.name().toLowerCase(Locale.ROOT).equals(what)) {
        Later.answer(exchange, replica.alter(named.value(), alteration), NodeActions::altered);
        return;
      }
    }
    exchange.refuse(
        Problem.badRequest("what=" + PercentCode.shown(what) + ": what takes byte or version"));
  }

  private static Answer altered(boolean there) {
    return there ? ok() : Problem.notFound("there is no such value here to alter").answer();
  }
}
