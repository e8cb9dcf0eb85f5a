package io.quorate.loadgen;

import io.quorate.charts.Sweep;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Who completed the quorums of the measured writes, and how long the links take, as the leader
 * tells it. Its counts are those since its leadership began: of a pass it is the difference that
 * counts, and none where it could not be asked before. A leader that does not tell leaves all this
 * empty.
 */
final class Completers {
  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(5);

  private final HttpClient client;
  private final NodeUrl leader;

  /** Of each load and quorum, how many writes each follower completed. */
  private final Map<Sweep.Load, Map<Integer, Map<String, Long>>> counts = new LinkedHashMap<>();

  /** Null: not known. */
  private @Nullable Map<String, Long> countsBefore;

  private List<NodeStatus.Follower> followers = List.of();

  Completers(HttpClient client, NodeUrl leader) {
    this.client = client;
    this.leader = leader;
  }

  /** To be called before the measured part of a pass. */
  void before(Pass pass) {
    NodeStatus status = isCounted(pass) ? status() : null;
    countsBefore = status == null ? null : status.completions(pass.quorum());
  }

  /** To be called after the measured part of a pass. */
  void after(Pass pass) {
    NodeStatus status = isCounted(pass) ? status() : null;
    if (status == null) {
      return;
    }
    followers = status.followers();
    Map<String, Long> before = countsBefore;
    if (before == null) {
      return;
    }
    Map<String, Long> ofQuorum =
        counts
            .computeIfAbsent(pass.load(), first -> new TreeMap<>())
            .computeIfAbsent(pass.quorum(), first -> new LinkedHashMap<>());
    status
        .completions(pass.quorum())
        .forEach(
            (follower, count) ->
                ofQuorum.merge(
                    follower, Math.max(0, count - before.getOrDefault(follower, 0L)), Long::sum));
  }

  /** At zero lag it is chance and the order of sending that decide. */
  private static boolean isCounted(Pass pass) {
    return pass.lag() == Sweep.Lag.INJECTED;
  }

  private @Nullable NodeStatus status() {
    Answer answer = client.ask(leader, Request.get("/v1/status"), ANSWER_LIMIT);
    return answer.status() == Answer.OK ? NodeStatus.of(answer.body()) : null;
  }

  /** Of the light or open passes where there are any, else of the loaded ones. */
  List<Sweep.Completions> completions() {
    Map<Integer, Map<String, Long>> told =
        counts.entrySet().stream()
            .filter(load -> load.getKey() != Sweep.Load.LOADED)
            .map(Map.Entry::getValue)
            .findFirst()
            .orElseGet(() -> counts.getOrDefault(Sweep.Load.LOADED, Map.of()));
    List<Sweep.Completions> completions = new ArrayList<>();
    told.forEach(
        (quorum, byFollower) -> {
          if (!byFollower.isEmpty()) {
            List<Sweep.Completion> each = new ArrayList<>();
            byFollower.forEach((id, count) -> each.add(new Sweep.Completion(id, count)));
            completions.add(new Sweep.Completions(quorum, each));
          }
        });
    return completions;
  }

  /** Round trips since the leadership began, of the followers whose link has any. */
  List<Sweep.Link> links() {
    List<Sweep.Link> links = new ArrayList<>();
    for (NodeStatus.Follower follower : followers) {
      NodeStatus.RoundTrip trip = follower.roundTrip();
      if (trip != null && trip.count() > 0) {
        links.add(
            new Sweep.Link(
                follower.id(), trip.count(), trip.p50(), trip.p90(), trip.p99(), trip.max()));
      }
    }
    return links;
  }
}
