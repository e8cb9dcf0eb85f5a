package io.quorate.http;

import com.fasterxml.jackson.core.JsonGenerator;
import io.quorate.replication.Convergence;
import io.quorate.replication.LeaderReplica;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Whether all replicas hold the same. */
final class ConvergenceAction implements Action {

  /** How long it waits for the followers unless it is told. */
  private static final long DEFAULT_TIMEOUT_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final LeaderReplica leader;

  ConvergenceAction(LeaderReplica leader) {
    this.leader = leader;
  }

  @Override
  public void answer(Exchange exchange) {
    Parsed<Long> timeout = Parameters.timeoutNanos(exchange.query(), DEFAULT_TIMEOUT_NANOS);
    if (timeout instanceof Parsed.Value<Long> nanos) {
      Later.answer(exchange, leader.convergence(nanos.value()), found -> Answer.json(json(found)));
    } else {
      exchange.refuse(((Parsed.Fault<Long>) timeout).problem());
    }
  }

  private static byte[] json(Convergence found) {
    return JsonText.object(
        json -> {
          JsonText.field(json, "converged", found.converged());
          json.writeNumberField("version", found.version());
          json.writeNumberField("epoch", found.epoch());
          json.writeNumberField("keys", found.keys());
          JsonText.field(json, "digest", found.digest());
          json.writeArrayFieldStart("followers");
          for (Convergence.FollowerDigest follower : found.followers()) {
            follower(json, follower);
          }
          json.writeEndArray();
          json.writeArrayFieldStart("differences");
          for (Convergence.Difference difference : found.differences()) {
            difference(json, difference);
          }
          json.writeEndArray();
          JsonText.field(json, "reason", found.reason());
        });
  }

  private static void follower(JsonGenerator json, Convergence.FollowerDigest follower)
      throws IOException {
    json.writeStartObject();
    json.writeStringField("id", follower.id());
    JsonText.field(json, "applied_version", follower.appliedVersion());
    JsonText.field(json, "keys", follower.keys());
    JsonText.field(json, "digest", follower.digest());
    JsonText.field(json, "equal", follower.equal());
    json.writeEndObject();
  }

  private static void difference(JsonGenerator json, Convergence.Difference difference)
      throws IOException {
    json.writeStartObject();
    json.writeStringField("key", difference.key());
    json.writeObjectFieldStart("versions");
    for (Map.Entry<String, @Nullable String> version : difference.versions().entrySet()) {
      JsonText.field(json, version.getKey(), version.getValue());
    }
    json.writeEndObject();
    json.writeEndObject();
  }
}
