package io.quorate.loadgen;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What {@code GET /v1/status} tells that the load generator wants to know.
 *
 * @param incarnation of this node alone, from its start to its end
 * @param leader what the node says of where its leader is, or null
 * @param followers as a leader lists them; empty on a follower
 */
record NodeStatus(
    String id,
    String incarnation,
    String role,
    @Nullable String leader,
    String transport,
    double minDelayMs,
    double maxDelayMs,
    List<Follower> followers) {

  /**
   * One follower, as its leader sees it.
   *
   * @param delayError null where the leader does not report it
   */
  record Follower(String id, NodeUrl url, String state, @Nullable DelayError delayError) {
    boolean isStreaming() {
      return state.equals("streaming");
    }
  }

  /**
   * By how much writes left for a follower later than their injected delay said, microseconds.
   *
   * @param count writes measured
   */
  record DelayError(long count, double p50, double p99, double max) {}

  boolean isLeader() {
    return role.equals("leader");
  }

  boolean allStreaming() {
    return followers.stream().allMatch(Follower::isStreaming);
  }

  /** The status that a JSON body is, or null where it is not the status of a node of Quorate. */
  static @Nullable NodeStatus of(byte[] json) {
    JsonObject object = JsonObject.read(json);
    if (object == null) {
      return null;
    }
    String id = object.text("id");
    String incarnation = object.text("incarnation");
    String role = object.text("role");
    String transport = object.text("transport");
    Double minDelayMs = object.decimal("min_delay_ms");
    Double maxDelayMs = object.decimal("max_delay_ms");
    if (id == null
        || incarnation == null
        || role == null
        || minDelayMs == null
        || maxDelayMs == null) {
      return null;
    }
    List<Follower> followers = role.equals("leader") ? followers(object) : List.of();
    if (followers == null) {
      return null;
    }
    return new NodeStatus(
        id,
        incarnation,
        role,
        object.text("leader"),
        transport == null ? "unknown" : transport,
        minDelayMs,
        maxDelayMs,
        followers);
  }

  private static @Nullable List<Follower> followers(JsonObject status) {
    List<JsonObject> listed = status.objects("followers");
    if (listed == null) {
      return null;
    }
    List<Follower> followers = new ArrayList<>();
    for (JsonObject each : listed) {
      String id = each.text("id");
      String url = each.text("url");
      String state = each.text("state");
      NodeUrl parsed = url == null ? null : NodeUrl.parse(url);
      if (parsed == null || state == null) {
        return null;
      }
      DelayError error = delayError(each.object("injected_delay_error_us"));
      followers.add(new Follower(id == null ? parsed.toString() : id, parsed, state, error));
    }
    return followers;
  }

  private static @Nullable DelayError delayError(@Nullable JsonObject error) {
    if (error == null) {
      return null;
    }
    Long count = error.whole("count");
    Double p50 = error.decimal("p50");
    Double p99 = error.decimal("p99");
    Double max = error.decimal("max");
    return count == null || p50 == null || p99 == null || max == null
        ? null
        : new DelayError(count, p50, p99, max);
  }
}
