package io.quorate.loadgen;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What {@code GET /v1/status} tells that the load generator wants to know.
 *
 * @param incarnation of this node alone, from its start to its end
 * @param leader what the node says of where its leader is, or null
 * @param followers as a leader lists them; empty on a follower
 * @param completions of each write quorum, how many writes each follower completed since the
 *     leadership began; empty where the node does not tell
 */
public record NodeStatus(
    String id,
    String incarnation,
    String role,
    @Nullable String leader,
    String transport,
    double minDelayMs,
    double maxDelayMs,
    List<Follower> followers,
    Map<Integer, Map<String, Long>> completions) {

  /**
   * One follower, as its leader sees it.
   *
   * @param delayError null where the leader does not report it
   * @param roundTrip null where the leader does not report it
   */
  public record Follower(
      String id,
      NodeUrl url,
      String state,
      @Nullable DelayError delayError,
      @Nullable RoundTrip roundTrip) {
    boolean isStreaming() {
      return state.equals("streaming");
    }
  }

  /**
   * By how much writes left for a follower later than their injected delay said, microseconds.
   *
   * @param count writes measured
   */
  public record DelayError(long count, double p50, double p99, double max) {}

  /**
   * From handing a batch for a follower to the socket to its answer, microseconds.
   *
   * @param count batches measured
   */
  public record RoundTrip(long count, double p50, double p90, double p99, double max) {}

  /** How many writes of this quorum each follower completed; empty where nothing is told. */
  Map<String, Long> completions(int quorum) {
    return completions.getOrDefault(quorum, Map.of());
  }

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
        followers,
        completions(object));
  }

  private static Map<Integer, Map<String, Long>> completions(JsonObject status) {
    List<JsonObject> told = status.objects("completions");
    Map<Integer, Map<String, Long>> byQuorum = new TreeMap<>();
    for (JsonObject each : told == null ? List.<JsonObject>of() : told) {
      Long quorum = each.whole("w");
      List<JsonObject> followers = each.objects("followers");
      if (quorum != null && followers != null) {
        Map<String, Long> counts = new LinkedHashMap<>();
        for (JsonObject follower : followers) {
          String id = follower.text("id");
          Long count = follower.whole("count");
          if (id != null && count != null) {
            counts.put(id, count);
          }
        }
        byQuorum.put(quorum.intValue(), counts);
      }
    }
    return byQuorum;
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
      RoundTrip roundTrip = roundTrip(each.object("round_trip"));
      followers.add(
          new Follower(id == null ? parsed.toString() : id, parsed, state, error, roundTrip));
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

  private static @Nullable RoundTrip roundTrip(@Nullable JsonObject trip) {
    if (trip == null) {
      return null;
    }
    Long count = trip.whole("count");
    Double p50 = trip.decimal("p50_us");
    Double p90 = trip.decimal("p90_us");
    Double p99 = trip.decimal("p99_us");
    Double max = trip.decimal("max_us");
    return count == null || p50 == null || p90 == null || p99 == null || max == null
        ? null
        : new RoundTrip(count, p50, p90, p99, max);
  }
}
