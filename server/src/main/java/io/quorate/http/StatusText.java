package io.quorate.http;

import com.fasterxml.jackson.core.JsonGenerator;
import io.quorate.replication.NodeStatus;
import io.quorate.replication.NodeStatus.DelayError;
import io.quorate.replication.NodeStatus.Durability;
import io.quorate.replication.NodeStatus.FollowerStatus;
import io.quorate.replication.NodeStatus.HeldBack;
import io.quorate.replication.NodeStatus.QuorumCompletions;
import io.quorate.replication.NodeStatus.RoundTrip;
import io.quorate.replication.NodeStatus.Standing;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code /v1/status} as JSON. */
final class StatusText {

  private StatusText() {}

  static byte[] of(NodeStatus status) {
    return JsonText.object(
        json -> {
          who(json, status);
          versions(json, status);
          settings(json, status);
          json.writeNumberField("keys", status.keys());
          json.writeNumberField("tombstones", status.tombstones());
          json.writeNumberField("uptime_ms", status.uptimeMillis());
          json.writeNumberField("watchers", status.watchers());
          standing(json, status.standing());
          durability(json, status.durability());
          List<QuorumCompletions> completions = status.completions();
          if (completions != null) {
            completions(json, completions);
          }
          List<FollowerStatus> followers = status.followers();
          if (followers != null) {
            json.writeArrayFieldStart("followers");
            for (FollowerStatus follower : followers) {
              follower(json, follower);
            }
            json.writeEndArray();
          }
        });
  }

  private static void who(JsonGenerator json, NodeStatus status) throws IOException {
    json.writeStringField("id", status.id());
    json.writeStringField("role", status.role().word());
    json.writeNumberField("epoch", status.epoch());
    JsonText.field(json, "leader", status.leaderId());
    JsonText.field(json, "leader_url", status.leaderUrl());
    json.writeStringField("incarnation", status.incarnation());
    json.writeStringField("transport", status.transport());
  }

  private static void versions(JsonGenerator json, NodeStatus status) throws IOException {
    json.writeNumberField("last_version", status.lastVersion());
    json.writeNumberField("applied_version", status.appliedVersion());
    json.writeNumberField("confirmed_version", status.confirmedVersion());
    heldBackBy(json, status.heldBackBy());
  }

  private static void heldBackBy(JsonGenerator json, @Nullable HeldBack held) throws IOException {
    if (held == null) {
      json.writeNullField("held_back_by");
      return;
    }
    json.writeObjectFieldStart("held_back_by");
    json.writeNumberField("epoch", held.epoch());
    json.writeNumberField("version", held.version());
    json.writeNumberField("required", held.required());
    json.writeNumberField("acks", held.acknowledgements());
    json.writeEndObject();
  }

  private static void settings(JsonGenerator json, NodeStatus status) throws IOException {
    Integer quorum = status.writeQuorum();
    JsonText.field(json, "write_quorum", quorum == null ? null : Long.valueOf(quorum));
    JsonText.millis(json, "min_delay_ms", status.minDelayNanos());
    JsonText.millis(json, "max_delay_ms", status.maxDelayNanos());
  }

  private static void standing(JsonGenerator json, Standing standing) throws IOException {
    json.writeBooleanField("unclean", standing.unclean());
    json.writeNumberField("granted_epoch", standing.grantedEpoch());
    json.writeNumberField("min_write_quorum", standing.minWriteQuorum());
    JsonText.millis(json, "lease_ms", standing.leaseNanos());
    if (standing.leaseLeftNanos() != null) {
      JsonText.millis(json, "lease_left_ms", standing.leaseLeftNanos());
    }
    if (standing.serving() != null) {
      json.writeBooleanField("serving", standing.serving());
    }
  }

  private static void durability(JsonGenerator json, Durability durability) throws IOException {
    json.writeObjectFieldStart("durability");
    json.writeBooleanField("data_dir", durability.dataDirectory());
    json.writeStringField("fsync", durability.fsync());
    json.writeStringField("may_lose", durability.mayLose());
    json.writeEndObject();
    json.writeNumberField("log_bytes", durability.logBytes());
    json.writeNumberField("snapshot_version", durability.snapshotVersion());
  }

  private static void completions(JsonGenerator json, List<QuorumCompletions> completions)
      throws IOException {
    json.writeArrayFieldStart("completions");
    for (QuorumCompletions ofQuorum : completions) {
      json.writeStartObject();
      json.writeNumberField("w", ofQuorum.required());
      json.writeNumberField("writes", ofQuorum.writes());
      json.writeArrayFieldStart("followers");
      for (QuorumCompletions.Completed follower : ofQuorum.followers()) {
        json.writeStartObject();
        json.writeStringField("id", follower.id());
        json.writeNumberField("count", follower.count());
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void follower(JsonGenerator json, FollowerStatus follower) throws IOException {
    json.writeStartObject();
    json.writeStringField("id", follower.id());
    json.writeStringField("url", follower.url());
    json.writeStringField("state", follower.state());
    json.writeNumberField("acknowledged_version", follower.acknowledgedVersion());
    json.writeNumberField("lag", follower.lag());
    json.writeNumberField("in_flight", follower.inFlight());
    JsonText.field(json, "last_contact_ms", follower.lastContactMillis());
    JsonText.field(json, "problem", follower.problem());
    DelayError error = follower.delayError();
    json.writeObjectFieldStart("injected_delay_error_us");
    json.writeNumberField("count", error.count());
    json.writeNumberField("p50", error.p50Micros());
    json.writeNumberField("p99", error.p99Micros());
    json.writeNumberField("max", error.maxMicros());
    json.writeEndObject();
    roundTrip(json, follower.roundTrip());
    json.writeNumberField("sent_bytes", follower.sentBytes());
    json.writeEndObject();
  }

  private static void roundTrip(JsonGenerator json, RoundTrip roundTrip) throws IOException {
    json.writeObjectFieldStart("round_trip");
    json.writeNumberField("count", roundTrip.count());
    json.writeNumberField("p50_us", roundTrip.p50Micros());
    json.writeNumberField("p90_us", roundTrip.p90Micros());
    json.writeNumberField("p99_us", roundTrip.p99Micros());
    json.writeNumberField("max_us", roundTrip.maxMicros());
    json.writeEndObject();
  }
}
